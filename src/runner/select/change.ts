/** One file that differs between the base and what is tested. Paths are relative to the config's folder, with forward slashes. */
export interface Change {
  path: string;
  /** Its name before, where it was renamed. */
  was?: string;
  kind: 'added' | 'modified' | 'deleted' | 'renamed';
  /** Text on either side; undefined where it is not there, too large, or not text. */
  before?: string;
  after?: string;
  /** Lines added and removed. */
  lines: number;
}

/** What differs between the base and what is tested. */
export interface ChangeSet {
  /** What was asked for: a ref, or "files" when they were named. */
  base: string;
  /** Commit that both sides have in common. */
  from?: string;
  files: Change[];
  /** The commit, trailer or author that says a coding agent wrote it; undefined when nothing says so. */
  writtenByAgent?: string;
}

const linesOf = (text: string | undefined): string[] => (text === undefined ? [] : text.split(/\r?\n/));

/** Lines that only one of the two sides has: the added and the removed ones. */
export function changedLines({ before, after }: Pick<Change, 'before' | 'after'>): string[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const left = (a: string[], b: string[]): string[] => {
    const rest = new Map<string, number>();
    for (const line of b) rest.set(line, (rest.get(line) ?? 0) + 1);
    return a.filter((line) => {
      const count = rest.get(line) ?? 0;
      if (count > 0) rest.set(line, count - 1);
      return count === 0;
    });
  };
  return [...left(old, now), ...left(now, old)];
}

/** Both sides in one text: what a file said and says. */
export const bothSides = ({ before = '', after = '' }: Pick<Change, 'before' | 'after'>): string =>
  before === after ? after : `${before}\n${after}`;
