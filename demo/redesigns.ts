/** A harmless change of the interface, as a switch: every journey must still be possible. */
export interface Redesign {
  name: string;
  what: string;
}

const list: [name: string, what: string][] = [
  ['labels-reworded', 'buttons, fields and headings say the same in other words'],
  ['button-became-icon', 'buttons are icons with an accessible name'],
  ['action-in-menu', 'actions of a page or a row are in a menu'],
  ['dialog-became-page', 'what was a dialog is a page of its own'],
  ['select-became-listbox', 'native selects are custom listboxes'],
  ['field-order-changed', 'the fields of a form are in another order'],
  ['extra-confirmation', 'forms ask once more before they are sent'],
  ['consent-banner', 'a consent banner comes first'],
  ['inline-message', 'messages stand in the page instead of in a toast'],
  ['behind-a-tab', 'the sections of a page are tabs'],
  ['ids-renamed', 'ids and classes are other names'],
  ['form-in-iframe', 'forms are inside an iframe'],
  ['web-component', 'fields are inside a web component with a shadow root'],
  ['table-became-cards', 'tables are lists of cards'],
  ['hamburger-navigation', 'the navigation is behind a menu button'],
  ['paginated-list', 'lists have pages'],
  ['virtualised-list', 'only the rows in view are in the page'],
  ['placeholder-only-labels', 'fields have a placeholder instead of a label'],
  ['name-split', 'the full name is a first and a last name'],
  ['two-step-wizard', 'forms come in two steps'],
  ['autosave', 'edits are saved by themselves, there is no Save button'],
  ['duplicate-button-name', 'another form on the page has a button of the same name'],
  ['skeleton-loading', 'content arrives late, a skeleton stands in for it'],
  ['everything-at-once', 'all of the above'],
];

export const redesigns: readonly Redesign[] = list.map(([name, what]) => ({ name, what }));

/** The name, or undefined for the classic interface; throws on an unknown one. */
export function parseRedesign(text: string | undefined): string | undefined {
  const name = text?.trim() || undefined;
  if (name && name !== 'classic' && !redesigns.some((known) => known.name === name)) {
    throw new Error(`unknown redesign "${name}"; known: ${redesigns.map((known) => known.name).join(', ')}`);
  }
  return name === 'classic' ? undefined : name;
}

let active: string | undefined;

/** Does this Teamspace show itself this way? */
export function redesigned(name: string): boolean {
  active ??= parseRedesign(process.env['UI']) ?? 'classic';
  return active === name || active === 'everything-at-once';
}
