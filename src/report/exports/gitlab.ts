import type { Priority } from '../../core/intent.ts';
import { dataOf } from '../escape/terminal.ts';
import { plain } from '../narrative/line.ts';
import { firstSentence } from '../narrative/sentence.ts';
import { inQuarantine } from '../narrative/quarantine.ts';
import { type IntentStory, isLeftOut, type RunStory } from '../story.ts';
import { hexOf } from './identity.ts';

const SEVERITY: Record<Priority, string> = { critical: 'blocker', high: 'critical', normal: 'major' };

/** A GitLab code quality report: what is not green, at the line of the intent it is about. The unit test report is the JUnit file. */
export function gitlabOf(story: RunStory): object[] {
  return story.intents
    .filter((intent) => intent.status !== 'passed' && !isLeftOut(intent))
    .map((intent) =>
      dataOf({
        description: plain(firstSentence(intent).spans),
        check_name: `intentwright.${intent.status}`,
        fingerprint: hexOf(16, 'gitlab', intent.id, intent.status),
        severity: intent.status === 'flaky' || inQuarantine(intent) ? 'minor' : (SEVERITY[intent.priority as Priority] ?? 'major'),
        location: { path: placeOf(intent).file, lines: { begin: placeOf(intent).line } },
      }),
    );
}

/** The sentence that could not be carried out, or the intent's first line. */
export function placeOf(intent: IntentStory): { file: string; line: number } {
  const stopped = intent.attempts
    .at(-1)
    ?.steps.find(({ status }) => status === 'gave-up' || status === 'out-of-budget' || status === 'fault');
  return { file: intent.where.file, line: Math.max(1, stopped?.line ?? intent.where.line) };
}
