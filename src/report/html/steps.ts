import { formatDuration } from '../../core/duration.ts';
import { isAttachmentId } from '../attachments.ts';
import type { Outline } from '../../core/action.ts';
import { clip } from '../escape/visible.ts';
import { whyNot } from '../narrative/journey.ts';
import { lastNotice } from '../narrative/notices.ts';
import type { AttemptStory, RequestFact, StepStatus, StepStory } from '../story.ts';
import { html, type Markup } from './markup.ts';

/** Where a picture stands, seen from an intent's page; undefined for an id that is none, or whose file is missing. */
export type PictureOf = (id: string | undefined) => string | undefined;

export const pictureIn =
  (known: ReadonlySet<string>): PictureOf =>
  (id) =>
    id !== undefined && isAttachmentId(id) && known.has(id) ? `../attachments/${id}` : undefined;

const ENDED: Record<StepStatus, { mark: string; word: string }> = {
  done: { mark: '✓', word: 'done' },
  refused: { mark: '✓', word: 'refused, as it should be' },
  'gave-up': { mark: '■', word: 'given up' },
  'out-of-budget': { mark: '■', word: 'out of budget' },
  fault: { mark: '!', word: 'broken off' },
  'not-reached': { mark: '–', word: 'not reached' },
};

const endOf = (step: StepStory): { mark: string; word: string; state: string } =>
  step.status
    ? { ...ENDED[step.status], state: step.status }
    : { mark: step.began ? '!' : '–', word: step.began ? 'interrupted' : 'not reached', state: step.began ? 'fault' : 'not-reached' };

/** One frame a step: what the person saw last, and the sentence under it. `began`: the step of the first difference from the last green run. */
export function filmStrip(attempt: AttemptStory, pictureOf: PictureOf, prefix: string, began?: number): Markup | false {
  const steps = attempt.steps.filter(({ text }) => text !== '');
  if (steps.length === 0) return false;
  const actors = actorsOf(attempt);
  return html`<ol class="film" tabindex="0" aria-label="Film strip of the steps">${steps.map((step) => {
    const end = pictureOf(step.picture);
    const shown = end === undefined ? step.acts.findLast((act) => pictureOf(act.picture) !== undefined) : undefined;
    const picture = end ?? pictureOf(shown?.picture);
    const look = step.looks.at(-1);
    const { mark, word, state } = endOf(step);
    return html`<li class="${state}${step.index === began && ' began'}"><a href="#${prefix}step-${step.index + 1}"><span class="frame">${picture ? html`<img src="${picture}" alt="" loading="lazy" width="320" height="200">${outlined(shown?.outline)}` : html`<span class="blank">${look?.title || (step.actor === 'system' ? 'the system' : word)}</span>`}</span>
<span class="caption"><span class="who actor-${actors.indexOf(step.actor) % 6}">${step.actor}</span> <span class="end" role="img" aria-label="${word}">${mark}</span><span class="text">${step.index + 1}. ${clip(step.text, 120)}</span>${step.index === began && html`<span class="here">first difference</span>`}</span></a></li>`;
  })}</ol>`;
}

/** The target of an action, drawn over its picture: as the picture is, cut to its frame from the top. */
const outlined = (outline: Outline | undefined): Markup | false => {
  if (!outline) return false;
  const [left, top, width, height] = outline.box;
  return html`<svg class="target" viewBox="${`0 0 ${outline.view.join(' ')}`}" preserveAspectRatio="xMidYMin slice" aria-hidden="true"><rect x="${left - 5}" y="${top - 5}" width="${width + 10}" height="${height + 10}" rx="6"/></svg>`;
};

const actorsOf = (attempt: AttemptStory): string[] => [...new Set(attempt.steps.map(({ actor }) => actor))];

/** Every step in full: what was seen, done, said and sent. */
export function stepList(attempt: AttemptStory, pictureOf: PictureOf, prefix: string): Markup {
  const actors = actorsOf(attempt);
  return html`<ol class="steps">${attempt.steps.filter(({ text }) => text !== '').map((step) => oneStep(step, pictureOf, prefix, actors.indexOf(step.actor) % 6))}</ol>`;
}

function oneStep(step: StepStory, pictureOf: PictureOf, prefix: string, actor: number): Markup {
  const { mark, word, state } = endOf(step);
  const look = step.looks.at(-1);
  const notice = lastNotice(step);
  const pictures = step.acts.flatMap((act) => {
    const source = pictureOf(act.picture);
    return source ? [{ source, line: act.line, outline: act.outline }] : [];
  });
  const end = pictureOf(step.picture);
  if (end) pictures.push({ source: end, line: 'the end of the step', outline: undefined });
  const trouble = step.why !== '' && step.status !== 'done' && step.status !== 'not-reached';
  return html`<li class="step ${state}" id="${prefix}step-${step.index + 1}"><span class="number actor-${actor}" aria-hidden="true">${step.index + 1}</span>
<div class="body"><h3><span class="who actor-${actor}">${step.actor}${step.tries && ' tries'}:</span> ${step.text}</h3>
<p class="meta"><span class="end">${mark} ${word}</span>${step.began && step.status !== 'not-reached' && html`<span>${formatDuration(step.durationMs)}</span>`}${step.by && html`<span>by ${step.by}</span>`}${look && html`<span>on ${look.title ? html`<q>${clip(look.title, 80)}</q>` : html`<code>${clip(look.path, 80)}</code>`}</span>`}</p>
${trouble && html`<p class="trouble">${step.why}${step.between && !step.between.every((one) => step.why.includes(one)) && html` Between: ${step.between.map((one, index) => html`${index > 0 && ', '}<q>${clip(one, 80)}</q>`)}.`}</p>`}
${step.adaptations.map(({ adaptation, agent }) => html`<p class="adapted">${adaptation.note} <span>by ${agent}${adaptation.score !== undefined && `, score ${adaptation.score.toFixed(2)}`}${adaptation.margin !== undefined && `, ${adaptation.margin.toFixed(2)} ahead`}${adaptation.runnerUp !== undefined && html` of <q>${clip(adaptation.runnerUp, 60)}</q>`}</span></p>`)}
${step.acts.length > 0 && html`<ol class="acts">${step.acts.map((act) => html`<li class="${act.ok ? 'ok' : 'not-ok'}"><code>${clip(act.line, 200)}</code> <span>${act.agent !== step.by && `${act.agent}, `}${formatDuration(act.ms)}</span>${!act.ok && html` <em>${clip(whyNot(act), 200)}</em>`}${act.events.map((event) => html`<span class="event">${clip(event, 200)}</span>`)}</li>`)}</ol>`}
${notice && html`<p class="said ${notice.kind}">The page said <q>${clip(notice.text, 300)}</q></p>`}
${step.pageEvents.length > 0 && html`<ul class="page-events">${step.pageEvents.slice(0, 20).map(({ kind, text }) => html`<li><b>${kind.replaceAll('-', ' ')}</b> <q>${clip(text, 400)}</q></li>`)}</ul>`}
${handovers(step)}
${requestTable(step.requests)}
${pictures.length > 1 && html`<ul class="pictures">${pictures.map(({ source, line, outline }) => html`<li><a href="${source}"><img src="${source}" alt="${`The page at: ${clip(line, 100)}`}" loading="lazy" width="240" height="150">${outlined(outline)}</a></li>`)}</ul>`}
</div></li>`;
}

function handovers(step: StepStory): Markup | false {
  const unsure = step.choices.filter(({ kind }) => kind === 'unsure');
  if (unsure.length === 0) return false;
  const list = html`<ul class="handovers">${unsure.slice(0, 12).map(({ agent, why }) => html`<li><b>${agent}</b> handed over: ${clip(why, 240)}</li>`)}</ul>`;
  return unsure.length < 3 ? list : html`<details><summary>handed over ${unsure.length} times</summary>${list}</details>`;
}

/** What a page fetches to look as it does. */
const SCENERY = new Set(['stylesheet', 'script', 'image', 'font', 'media', 'manifest', 'other']);

function requestTable(requests: readonly RequestFact[]): Markup | false {
  if (requests.length === 0) return false;
  const shown = requests
    .filter(({ request }) => request.changes || !SCENERY.has(request.kind) || request.failed !== undefined || (request.status ?? 0) >= 400)
    .slice(0, 100);
  const slow = Math.max(1, ...shown.map(({ request }) => request.ms ?? 0));
  const changing = requests.filter(({ request }) => request.changes).length;
  const bad = requests.filter(({ request }) => request.failed !== undefined || (request.status ?? 0) >= 400).length;
  return html`<details class="requests"${bad > 0 && html` open`}><summary>${requests.length} ${requests.length === 1 ? 'request' : 'requests'}${changing > 0 && `, ${changing} changing something`}${bad > 0 && html`, <b>${bad} refused or failed</b>`}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Requests of this step"><table><thead><tr><th scope="col">Request</th><th scope="col">Answer</th><th scope="col">Took</th></tr></thead><tbody>${shown.map(({ request }) => html`<tr class="${request.changes ? 'changes' : 'reads'}${(request.failed !== undefined || (request.status ?? 0) >= 400) && ' bad'}"><td><b>${request.method}</b> <code>${clip(request.template, 160)}</code>${!request.own && html` <span class="foreign">another site</span>`}</td><td>${request.failed ?? request.status ?? '–'}</td><td class="ms">${request.ms === undefined ? '–' : formatDuration(request.ms)}<svg width="100%" height="3" aria-hidden="true"><rect width="${Math.round(((request.ms ?? 0) / slow) * 100)}%" height="3"/></svg></td></tr>`)}</tbody></table></div>${shown.length < requests.length && html`<p class="more">and ${requests.length - shown.length} for styles, scripts, pictures and the like</p>`}</details>`;
}
