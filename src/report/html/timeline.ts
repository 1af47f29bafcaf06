import { formatDuration } from '../../core/duration.ts';
import type { Verdict } from '../../core/invariant.ts';
import { clip } from '../escape/visible.ts';
import { withoutPages } from '../narrative/evidence.ts';
import { upperFirst } from '../narrative/negate.ts';
import { type ReadingState, type Segment, segmentsOf } from '../segments.ts';
import type { AttemptStory, InvariantStory } from '../story.ts';
import { sayAnswer } from '../value.ts';
import { type Axis, axisOf } from './axis.ts';
import { html, type Markup } from './markup.ts';
import { told } from './told.ts';

const LANE = 30;
const STATES: Record<ReadingState, string> = {
  'not-yet': 'not yet',
  holds: 'holds',
  broken: 'does not hold',
  unreadable: 'could not be read',
};
const VERDICTS: Record<Verdict['status'], { mark: string; word: string }> = {
  held: { mark: '✓', word: 'held' },
  violated: { mark: '✕', word: 'violated' },
  undecided: { mark: '?', word: 'undecided' },
};

/** What the backend said over time: one lane an invariant, found against expected, with the moment it came true or did not. */
export function timeline(attempt: AttemptStory): Markup | false {
  const shown = [...attempt.invariants].filter(({ readings, verdict }) => readings.length > 0 || verdict).sort((a, b) => rank(a) - rank(b));
  if (shown.length === 0) return false;
  const axis = axisOf(attempt);
  return html`<div class="timeline"><div class="lane axis"><div class="says"></div>${axisHead(axis)}</div>${shown.map((invariant) => lane(invariant, attempt, axis))}
<ul class="states" aria-hidden="true">${Object.entries(STATES).map(([state, word]) => html`<li><span class="swatch ${state}"></span>${word}</li>`)}</ul></div>`;
}

/** Broken first, then unknown, then what was proven, then what every journey has. */
const rank = ({ verdict }: InvariantStory): number =>
  verdict === undefined ? 2 : verdict.status === 'violated' ? 0 : verdict.status === 'undecided' ? 1 : verdict.builtin ? 4 : 3;

function axisHead(axis: Axis): Markup {
  return html`<svg class="head" width="100%" height="40" role="img" aria-label="Steps of the journey, then the time the system was given">
${axis.steps.map(({ step, from, to }) => html`<svg x="${pc(from)}" width="${pc(to - from)}" height="20"><rect class="band" width="100%" height="20" rx="3"/><text x="50%" y="14" text-anchor="middle">${step.index + 1}</text><title>${`Step ${step.index + 1}, ${step.actor}: ${step.text}`}</title></svg>`)}
${axis.end !== undefined && html`<line class="end" x1="${pc(axis.end)}" x2="${pc(axis.end)}" y1="0" y2="40"/>`}
${axis.end !== undefined && html`<text class="end" x="${pc(axis.end)}" dx="-5" y="36" text-anchor="end">journey ends</text>`}
${axis.ticks.map(({ at, text }) => html`<line class="tick" x1="${pc(at)}" x2="${pc(at)}" y1="14" y2="20"/><text x="${pc(at)}" y="36" text-anchor="middle">${text}</text>`)}
</svg>`;
}

function lane(invariant: InvariantStory, attempt: AttemptStory, axis: Axis): Markup {
  const { verdict, readings } = invariant;
  const segments = segmentsOf(invariant, attempt.journeyEndAt);
  const says = upperFirst(verdict?.says ?? invariant.bound?.says ?? invariant.id);
  return html`<div class="lane ${verdict?.status ?? 'open'}"><div class="says"><p><span class="verdict" role="img" aria-label="${verdict ? VERDICTS[verdict.status].word : 'not judged'}">${verdict ? VERDICTS[verdict.status].mark : '…'}</span> ${told([says])}</p>
${verdict && verdict.status !== 'held' && html`<dl class="pair"><div><dt>expected</dt><dd><code>${clip(verdict.expected, 160)}</code></dd></div><div><dt>found</dt><dd><code>${clip(withoutPages(verdict.found), 160)}</code></dd></div></dl>`}
</div>
<div class="track"><svg width="100%" height="${LANE + 6}" role="img" aria-label="${says}: ${describe(segments, attempt.journeyEndAt)}">
${axis.steps.map(({ from, to }, index) => index % 2 === 0 && html`<rect class="step" x="${pc(from)}" width="${pc(to - from)}" height="${LANE + 6}"/>`)}
${segments.map((segment, index) => stretch(segment, segments[index + 1], axis))}
${readings.slice(0, 400).map(({ at }) => html`<rect class="dot" x="${pc(axis.x(at))}" y="${LANE}" width="1.5" height="5"/>`)}
${axis.end !== undefined && html`<line class="end" x1="${pc(axis.end)}" x2="${pc(axis.end)}" y1="0" y2="${LANE + 6}"/>`}
${turned(verdict, attempt, axis)}
</svg>
${readingsTable(invariant, attempt)}</div></div>`;
}

function stretch(segment: Segment, next: Segment | undefined, axis: Axis): Markup {
  const from = axis.x(segment.fromMs);
  const width = Math.max(0.4, axis.x(next?.fromMs ?? segment.toMs) - from);
  const title = `${STATES[segment.state]}: ${segment.said} (${segment.readings} ${segment.readings === 1 ? 'reading' : 'readings'})`;
  return html`<svg x="${pc(from)}" width="${pc(width)}" height="${LANE - 2}" class="stretch ${segment.state}"><rect width="100%" height="${LANE - 2}" rx="3"/><text x="7" y="18">${clip(segment.said, 60)}</text><title>${title}</title></svg>`;
}

/** Marks the moment of convergence, or of the fall. */
function turned(verdict: Verdict | undefined, attempt: AttemptStory, axis: Axis): Markup | false {
  if (!verdict || attempt.journeyEndAt === undefined || verdict.convergedMs === undefined || verdict.vacuous) return false;
  const at = axis.x(attempt.journeyEndAt + verdict.convergedMs);
  return html`<circle class="turn" cx="${pc(at)}" cy="${LANE + 2}" r="3.5"/>`;
}

function whenOf({ verdict, readings }: Pick<InvariantStory, 'verdict' | 'readings'>, attempt: AttemptStory): string {
  if (!verdict) return `not judged · ${readings.length} readings`;
  const read = `${verdict.readings} ${verdict.readings === 1 ? 'reading' : 'readings'}${verdict.unreadable > 0 ? `, ${verdict.unreadable} of them unreadable` : ''}`;
  if (verdict.vacuous) return `already true before the first step · ${read}`;
  if (verdict.status === 'held' && verdict.convergedMs !== undefined)
    return `${verdict.convergedMs <= 0 ? 'true when the journey ended' : `true ${formatDuration(verdict.convergedMs)} after the journey`} · ${read}`;
  const last = readings.at(-1);
  if (verdict.reason === 'did-not-converge' && last && attempt.journeyEndAt !== undefined && last.at - attempt.journeyEndAt > 250)
    return `not within ${formatDuration(last.at - attempt.journeyEndAt)} · ${read}`;
  if (verdict.reason === 'did-not-stay') return `came true, then fell back · ${read}`;
  return `${verdict.name} · ${read}`;
}

function describe(segments: readonly Segment[], journeyEndAt: number | undefined): string {
  return (
    segments
      .slice(0, 12)
      .map(({ state, fromMs, said }) => `${STATES[state]} ${sayWhen(fromMs, journeyEndAt)} (${clip(said, 40)})`)
      .join(', then ') || 'never read'
  );
}

const sayWhen = (ms: number, journeyEndAt: number | undefined): string =>
  journeyEndAt !== undefined && ms >= journeyEndAt
    ? `from ${formatDuration(ms - journeyEndAt)} after the journey`
    : `from ${formatDuration(Math.max(0, ms))}`;

const MOST_ROWS = 200;

function readingsTable({ verdict, readings }: InvariantStory, attempt: AttemptStory): Markup {
  if (readings.length === 0) return html`<p class="when">never read</p>`;
  return html`<details class="readings"><summary>${whenOf({ verdict, readings }, attempt)}</summary><div class="scroll" tabindex="0" role="region" aria-label="Readings"><table><thead><tr><th scope="col">When</th><th scope="col">Why</th><th scope="col">Took</th><th scope="col">Answer</th></tr></thead>
<tbody>${readings.slice(0, MOST_ROWS).map((reading) => html`<tr><td>${offset(reading.at, attempt.journeyEndAt)}</td><td>${reading.phase}</td><td>${formatDuration(reading.ms)}</td><td>${reading.unreadable !== undefined ? html`<em>unreadable: ${clip(reading.unreadable, 300)}</em>` : html`<code>${sayAnswer(reading.value, 300)}</code>`}</td></tr>`)}</tbody></table></div>${readings.length > MOST_ROWS && html`<p class="more">and ${readings.length - MOST_ROWS} more in the journal</p>`}</details>`;
}

const offset = (at: number, end: number | undefined): string =>
  end !== undefined && at >= end ? `end +${formatDuration(at - end)}` : formatDuration(Math.max(0, at));

const pc = (percent: number): string => `${percent.toFixed(2)}%`;
