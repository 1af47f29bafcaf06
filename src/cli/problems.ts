import { formatWhere } from '../core/intent.ts';
import type { Problem } from '../core/project.ts';
import type { Shell } from './shell.ts';

/** Every mistake of every file, `file:line:col message` with its fix. */
export function printProblems(problems: readonly Problem[], shell: Shell): void {
  for (const { where, message, hint, severity } of problems) {
    const mark = severity === 'error' ? shell.paint('red', 'error') : shell.paint('yellow', 'warning');
    shell.err(`${shell.paint('bold', formatWhere(where))} ${mark} ${message}\n${hint ? `    ${hint}\n` : ''}`);
  }
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) {
    const files = new Set(errors.map((problem) => problem.where.file)).size;
    shell.err(`\n${count(errors.length, 'problem')} in ${count(files, 'file')}. Nothing was run.\n`);
  }
}

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
