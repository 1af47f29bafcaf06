import type { Status } from './decide.ts';

/** An intent that is known to be unreliable: run and told as ever, but its red fails no run until that day. */
export interface Quarantine {
  /** Who mends it. */
  owner: string;
  /** The last day, YYYY-MM-DD in UTC. */
  until: string;
  why: string;
}

interface Ended {
  status: Status;
  quarantined?: Quarantine | undefined;
}

/** Red, and somebody has taken it on. */
export const isRedInQuarantine = ({ status, quarantined }: Ended): boolean =>
  quarantined !== undefined && status !== 'passed' && status !== 'skipped';

/** What the exit code of a run is made of. A run of nothing but red in quarantine counts nothing, and an empty run never passes. */
export const countedStatuses = (intents: readonly Ended[]): Status[] =>
  intents.filter((intent) => !isRedInQuarantine(intent)).map(({ status }) => status);

/** True from the day after the last one. */
export const hasEnded = ({ until }: Quarantine, now: Date): boolean => now.toISOString().slice(0, 10) > until;
