import { formatDuration } from '../core/duration.ts';
import { cameOutWrong } from '../core/wrong-turn.ts';
import { clip } from './escape/visible.ts';
import { type Footprint, footprintOf } from './footprint.ts';
import { code, type Line, line, quote, type Span, spans } from './narrative/line.ts';
import { lowerFirst } from './narrative/negate.ts';
import { isGrave } from './narrative/notices.ts';
import { type AttemptStory, baselineOf, type StepStory } from './story.ts';

type FootStep = Footprint['steps'][number];

const MOST = 4;

/**
 * Where this attempt first did something else than the last green one: a control gone, a request not sent or answered otherwise,
 * another notice, another page, a job that did not run, another answer of the backend, much slower. The first line is the first difference.
 */
export function divergenceFrom(green: Footprint, attempt: AttemptStory, run: { run: string; startedAt: string; commit?: string }): Line[] {
  const now = footprintOf(attempt, run);
  const lines: Line[] = [];
  const said = new Set(now.steps.flatMap(({ notices }) => notices.map(({ text }) => text)));
  for (const [index, before] of green.steps.entries()) {
    const step = attempt.steps[index];
    const after = now.steps[index];
    if (!step || !after || step.status === 'not-reached') break;
    if (before.text !== after.text) {
      lines.push(line(step.seq)`Step ${String(index + 1)} says something else now: it was ${quote(clip(before.text, 120))}.`);
      break;
    }
    lines.push(...stepDifferences(before, after, step, said));
    if (lines.length >= MOST || step.status === 'gave-up' || step.status === 'out-of-budget' || step.status === 'fault') break;
  }
  const carriedOut = attempt.conduct?.kind === 'carried-out';
  if (carriedOut && lines.length < MOST) lines.push(...backendDifferences(green, now, attempt, lines.length === 0));
  // What came out wrong before somebody could not go on was first, whatever the pages looked like.
  if (!carriedOut) lines.unshift(...backendDifferences(green, now, attempt, false));
  return lines.length === 0 ? [] : [...lines.slice(0, MOST), comparedWith(green, run)];
}

/** `said`: what the pages said anywhere, and what was missed already; each is missed once. */
function stepDifferences(before: FootStep, after: FootStep, step: StepStory, said: Set<string>): Line[] {
  const at = spans`Step ${String(step.index + 1)}`;
  const lines: Line[] = [];
  const missed = step.choices.find(({ kind, agent, why }) => kind === 'unsure' && agent === 'replay' && !/\bno (?:lockfile|recording)\b/.test(why));
  const stopped = step.status === 'gave-up' || step.status === 'out-of-budget' || step.status === 'fault';
  const nextAct = before.acts[after.acts.length];
  if (stopped) lines.push(line(step.seq, missed?.seq)`${at} could not go on${nextAct ? spans` where it did ${code(clip(nextAct, 100))} before` : ''}: ${clip(missed?.why ?? step.why, 200)}.`);
  lines.push(...requestDifferences(before, after, step, at));
  for (const notice of after.notices.filter(({ kind }) => isGrave(kind))) {
    if (!before.notices.some(({ text }) => text === notice.text)) lines.push(line(step.seq)`${at}: the page said ${quote(clip(notice.text, 160))}, which it did not before.`);
  }
  for (const notice of before.notices.filter(({ kind }) => !isGrave(kind))) {
    if (stopped || said.has(notice.text)) continue;
    said.add(notice.text);
    lines.push(line(step.seq)`${at}: the page did not say ${quote(clip(notice.text, 160))} any more.`);
  }
  if (lines.length === 0 && before.path !== after.path && before.path !== '' && after.path !== '') lines.push(line(step.seq)`${at} ended on ${code(clip(after.path, 100))}; it was ${code(clip(before.path, 100))}.`);
  if (lines.length === 0 && after.durationMs > before.durationMs * 4 && after.durationMs - before.durationMs > 2000) lines.push(line(step.seq)`${at} took ${formatDuration(after.durationMs)}; it took ${formatDuration(before.durationMs)} before.`);
  return lines;
}

function requestDifferences(before: FootStep, after: FootStep, step: StepStory, at: Span[]): Line[] {
  const gone = without(before.requests, after.requests);
  const added = without(after.requests, before.requests).filter((request) => !isMereLook(request));
  const lines: Line[] = [];
  for (const request of gone) {
    if (isMereLook(request) && !added.some((other) => nameOf(other) === nameOf(request))) continue;
    const answered = added.findIndex((other) => nameOf(other) === nameOf(request));
    const fact = step.requests.find(({ request: { method, template } }) => `${method} ${template}` === nameOf(request));
    if (answered !== -1) {
      const [other] = added.splice(answered, 1);
      lines.push(line(step.seq, fact?.seq)`${at}: ${code(clip(nameOf(request), 120))} answered ${answerOf(other!)}; it was ${answerOf(request)}.`);
    } else if (fact) lines.push(line(step.seq, fact.seq)`${at} sent ${code(clip(nameOf(request), 120))} fewer times than before.`);
    else lines.push(line(step.seq)`${at} did not send ${code(clip(nameOf(request), 120))}, which it did before.`);
  }
  for (const request of added) {
    const fact = step.requests.find(({ request: { method, template } }) => `${method} ${template}` === nameOf(request));
    const again = before.requests.some((other) => nameOf(other) === nameOf(request));
    lines.push(line(step.seq, fact?.seq)`${at} sent ${code(clip(nameOf(request), 120))} (${answerOf(request)})${again ? ' more often than before' : ', which it did not before'}.`);
  }
  return lines;
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

/** After a journey that was carried out, whatever the backend came to; before that only what is plainly wrong, for the rest may still have come. */
function backendDifferences(green: Footprint, now: Footprint, attempt: AttemptStory, same: boolean): Line[] {
  const lead = same ? 'The browser did and saw the same as before; the difference is behind it: ' : '';
  const lines: Line[] = [];
  for (const job of now.jobs.filter(({ state }) => same || state === 'failed')) {
    if (!green.jobs.some(({ kind, state }) => kind === job.kind && state === job.state)) lines.push(line(attempt.seq)`${lines.length === 0 && lead ? `${lead}job` : 'Job'} ${code(job.kind)} is ${job.state}, which it was not before.`);
  }
  for (const invariant of attempt.invariants) {
    const [before, after] = [green, now].map(({ invariants }) => invariants.find(({ id }) => id === invariant.id));
    const { verdict, readings } = invariant;
    if (!before || !after || !verdict || verdict.status === 'held' || before.last === after.last) continue;
    if (attempt.conduct?.kind !== 'carried-out' && !cameOutWrong(verdict, baselineOf(readings))) continue;
    lines.push(line(verdict.seq, readings.at(-1)?.seq)`${lines.length === 0 ? lead : ''}${lines.length === 0 && lead ? 'whether' : 'Whether'} ${lowerFirst(verdict.says)}: it came to ${code(clip(before.last, 120))}${before.convergedMs !== undefined && before.convergedMs > 0 ? ` after ${formatDuration(before.convergedMs)}` : ''}, now ${code(clip(after.last, 120))}.`);
  }
  return lines;
}

function comparedWith(green: Footprint, run: { startedAt: string; commit?: string }): Line {
  const ago = Date.parse(run.startedAt) - Date.parse(green.startedAt);
  const when = Number.isFinite(ago) && ago > 0 ? `, ${sayAgo(ago)} earlier` : '';
  const range = green.commit && run.commit && green.commit !== run.commit ? spans`; commits ${code(`${green.commit.slice(0, 10)}..${run.commit.slice(0, 10)}`)}` : [];
  return line()`Compared with the last green run ${code(green.run)}${when}${range}.`;
}

function sayAgo(ms: number): string {
  const hours = ms / 3_600_000;
  if (hours < 1) return formatDuration(ms);
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;
}
