import type { Config } from './config.ts';
import type { Fixture, Intent, Where } from './intent.ts';
import type { Invariant } from './invariant.ts';

/** Everything a team wrote, loaded and checked. */
export interface Project {
  config: Config;
  intents: Intent[];
  invariants: Map<string, Invariant>;
  fixtures: Map<string, Fixture>;
}

/** Something wrong in a file: `file:line:col message`, with the fix. */
export interface Problem {
  where: Where;
  message: string;
  hint?: string;
  severity: 'error' | 'warning';
}
