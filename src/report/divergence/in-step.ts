import { WAITED_IN_VAIN } from '../../core/cause.ts';
import { formatDuration } from '../../core/duration.ts';
import { lostAt } from '../../core/lost-control.ts';
import { clip } from '../escape/visible.ts';
import type { Footprint } from '../footprint.ts';
import { code, type Line, line, quote, type Span, spans } from '../narrative/line.ts';
import { isGrave } from '../narrative/notices.ts';
import type { StepStory } from '../story.ts';

type FootStep = Footprint['steps'][number];

/** `consequence`: that a step could not go on, and what it therefore did not do. `weak`: may well be chance. */
export type Difference = Line & { consequence?: boolean; weak?: boolean };

/** What the browser did or saw in a step otherwise than before. `said`: what the pages said anywhere, and what was missed already; each is missed once. */
export function inStep(before: FootStep, after: FootStep, step: StepStory, said: Set<string>): Difference[] {
  const at = spans`Step ${String(step.index + 1)}`;
  const requests = requestDifferences(before, after, step, at);
  const lines: Difference[] = [...requests.answered];
  const stopped = step.status === 'gave-up' || step.status === 'out-of-budget' || step.status === 'fault';
  for (const notice of after.notices.filter(({ kind }) => isGrave(kind))) {
    if (!before.notices.some(({ text }) => text === notice.text))
      lines.push(line(step.seq)`${at}: the page said ${quote(clip(notice.text, 160))}, which it did not before.`);
  }
  for (const notice of before.notices.filter(({ kind }) => !isGrave(kind))) {
    if (stopped || said.has(notice.text)) continue;
    said.add(notice.text);
    lines.push(line(step.seq)`${at}: the page did not say ${quote(clip(notice.text, 160))} any more.`);
  }
  if (stopped) {
    const missed = lostAt(
      step.choices.filter(({ kind, agent, why }) => kind === 'unsure' && agent === 'replay' && !/\bno (?:lockfile|recording)\b/.test(why)),
    );
    const nextAct = before.acts[after.acts.length];
    lines.push({
      ...line(
        step.seq,
        missed?.seq,
      )`${at} could not go on${nextAct ? spans` where it did ${code(clip(nextAct, 100))} before` : ''}: ${WAITED_IN_VAIN.test(step.why) ? 'what it waits for never came' : clip(missed?.why ?? step.why, 200)}.`,
      consequence: true,
    });
  }
  lines.push(...requests.missing.map((told) => ({ ...told, consequence: stopped })));
  if (lines.length === 0 && before.path !== after.path && before.path !== '' && after.path !== '')
    lines.push(line(step.seq)`${at} ended on ${code(clip(after.path, 100))}; it was ${code(clip(before.path, 100))}.`);
  if (lines.length === 0 && after.durationMs > before.durationMs * 4 && after.durationMs - before.durationMs > 2000)
    lines.push({
      ...line(step.seq)`${at} took ${formatDuration(after.durationMs)}; it took ${formatDuration(before.durationMs)} before.`,
      weak: true,
    });
  return lines;
}

function requestDifferences(before: FootStep, after: FootStep, step: StepStory, at: Span[]): { answered: Line[]; missing: Line[] } {
  const gone = without(before.requests, after.requests);
  const added = without(after.requests, before.requests).filter((request) => !isMereLook(request));
  const answered: Line[] = [];
  const missing: Line[] = [];
  for (const request of gone) {
    if (isMereLook(request) && !added.some((other) => nameOf(other) === nameOf(request))) continue;
    const other = added.findIndex((other) => nameOf(other) === nameOf(request));
    const fact = step.requests.find(({ request: { method, template } }) => `${method} ${template}` === nameOf(request));
    if (other !== -1) {
      const [now] = added.splice(other, 1);
      answered.push(
        line(step.seq, fact?.seq)`${at}: ${code(clip(nameOf(request), 120))} answered ${answerOf(now!)}; it was ${answerOf(request)}.`,
      );
    } else if (fact) missing.push(line(step.seq, fact.seq)`${at} sent ${code(clip(nameOf(request), 120))} fewer times than before.`);
    else missing.push(line(step.seq)`${at} did not send ${code(clip(nameOf(request), 120))}, which it did before.`);
  }
  for (const request of added) {
    const fact = step.requests.find(({ request: { method, template } }) => `${method} ${template}` === nameOf(request));
    const again = before.requests.some((other) => nameOf(other) === nameOf(request));
    answered.push(
      line(
        step.seq,
        fact?.seq,
      )`${at} sent ${code(clip(nameOf(request), 120))} (${answerOf(request)})${again ? ' more often than before' : ', which it did not before'}.`,
    );
  }
  return { answered: answered, missing };
}

/** Which pages somebody passes through on the way differs for no reason; how they are answered does not. */
const isMereLook = (request: string): boolean => /^(?:GET|HEAD) /.test(request) && /^[123]/.test(answerOf(request));

const nameOf = (request: string): string => request.slice(0, request.lastIndexOf(' '));
const answerOf = (request: string): string => request.slice(request.lastIndexOf(' ') + 1);

/** What is in `all` more often than in `others`. */
function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return all.filter((one) => {
    const at = left.indexOf(one);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
