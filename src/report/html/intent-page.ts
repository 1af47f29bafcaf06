import { formatDuration } from '../../core/duration.ts';
import { clip } from '../escape/visible.ts';
import { type Line, plain } from '../narrative/line.ts';
import { narrate, type Narrative, type SectionId } from '../narrative/narrate.ts';
import { rerunCommand } from '../narrative/rerun.ts';
import { type AttemptStory, type IntentStory, lastAttempt, type RunStory } from '../story.ts';
import { html, type Markup } from './markup.ts';
import { intentPage, runFacts } from './overview.ts';
import { page, wordmark } from './page.ts';
import { lockfilePanel } from './patch.ts';
import { filmStrip, type PictureOf, stepList } from './steps.ts';
import { timeline } from './timeline.ts';
import { CAUSE_WORDS, quarantineChip, statusChip, told, toldWithEvents } from './told.ts';

/** Neighbours in the order a person goes through them: everything red, then the rest. */
export interface Neighbours {
  before?: IntentStory;
  after?: IntentStory;
}

/** A sentence of more characters is set smaller. */
const LONG = 170;

/** The page of one intent: the story, what the backend said over time, and every step. */
export function intentPageOf(
  intent: IntentStory,
  run: RunStory,
  options: { pictureOf: PictureOf; neighbours: Neighbours; divergence?: readonly Line[]; missed?: Line | undefined },
): string {
  const { pictureOf, neighbours, divergence, missed } = options;
  const narrative = narrate(intent, run, divergence);
  const attempt = lastAttempt(intent);
  return page({
    title: `${intent.title}: ${intent.status} · Intentwright`,
    root: '../',
    kind: 'intent',
    header: html`${wordmark('../')}<nav aria-label="Journeys"><a href="../index.html">All journeys</a>${neighbours.before && html`<a rel="prev" href="../${intentPage(neighbours.before.id)}">Previous</a>`}${neighbours.after && html`<a rel="next" href="../${intentPage(neighbours.after.id)}">Next</a>`}</nav><p class="run-facts">${runFacts(run)}</p>`,
    body: html`<article class="${intent.status}"><header class="story"><p class="tags">${statusChip(intent.status, !intent.ended && intent.attempts.length > 0)} ${quarantineChip(intent)}${intent.cause && html`<span class="cause">Cause: <b>${CAUSE_WORDS[intent.cause]}</b>${intent.cause !== 'product' && intent.causeWhy && html`, ${clip(intent.causeWhy, 240)}`}</span>`}</p>
<p class="title">${intent.title}</p><h1${plain(narrative.sentence.spans).length > LONG && html` class="long"`}>${told(narrative.sentence.spans)}</h1>${intent.why && html`<p class="why-it-matters">${intent.why}</p>`}${missed && html`<p class="missed"><b>Missed by the selection.</b> ${told(missed.spans)}</p>`}</header>
<div class="columns"><div class="main">${facts(narrative, ['quarantine', 'wrong', 'divergence', 'unjudged'])}
${attempt && attemptParts(attempt, pictureOf, '', divergence?.[0]?.step)}
${lockfilePanel(attempt?.lockfile)}
${intent.attempts
  .slice(0, -1)
  .toReversed()
  .map(
    (earlier) =>
      html`<details class="attempt"${intent.status === 'flaky' && html` open`}><summary>Attempt ${earlier.attempt}: ${earlier.status ?? 'interrupted'}${earlier.causeWhy && `, ${earlier.causeWhy}`}</summary>${attemptParts(earlier, pictureOf, `a${earlier.attempt}-`)}</details>`,
  )}</div>
${aside(intent, run, narrative)}</div></article>`,
    footer: html`<p><label><input type="checkbox" id="why"> Show the journal’s event numbers behind each sentence</label></p><p class="keys">Keys: <kbd>j</kbd> <kbd>k</kbd> next and previous journey, <kbd>u</kbd> all journeys.</p>`,
  });
}

function facts(narrative: Narrative, ids: readonly SectionId[]): Markup[] {
  return narrative.sections
    .filter(({ id }) => ids.includes(id))
    .map(
      (section) =>
        html`<section class="facts ${section.id}"><h2>${section.title}</h2><ul>${section.lines.map((line) => html`<li>${toldWithEvents(line)}</li>`)}</ul></section>`,
    );
}

function attemptParts(attempt: AttemptStory, pictureOf: PictureOf, prefix: string, began?: number): Markup {
  const chart = timeline(attempt);
  const film = filmStrip(attempt, pictureOf, prefix, began);
  return html`${chart && html`<section class="over-time"><h2>What the backend said, over time</h2>${chart}</section>`}
${film && html`<section class="journey-told"><h2>What the people did</h2>${film}${stepList(attempt, pictureOf, prefix)}</section>`}`;
}

function aside(intent: IntentStory, run: RunStory, narrative: Narrative): Markup {
  const attempt = lastAttempt(intent);
  const sections = narrative.sections.filter(({ id }) => id === 'adaptations' || id === 'circumstances');
  return html`<aside aria-label="About this journey"><section class="again"><h2>Run it again</h2><div class="copyable"><button type="button" class="copy" hidden>Copy</button><pre tabindex="0" aria-label="Command">${rerunCommand(run, intent.id)}</pre></div></section>
${intent.causeWhy && intent.cause && html`<section><h2>Why “${intent.cause}”</h2><p>${intent.causeWhy}</p></section>`}
<section><h2>Journey</h2><dl class="about">${about('File', html`<code>${intent.where.file}:${intent.where.line}</code>`)}${intent.owner && about('Owner', intent.owner)}${about('Priority', intent.priority)}${intent.touches.length > 0 && about('Touches', intent.touches.join(', '))}${about('Took', formatDuration(intent.durationMs))}${intent.attempts.length > 1 && about('Attempts', String(intent.attempts.length))}</dl></section>
${recordings(attempt)}
${sections.map((section) => html`<section class="${section.id}"><h2>${section.title}</h2><ul>${section.lines.map((line) => html`<li>${toldWithEvents(line)}</li>`)}</ul></section>`)}</aside>`;
}

/** They stand beside the report, in the run's folder. */
function recordings(attempt: AttemptStory | undefined): Markup | false {
  const kept = (attempt?.recordings ?? []).filter(({ file }) => file !== undefined && isRecording(file));
  return (
    kept.length > 0 &&
    html`<section class="recordings"><h2>Recordings</h2><ul>${kept.map(({ actor, kind, file }) => html`<li><a href="../../${file!}">${kind} of ${actor}</a>${kind === 'trace' && html` <code>npx playwright show-trace ${file!}</code>`}</li>`)}</ul></section>`
  );
}

/** Paths come back from journals, which may have been tampered with. */
const isRecording = (file: string): boolean => /^recordings(?:\/[\w.-]+)+$/.test(file) && !file.includes('..');

const about = (name: string, value: Markup | string): Markup => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
