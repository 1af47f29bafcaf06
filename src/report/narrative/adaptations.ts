import { clip } from '../escape/visible.ts';
import type { AttemptStory } from '../story.ts';
import { type Line, line } from './line.ts';

/** Said even on a pass: nobody may learn from a diff weeks later that a control was renamed. */
export function sayAdaptations(attempt: AttemptStory): Line[] {
  const lines = attempt.steps.flatMap((step) =>
    step.adaptations.map((made) => {
      const { note, score, margin, runnerUp } = made.adaptation;
      const measured =
        score === undefined
          ? ''
          : ` (score ${score.toFixed(2)}${margin === undefined ? '' : `, ${margin.toFixed(2)} ahead of ${runnerUp === undefined ? 'the next' : `“${clip(runnerUp, 80)}”`}`})`;
      return line(made.seq)`Step ${String(step.index + 1)}: ${clip(note, 240).replace(/\.$/, '')}${measured}, by ${made.agent}.`;
    }),
  );
  const { lockfile } = attempt;
  if (lockfile?.state === 'proposed')
    lines.push(line(lockfile.seq)`The lockfile was not changed; accept the proposed patch to make this the way from now on.`);
  if (lockfile?.state === 'written' && lines.length > 0) lines.push(line(lockfile.seq)`The lockfile was rewritten: review its diff.`);
  if (lockfile?.state === 'stale')
    lines.push(line(lockfile.seq)`The lockfile is stale${lockfile.why ? `: ${clip(lockfile.why, 200)}` : ''}.`);
  return lines;
}
