import { changedLines, pageLines } from '../core/describe-observation.ts';
import type { Observation, ObservationChange } from '../core/observation.ts';

/** What appeared and what went between two looks, as lines that an agent can read. */
export function changeBetween(before: Observation, after: Observation): ObservationChange {
  const { added, removed } = changedLines(pageLines(before), pageLines(after));
  return {
    added: added.map(({ text }) => text),
    removed: removed.map(({ key }) => key),
    ...(before.url === after.url ? {} : { moved: after.path }),
  };
}
