import { styleText } from 'node:util';
import type { Status } from '../../core/decide.ts';

type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** NO_COLOR and FORCE_COLOR win, in the order most tools use; otherwise colours are for a person who watches. */
export function wantsColours(env: Record<string, string | undefined>, interactive: boolean): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR']) return false;
  return interactive && env['TERM'] !== 'dumb';
}

export const painter = (colours: boolean): Paint =>
  colours ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;

export const MARKS: Record<Status, { mark: string; word: string; style: Style }> = {
  passed: { mark: '✓', word: 'passed', style: 'green' },
  flaky: { mark: '≈', word: 'flaky', style: 'yellow' },
  unproven: { mark: '?', word: 'unproven', style: 'yellow' },
  blocked: { mark: '■', word: 'blocked', style: 'magenta' },
  failed: { mark: '✗', word: 'failed', style: 'red' },
  errored: { mark: '!', word: 'errored', style: 'red' },
  skipped: { mark: '-', word: 'skipped', style: 'gray' },
};
