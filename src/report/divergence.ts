import { formatDuration } from '../core/duration.ts';
import { behind } from './divergence/behind.ts';
import { type Difference, inStep } from './divergence/in-step.ts';
import { clip } from './escape/visible.ts';
import { type Footprint, footprintOf } from './footprint.ts';
import { code, type Line, line, quote, spans } from './narrative/line.ts';
import { lastDeedBefore } from './origin.ts';
import type { AttemptStory, StepStory } from './story.ts';

const MOST = 4;
/** Behind every step. */
const NOWHERE = 1e6;

/**
 * Where this attempt first did something else than the last green one: a control gone, a request not sent or answered otherwise,
 * another notice, another page, a job that did not run, another answer of the backend, much slower. The first line is the first difference.
 */
export function divergenceFrom(green: Footprint, attempt: AttemptStory, run: { run: string; startedAt: string; commit?: string }): Line[] {
  const now = footprintOf(attempt, run);
  const seen: Difference[] = [];
  const said = new Set(now.steps.flatMap(({ notices }) => notices.map(({ text }) => text)));
  for (const [index, before] of green.steps.entries()) {
    const step = attempt.steps[index];
    const after = now.steps[index];
    if (!step || !after || step.status === 'not-reached') break;
    // As written, where that is known: what stands in for a variable may look like anything.
    const rewritten =
      before.written !== undefined && after.written !== undefined ? before.written !== after.written : before.text !== after.text;
    if (rewritten) {
      seen.push({
        ...line(step.seq)`Step ${String(index + 1)} says something else now: it was ${quote(clip(before.text, 120))}.`,
        step: index,
      });
      break;
    }
    seen.push(...missingMail(before, step, attempt), ...inStep(before, after, step, said).map((told) => ({ ...told, step: index })));
    if (step.status === 'gave-up' || step.status === 'out-of-budget' || step.status === 'fault') break;
  }
  const lines = [...seen, ...behind(green, now, attempt, seen.length === 0)];
  // Within a step: what was answered otherwise, then what came of it in the backend, then that somebody got stuck on it. A busy machine is slow anywhere: that comes last.
  const rank = ({ step = NOWHERE, consequence, weak }: Difference): number => step + (consequence ? 0.5 : 0) + (weak ? NOWHERE : 0);
  lines.sort((a, b) => rank(a) - rank(b));
  return lines.length === 0 ? [] : [...lines.slice(0, MOST), comparedWith(green, run)];
}

/** A mail that is looked for in vain was not sent by whoever looks for it, but by what was done last before. */
function missingMail(before: Footprint['steps'][number], step: StepStory, attempt: AttemptStory): Difference[] {
  const inVain =
    step.status === 'gave-up' && [step.why, ...step.choices.map(({ why }) => why)].some((why) => /\bno (?:new )?mail\b/i.test(why));
  if (!inVain || step.startedMs === undefined || !before.acts.some((act) => /\bmail/i.test(act))) return [];
  const index = lastDeedBefore(attempt, step.startedMs);
  const sender = attempt.steps.find((one) => one.index === index && one.index < step.index);
  return sender
    ? [
        {
          ...line(
            sender.seq,
            step.seq,
          )`Step ${String(sender.index + 1)}: the mail that came of it before did not come; step ${String(step.index + 1)} looked for it in vain.`,
          step: sender.index,
        },
      ]
    : [];
}

function comparedWith(green: Footprint, run: { startedAt: string; commit?: string }): Line {
  const ago = Date.parse(run.startedAt) - Date.parse(green.startedAt);
  const when = Number.isFinite(ago) && ago > 0 ? `, ${sayAgo(ago)} earlier` : '';
  const range =
    green.commit && run.commit && green.commit !== run.commit
      ? spans`; commits ${code(`${green.commit.slice(0, 10)}..${run.commit.slice(0, 10)}`)}`
      : [];
  return line()`Compared with the last green run ${code(green.run)}${when}${range}.`;
}

function sayAgo(ms: number): string {
  const hours = ms / 3_600_000;
  if (hours < 1) return formatDuration(ms);
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;
}
