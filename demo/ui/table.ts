import { redesigned } from '../redesigns.ts';
import { attrs, html, type Html, type Piece } from './html.ts';

export interface TableOptions {
  /** What the list is, for people who cannot see it. */
  label: string;
  columns: string[];
  rows: { cells: Piece[]; actions?: Html; id?: string }[];
  empty: Piece;
}

const PAGE = 3;

/** A list of things with columns: a table, or cards; in pages, or only what is in view. */
export function table(options: TableOptions): Html {
  if (options.rows.length === 0) return html`<div class="empty">${options.empty}</div>`;
  const long = options.rows.length > PAGE;
  const virtual = long && redesigned('virtualised-list') && !redesigned('paginated-list');
  const list = redesigned('table-became-cards') ? cards(options, virtual) : grid(options, virtual);
  if (virtual)
    return html`<div class="window" data-virtual="${PAGE}" tabindex="0" role="group" aria-label="${options.label}">${list}</div>`;
  if (long && redesigned('paginated-list')) {
    return html`<div data-pages="${PAGE}">${list}<nav class="pages" aria-label="Pages of ${options.label}"><button type="button" class="button plain" data-page-back disabled>Previous page</button><span data-page-of></span><button type="button" class="button plain" data-page-on>Next page</button></nav></div>`;
  }
  return list;
}

function grid(options: TableOptions, virtual: boolean): Html {
  const acting = options.rows.some((row) => row.actions);
  const rows = options.rows.map(
    (row) =>
      html`<tr${attrs({ 'data-row': true, 'data-id': row.id })}>${row.cells.map((cell, index) => (index === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`))}${acting ? html`<td class="row-actions">${row.actions}</td>` : ''}</tr>`,
  );
  return html`<div class="table-scroll"><table aria-label="${options.label}"><thead><tr>${options.columns.map((column) => html`<th scope="col">${column}</th>`)}${acting ? html`<th scope="col"><span class="unseen">Actions</span></th>` : ''}</tr></thead><tbody data-rows>${virtual ? html`<template>${rows}</template>` : rows}</tbody></table></div>`;
}

function cards(options: TableOptions, virtual: boolean): Html {
  const rows = options.rows.map(
    (row) =>
      html`<li${attrs({ class: 'row-card', 'data-row': true, 'data-id': row.id })}><h3>${row.cells[0]}</h3><dl>${row.cells.slice(1).map((cell, index) => html`<div><dt>${options.columns[index + 1]}</dt><dd>${cell}</dd></div>`)}</dl>${row.actions}</li>`,
  );
  return html`<ul class="row-cards" aria-label="${options.label}" data-rows>${virtual ? html`<template>${rows}</template>` : rows}</ul>`;
}
