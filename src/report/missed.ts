import { code, type Line, line } from './narrative/line.ts';
import type { ReportPast } from './past.ts';
import type { IntentStory, RunStory } from './story.ts';

const isRed = ({ status }: IntentStory): boolean =>
  status === 'failed' || status === 'blocked' || status === 'errored' || status === 'unproven';

/** Parity escapes of a run: what is newly red here, and what a selection of journeys left out, or would have. Intent → how it escaped. */
export function missedBySelection(story: RunStory, past: ReportPast): ReadonlyMap<string, Line> {
  const moment = { run: story.run, startedAt: story.startedAt, target: story.target.name };
  const missed = new Map<string, Line>();
  for (const intent of story.intents.filter(isRed)) {
    const left = story.commit === undefined ? undefined : past.leftOut?.(intent.id, { ...moment, commit: story.commit });
    if (left !== undefined)
      missed.set(intent.id, line()`The run ${code(left)} of this commit was green without it: its selection had left it out.`);
    else if (
      story.selection &&
      !story.selection.applied &&
      intent.selection?.chosen === false &&
      past.lastStatus(intent.id, moment) === 'passed'
    )
      missed.set(intent.id, line()`A selection by what changed since ${code(story.selection.base)} would have left it out.`);
  }
  return missed;
}
