import { redesigned } from '../redesigns.ts';
import { attrs, html, type Html, type Piece } from './html.ts';
import { say } from './wording.ts';

export interface Section {
  id: string;
  title: string;
  /** Beside the heading. */
  actions?: Html;
  body: Piece;
}

const card = (section: Section): Html =>
  html`<section class="card" aria-labelledby="${section.id}-heading"><div class="card-head"><h2 id="${section.id}-heading">${say(section.title)}</h2>${section.actions}</div>${section.body}</section>`;

/** Parts of a page: one below the other, or as tabs. As tabs, an introduction is in front. */
export function sections(list: (Section | false | undefined)[]): Html {
  const given = list.filter((section): section is Section => Boolean(section));
  if (!redesigned('behind-a-tab')) return html`${given.map((section) => card(section))}`;
  const about: Section = {
    id: 'about-this-page',
    title: 'About',
    body: html`<p class="muted">Everything about this page is in the tabs above.</p>`,
  };
  const tabs = [about, ...given];
  return html`<div data-tabs><div class="tabs" role="tablist" aria-label="Sections">${tabs.map((section, index) => html`<button${attrs({ type: 'button', role: 'tab', id: `${section.id}-tab`, 'aria-controls': `${section.id}-panel`, 'aria-selected': index === 0 ? 'true' : 'false', tabindex: index === 0 ? 0 : -1 })}>${say(section.title)}</button>`)}</div>${tabs.map((section, index) => html`<div${attrs({ role: 'tabpanel', id: `${section.id}-panel`, 'aria-labelledby': `${section.id}-tab`, hidden: index !== 0 })}>${card(section)}</div>`)}</div>`;
}
