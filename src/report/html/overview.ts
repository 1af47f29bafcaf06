import { STATUSES } from '../../core/decide.ts';
import { formatDuration } from '../../core/duration.ts';
import { slugOf } from '../../core/slug.ts';
import { clip } from '../escape/visible.ts';
import { type CauseGroup, groupByCause } from '../groups.ts';
import { matricesOf, matrixLine } from '../matrix.ts';
import type { Line } from '../narrative/line.ts';
import { selectionLines, selectionTitle } from '../narrative/selection.ts';
import { firstSentence } from '../narrative/sentence.ts';
import { slowOf, slowWords } from '../slow.ts';
import { countStatuses, type IntentStory, lastAttempt, type RunStory, verdictsOf } from '../story.ts';
import { headline } from '../headline.ts';
import { html, type Markup } from './markup.ts';
import { page, wordmark } from './page.ts';
import { CAUSE_WORDS, STATUS_WORDS, quarantineChip, statusChip, statusMark, told } from './told.ts';
import { statusBar } from './status-bar.ts';
import { type TrendPoint, trendChart } from './trend.ts';

/** What earlier runs add to the overview. */
export interface OverviewPast {
  /** Oldest first; this run is the last. */
  trend: readonly TrendPoint[];
  /** Intents that were green in the run before: red now is new. */
  newlyRed: ReadonlySet<string>;
  /** What is red and a selection left out, or would have. */
  missed?: ReadonlyMap<string, Line>;
  divergenceOf?(intent: string): readonly Line[];
}

export const intentPage = (id: string): string => `intents/${slugOf(id)}.html`;

/** The first page: what broke and why, then every journey. */
export function overviewPage(story: RunStory, past?: OverviewPast): string {
  return page({
    title: `${headline(story)} · Intentwright`,
    root: '',
    kind: 'overview',
    header: html`${wordmark('')}<p class="run-facts">${runFacts(story)}</p>`,
    body: html`${hero(story, past)}${whatBroke(story, past)}${matrices(story)}${worthKnowing(story, past)}${everyJourney(story)}${whyThese(story)}`,
    footer: html`<p>Run <code>${story.run}</code>${story.command && html` by <code>${story.command}</code>`}, Intentwright ${story.version}, Node ${story.node.replace(/^v/, '')} on ${story.platform}${story.browser && `, ${story.browser}`}.</p><p class="keys">Keys: <kbd>/</kbd> search, <kbd>j</kbd> <kbd>k</kbd> next and previous journey, <kbd>Enter</kbd> open.</p>`,
  });
}

export function runFacts(story: RunStory): Markup {
  const when = story.startedAt
    .replace('T', ' ')
    .replace(/(:\d\d)\..*$/, '$1')
    .replace(/Z$/, '');
  return html`<span>${story.target.name || 'no target'}${story.target.production && ' (production)'}</span>${story.commit && html`<span>commit <code>${story.commit.slice(0, 10)}</code></span>`}<span><time datetime="${story.startedAt}">${when} UTC</time></span>`;
}

function hero(story: RunStory, past: OverviewPast | undefined): Markup {
  const agents = agentsOf(story);
  return html`<section class="hero" aria-labelledby="headline">
<h1 id="headline">${headline(story)}</h1>
${story.interrupted !== undefined && html`<p class="alarm">The run was interrupted (${story.interrupted}): this is what was known by then.</p>`}
${statusBar(countStatuses(story), story.intents.length)}
<dl class="numbers">
<div><dt>Took</dt><dd>${formatDuration(story.durationMs)}</dd></div>
<div><dt>Steps carried out by</dt><dd>${agents || 'nobody'}</dd></div>
<div><dt>Backend readings</dt><dd>${countReadings(story).toLocaleString('en')}</dd></div>
${past && past.trend.length > 1 && html`<div class="trend"><dt>Last ${past.trend.length} runs</dt><dd>${trendChart(past.trend)}</dd></div>`}
</dl>
</section>`;
}

function agentsOf(story: RunStory): string {
  const counts = new Map<string, number>();
  for (const intent of story.intents)
    for (const step of lastAttempt(intent)?.steps ?? [])
      if (step.status === 'done' && step.by) counts.set(step.by, (counts.get(step.by) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([agent, count]) => `${agent} ${count}`)
    .join(', ');
}

const countReadings = (story: RunStory): number =>
  story.intents.reduce(
    (sum, { attempts }) =>
      sum + attempts.reduce((inner, { invariants }) => inner + invariants.reduce((count, { readings }) => count + readings.length, 0), 0),
    0,
  );

const SHOWN_IN_GROUP = 12;

function whatBroke(story: RunStory, past: OverviewPast | undefined): Markup | false {
  const groups = groupByCause(story);
  return (
    groups.length > 0 &&
    html`<section aria-labelledby="broke"><h2 id="broke">What broke, by common cause</h2>
<ol class="groups">${groups.map((group) => causeGroup(group, past))}</ol></section>`
  );
}

function causeGroup({ cause, evidence, intents }: CauseGroup, past: OverviewPast | undefined): Markup {
  return html`<li class="group"><div class="because"><p class="cause">${cause ? html`Cause: <b>${CAUSE_WORDS[cause]}</b>` : 'Cause not known'}</p><p class="evidence">${evidence}</p>${intents.length > 1 && html`<p class="together">${intents.length} journeys</p>`}</div>
<ul>${intents.slice(0, SHOWN_IN_GROUP).map((intent) => html`<li><h3><a href="${intentPage(intent.id)}">${intent.title}</a> ${statusChip(intent.status, !intent.ended)} ${quarantineChip(intent)}${past?.newlyRed.has(intent.id) && html` <span class="new">new</span>`}</h3><p class="sentence">${told(firstSentence(intent).spans)}</p>${began(intent, past)}</li>`)}
${intents.length > SHOWN_IN_GROUP && html`<li class="more">and ${intents.length - SHOWN_IN_GROUP} more in the list below</li>`}</ul></li>`;
}

function matrices(story: RunStory): Markup | false {
  const all = matricesOf(story);
  return (
    all.length > 0 &&
    html`<section aria-labelledby="matrices"><h2 id="matrices">Matrices</h2><div class="panels">${all.map((matrix) => html`<div class="panel"><h3>${matrix.of}</h3><p>${matrixLine(matrix)}</p><table><thead><tr>${matrix.factors.map((factor) => html`<th scope="col">${factor}</th>`)}<th scope="col">status</th></tr></thead><tbody>${matrix.cells.map((cell) => html`<tr>${matrix.factors.map((factor) => html`<td>${String(cell.cell.values[factor])}</td>`)}<td><a href="${intentPage(cell.id)}">${statusChip(cell.status, !cell.ended)}</a></td></tr>`)}</tbody></table></div>`)}</div></section>`
  );
}

/** The step of the first difference from the last green run, in the journey's own words. */
function began(intent: IntentStory, past: OverviewPast | undefined): Markup | false {
  const first = past?.divergenceOf?.(intent.id)[0];
  const step = first?.step === undefined ? undefined : lastAttempt(intent)?.steps.find(({ index }) => index === first.step);
  return (
    step !== undefined &&
    html`<p class="since">Differs from the last green run since step ${step.index + 1}, <q>${clip(step.text, 110)}</q></p>`
  );
}

function worthKnowing(story: RunStory, past: OverviewPast | undefined): Markup | false {
  const flaky = story.intents.filter(({ status }) => status === 'flaky');
  const adapted = story.intents.filter(
    ({ status, attempts }) => status === 'passed' && attempts.some(({ steps }) => steps.some(({ adaptations }) => adaptations.length > 0)),
  );
  const slow = slowOf(story.intents, 0.5);
  const panels = [
    panel(
      'Missed by the selection',
      story.intents.flatMap((intent) => {
        const how = past?.missed?.get(intent.id);
        return how ? [[intent, told(how.spans)] as const] : [];
      }),
    ),
    panel(
      'Passed only on a retry',
      flaky.map((intent) => [intent, html`${told(firstSentence(intent).spans)}`]),
    ),
    panel(
      'Adapted to a changed interface',
      adapted.map((intent) => [
        intent,
        html`${intent.attempts
          .flatMap(({ steps }) => steps.flatMap(({ adaptations }) => adaptations.map(({ adaptation }) => adaptation.note)))
          .slice(0, 3)
          .join('; ')}`,
      ]),
    ),
    panel(
      'Close to its deadline',
      slow.map((one) => [one.intent, html`${one.says}: ${slowWords(one)}`]),
    ),
  ].filter((shown) => shown !== false);
  return (
    panels.length > 0 && html`<section aria-labelledby="know"><h2 id="know">Worth knowing</h2><div class="panels">${panels}</div></section>`
  );
}

function panel(title: string, rows: readonly (readonly [IntentStory, Markup])[]): Markup | false {
  return (
    rows.length > 0 &&
    html`<div class="panel"><h3>${title}</h3><ul>${rows.slice(0, 8).map(([intent, text]) => html`<li><a href="${intentPage(intent.id)}">${intent.title}</a><p>${text}</p></li>`)}</ul>${rows.length > 8 && html`<p class="more">and ${rows.length - 8} more</p>`}</div>`
  );
}

/** Why each journey was chosen or left out, where a change decided it. */
function whyThese(story: RunStory): Markup | false {
  return (
    story.selection !== undefined &&
    html`<section aria-labelledby="chosen"><h2 id="chosen">${selectionTitle(story)}</h2><div class="panels"><div class="panel"><ul>${selectionLines(story).map(({ spans }) => html`<li><p>${told(spans)}</p></li>`)}</ul></div></div></section>`
  );
}

/** From here on, rows out of sight are not laid out. */
const MANY = 150;

function everyJourney(story: RunStory): Markup {
  const counts = countStatuses(story);
  const longest = Math.max(1, ...story.intents.map(({ durationMs }) => durationMs));
  return html`<section aria-labelledby="every"><div class="list-head"><h2 id="every">Every journey</h2>
<div class="filters" hidden><div class="search"><label for="search">Search</label><input id="search" type="search" placeholder="title, owner, sentence" autocomplete="off"></div>
<fieldset><legend>Show</legend>${STATUSES.filter((status) => counts.has(status)).map((status) => html`<label class="filter ${status}"><input type="checkbox" name="status" value="${status}" checked> ${STATUS_WORDS[status].word} ${counts.get(status)}</label>`)}</fieldset></div></div>
<p class="found" role="status" hidden></p>
<ol class="journeys${story.intents.length > MANY && ' many'}">${story.intents.map((intent) => row(intent, longest))}</ol></section>`;
}

function row(intent: IntentStory, longest: number): Markup {
  const attempt = lastAttempt(intent);
  const verdicts = verdictsOf(attempt);
  const held = verdicts.filter(({ status, vacuous }) => status === 'held' && !vacuous).length;
  const share = Math.round((intent.durationMs / longest) * 100);
  return html`<li class="journey" data-status="${intent.status}" data-ms="${Math.round(intent.durationMs)}">${statusMark(intent.status)}
<div class="what"><a href="${intentPage(intent.id)}">${intent.title}</a><p class="sentence">${told(firstSentence(intent).spans.map((span) => (typeof span === 'string' ? clip(span, 300) : span)))}</p></div>
<p class="owner">${quarantineChip(intent)} ${intent.owner}${intent.priority !== 'normal' && html` <span class="priority">${intent.priority}</span>`}</p>
<p class="held">${verdicts.length > 0 && html`<b>${held}</b>/${verdicts.length} hold`}</p>
<p class="took"><span>${formatDuration(intent.durationMs)}</span><svg width="100%" height="3" aria-hidden="true"><rect width="${share}%" height="3" rx="1.5"/></svg></p></li>`;
}
