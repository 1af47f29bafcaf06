import type { Cause, Status } from '../../core/decide.ts';
import { forXml } from '../escape/xml.ts';
import { type Line, type Span, show } from '../narrative/line.ts';
import { inQuarantine } from '../narrative/quarantine.ts';
import type { IntentStory } from '../story.ts';
import { html, Markup } from './markup.ts';

/** Words and marks of each status; never told by colour alone. */
export const STATUS_WORDS: Record<Status, { word: string; mark: string }> = {
  passed: { word: 'Passed', mark: '✓' },
  flaky: { word: 'Flaky', mark: '≈' },
  unproven: { word: 'Unproven', mark: '?' },
  blocked: { word: 'Blocked', mark: '■' },
  failed: { word: 'Failed', mark: '✕' },
  errored: { word: 'Errored', mark: '!' },
  skipped: { word: 'Skipped', mark: '–' },
};

export const CAUSE_WORDS: Record<Cause, string> = {
  product: 'the product',
  'interface-changed': 'a changed interface',
  environment: 'the environment',
  fixture: 'the starting state',
  agent: 'the agent',
  model: 'the model',
  budget: 'the budget',
  spec: 'the specification',
};

export const statusMark = (status: Status): Markup =>
  html`<span class="mark ${status}" role="img" aria-label="${STATUS_WORDS[status].word}">${STATUS_WORDS[status].mark}</span>`;

export const statusChip = (status: Status, interrupted = false): Markup =>
  html`<span class="chip ${status}"><span aria-hidden="true">${STATUS_WORDS[status].mark}</span> ${interrupted ? 'Interrupted' : STATUS_WORDS[status].word}</span>`;

/** A sentence of the narrative: what others said stands in quotation elements, values in code. */
export function told(spans: readonly Span[]): Markup {
  return new Markup(
    show(spans, {
      text: breakable,
      quote: (text) => `<q>${breakable(text)}</q>`,
      code: (text) => `<code>${breakable(text)}</code>`,
      strong: (text) => `<strong>${breakable(text)}</strong>`,
    }),
  );
}

/** Addresses and paths may be broken at their joints, before they are broken anywhere. */
const breakable = (text: string): string => forXml(text).replace(/[@+/_](?=[^\s<]{5})/g, '$&<wbr>');

/** With the numbers of the events that it rests on, shown on demand. */
export function toldWithEvents({ spans, seqs }: Line): Markup {
  return html`${told(spans)}${seqs.length > 0 && html`<span class="why"> [events ${seqs.slice(0, 8).join(', ')}${seqs.length > 8 ? ', …' : ''}]</span>`}`;
}

/** Beside the status of what is red and does not count. */
export const quarantineChip = (intent: Pick<IntentStory, 'status' | 'quarantined'>): Markup | false => {
  const aside = inQuarantine(intent);
  return aside !== undefined && html`<span class="aside">${aside}</span>`;
};
