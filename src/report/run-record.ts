import { footprintOf } from './footprint.ts';
import { resultOf } from './result.ts';
import { lastAttempt, type RunStory } from './story.ts';

/** A run as history keeps it. */
export function runRecordOf(story: RunStory) {
  const result = resultOf(story);
  return {
    run: story.run,
    startedAt: story.startedAt,
    target: story.target.name,
    mode: story.mode,
    ...(story.commit === undefined ? {} : { commit: story.commit }),
    exitCode: result.exitCode,
    durationMs: story.durationMs,
    ...(story.interrupted === undefined ? {} : { interrupted: story.interrupted }),
    partial: story.intents.some(({ skipped }) => skipped !== undefined),
    intents: result.intents.map((intent, index) => {
      const attempt = lastAttempt(story.intents[index]!);
      return {
        id: intent.id,
        title: intent.title,
        status: intent.status,
        ...(intent.cause === null ? {} : { cause: intent.cause }),
        sentence: intent.sentence,
        durationMs: intent.durationMs,
        attempts: intent.attempts,
        adaptations: intent.adaptations.map(({ step, note, agent }) => ({ step, note, agent })),
        invariants: (attempt?.invariants ?? []).flatMap(({ id, bound, verdict }) =>
          verdict
            ? [
                {
                  id,
                  status: verdict.status,
                  ...(verdict.convergedMs === undefined ? {} : { convergedMs: verdict.convergedMs }),
                  ...(bound ? { withinMs: bound.withinMs } : {}),
                },
              ]
            : [],
        ),
        ...(story.selection && story.intents[index]!.selection
          ? { selection: { base: story.selection.base, applied: story.selection.applied, ...story.intents[index]!.selection } }
          : {}),
        ...(intent.status === 'passed' && attempt ? { footprint: footprintOf(attempt, story) } : {}),
      };
    }),
  };
}
