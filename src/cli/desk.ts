import type { Shell } from './shell.ts';

/** What a command is given, and how it says how it ended. */
export interface Desk {
  readonly shell: Shell;
  /** Wraps an action: what it resolves to is the exit code of the process. */
  action<A extends unknown[]>(work: (...args: A) => Promise<number>): (...args: A) => Promise<void>;
}
