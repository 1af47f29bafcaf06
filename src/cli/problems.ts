import { isAbsolute, relative, resolve } from 'node:path';
import type { Problem } from '../core/project.ts';
import type { Shell } from './shell.ts';

/** Every mistake of every file, `file:line:col message` with its fix, files as they are seen from here. */
export function printProblems(problems: readonly Problem[], root: string, shell: Shell): void {
  for (const { where, message, hint, severity } of problems) {
    const file = relative(shell.cwd, isAbsolute(where.file) ? where.file : resolve(root, where.file));
    const place = `${file}:${where.line}:${where.col}`;
    const mark = severity === 'error' ? shell.paint('red', 'error') : shell.paint('yellow', 'warning');
    shell.err(`${shell.paint('bold', place)} ${mark} ${message}\n${hint ? `    ${hint}\n` : ''}`);
  }
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) {
    const files = new Set(errors.map((problem) => problem.where.file)).size;
    shell.err(`\n${count(errors.length, 'problem')} in ${count(files, 'file')}. Nothing was run.\n`);
  }
}

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
