import { formatDuration } from '../../core/duration.ts';
import { clip } from '../escape/visible.ts';
import type { Act, AttemptStory, StepStatus, StepStory } from '../story.ts';
import { whyNotDone } from './deed.ts';
import { code, type Line, line, quote, type Span, spans } from './line.ts';
import { lastNotice } from './notices.ts';

const ENDED: Record<StepStatus, string> = {
  done: 'done',
  refused: 'refused, as it should be',
  'gave-up': 'given up',
  'out-of-budget': 'out of budget',
  fault: 'broken off',
  'not-reached': 'not reached',
};

/** One line a step: the sentence, how it ended, what was done and what the page said. */
export function sayJourney(attempt: AttemptStory): Line[] {
  return attempt.steps
    .filter(({ text }) => text !== '')
    .map((step) => {
      const why = step.status !== 'done' && step.status !== 'not-reached' && step.why ? spans`: ${whyNotDone(step)}` : [];
      return line(
        step.seq,
        ...step.acts.map(({ seq }) => seq),
      )`${step.actor}: ${clip(step.text, 200)} — ${endOf(step)}${why}${deeds(step)}${said(step)}`;
    });
}

function endOf(step: StepStory): string {
  if (step.status === undefined) return step.began ? 'interrupted' : 'not reached';
  if (step.status === 'not-reached') return ENDED[step.status];
  const by = step.by === undefined || step.actor === 'system' ? '' : ` by ${step.by}`;
  return `${ENDED[step.status]}${by} in ${formatDuration(step.durationMs)}`;
}

/** Why an action did not work, in a few words. */
export function whyNot({ miss, error }: Pick<Act, 'miss' | 'error'>): string {
  if (miss === undefined || error?.includes(miss)) return error ?? 'failed';
  return error ? `${miss}: ${error}` : miss;
}

function deeds(step: StepStory): Span[] {
  const told = timesOver(step.acts.map((act) => (act.ok ? act.line : `${act.line} (${whyNot(act)})`)));
  if (told.length === 0) return [];
  const shown = told.length > 8 ? [...told.slice(0, 4), `… ${told.length - 7} more …`, ...told.slice(-3)] : told;
  return [' [', ...shown.flatMap((text, index): Span[] => [...(index > 0 ? [' · '] : []), code(clip(text, 120))]), ']'];
}

/** The same again and again is told once. */
function timesOver(lines: readonly string[]): string[] {
  const runs: { text: string; count: number }[] = [];
  for (const text of lines) {
    const last = runs.at(-1);
    if (last?.text === text) last.count++;
    else runs.push({ text, count: 1 });
  }
  return runs.map(({ text, count }) => (count === 1 ? text : `${text}, ${count} times`));
}

function said(step: StepStory): Span[] {
  const notice = lastNotice(step);
  const broke =
    step.status === 'gave-up' || step.status === 'out-of-budget'
      ? (step.pageEvents.find(({ kind }) => kind === 'exception') ?? step.pageEvents.find(({ kind }) => kind === 'console-error'))
      : undefined;
  return [
    ...(notice ? spans`; the page said ${quote(clip(notice.text, 160))}` : []),
    ...(broke ? spans`; the ${broke.kind === 'exception' ? 'page threw' : 'console logged'} ${quote(clip(broke.text, 160))}` : []),
  ];
}
