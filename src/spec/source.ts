import { relative } from 'node:path';
import type { Where } from '../core/intent.ts';
import type { Problem } from '../core/project.ts';

export type Path = readonly (string | number)[];

/** What a file says, whatever it was written in, with the place of every part of it. */
export interface Source {
  /** Absolute. */
  file: string;
  /** Relative to the working directory: what messages show. */
  shown: string;
  value: unknown;
  /** Where a part stands; the nearest part around it when it is missing. `key` is the name of a map's entry. */
  at(path: Path, part?: 'key' | 'value'): Where;
}

/** A list that problems are put on while one thing is read. */
export class Problems {
  readonly list: Problem[] = [];

  error(where: Where, message: string, hint?: string): void {
    this.list.push({ where, message, severity: 'error', ...(hint ? { hint } : {}) });
  }

  warning(where: Where, message: string, hint?: string): void {
    this.list.push({ where, message, severity: 'warning', ...(hint ? { hint } : {}) });
  }
}

/** A file as messages name it: relative to the working directory, with forward slashes. */
export const shownPath = (file: string): string => (relative(process.cwd(), file) || file).replaceAll('\\', '/');

/** `then[0].active-member` */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${part}` : part), '');
}
