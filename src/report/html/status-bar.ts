import { type Status, STATUSES } from '../../core/decide.ts';
import { html, type Markup } from './markup.ts';
import { STATUS_WORDS } from './told.ts';

/** One bar for all intents, each status with its share, and the counts as a legend. */
export function statusBar(counts: ReadonlyMap<Status, number>, all: number): Markup {
  const shown = STATUSES.filter((status) => (counts.get(status) ?? 0) > 0);
  let x = 0;
  const parts = shown.map((status) => {
    const width = ((counts.get(status) ?? 0) / Math.max(1, all)) * 100;
    const part = html`<rect class="${status}" x="${x.toFixed(3)}%" width="${width.toFixed(3)}%" height="14"/>`;
    x += width;
    return part;
  });
  return html`<div class="bar"><svg width="100%" height="14" aria-hidden="true">${parts}</svg><ul class="legend">${shown.map((status) => html`<li class="${status}"><span class="swatch" aria-hidden="true">${STATUS_WORDS[status].mark}</span><b>${counts.get(status)}</b> ${STATUS_WORDS[status].word.toLowerCase()}</li>`)}</ul></div>`;
}
