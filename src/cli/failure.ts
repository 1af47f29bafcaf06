import { IntentwrightError, type ErrorCode } from '../core/errors.ts';
import type { Shell } from './shell.ts';

/** Mistakes a person makes in files and on the command line; everything else is a fault. */
const MISTAKES: ReadonlySet<ErrorCode> = new Set([
  'SPEC_INVALID',
  'CONFIG_MISSING',
  'ENV_MISSING',
  'USAGE',
  'SELECTION_UNMAPPED',
  'LOCKFILE_INVALID',
  'TARGET_REFUSED',
]);

export function exitCodeOfError(error: unknown): number {
  if (!IntentwrightError.is(error)) return 3;
  if (error.code === 'SPEC_EMPTY') return 1;
  if (error.code === 'INTERRUPTED') return 130;
  return MISTAKES.has(error.code) ? 2 : 3;
}

/** What went wrong, where, and the next step. The stack only for faults of our own, or when it is asked for. */
export function explain(error: unknown, shell: Shell): string {
  const red = (text: string): string => shell.paint('red', text);
  if (!IntentwrightError.is(error)) {
    return `${red('error')} INTERNAL ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
  }
  const lines = [`${red('error')} ${error.code} ${error.at ? `${error.at} ` : ''}${error.message}`];
  if (error.hint) lines.push(`      ${error.hint}`);
  if (shell.env['INTENTWRIGHT_DEBUG'] && error.stack) lines.push(error.stack);
  return `${lines.join('\n')}\n`;
}
