import { redesigned } from '../redesigns.ts';
import { attrs, html, raw, type Html, type Piece } from './html.ts';
import { icon } from './icons.ts';

const asMenuItem = (item: Html): Html =>
  raw(item.text.replace(/<(a|button) /g, '<$1 role="menuitem" ').replace(/<form /g, '<form role="none" '));

/** A button that opens a menu; the items are buttons and links of their own. */
export const menu = (options: { label: string; face: Piece; items: Html[]; kind?: string }): Html =>
  html`<div class="menu" data-menu><button${attrs({ type: 'button', class: `button ${options.kind ?? 'quiet'}`, 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-label': options.label, 'data-menu-button': true })}>${options.face}</button><div class="menu-items" role="menu" aria-label="${options.label}" data-menu-items hidden>${options.items.map(asMenuItem)}</div></div>`;

/** The actions of a page or of a row: side by side, or behind a menu. */
export function actions(items: (Html | false | undefined)[], about?: string): Html {
  const given = items.filter((item): item is Html => Boolean(item));
  if (given.length === 0) return html``;
  if (redesigned('action-in-menu')) {
    return menu({
      label: about ? `Actions for ${about}` : 'More actions',
      face: html`${icon('more')}`,
      items: given,
      kind: 'plain only-icon',
    });
  }
  return html`<div class="actions">${given}</div>`;
}
