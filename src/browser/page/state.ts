import type { Candidate } from '../../core/observation.ts';
import { activeElement, cut, fold } from './dom.ts';
import type { Sought } from './repeats.ts';
import { isEditingHost } from './roles.ts';
import { HIDDEN_VALUE, isSecret } from './secrets.ts';

type State = Partial<
  Pick<
    Candidate,
    | 'value'
    | 'options'
    | 'disabled'
    | 'readonly'
    | 'required'
    | 'invalid'
    | 'checked'
    | 'selected'
    | 'pressed'
    | 'expanded'
    | 'focused'
    | 'popup'
    | 'placeholder'
    | 'inputType'
  >
>;

const MAX_OPTIONS = 60;
const MOST_SOUGHT = 20;
const MAX_VALUE = 200;

/** What a person would see of a control's state; absent means no. */
export function stateOf(element: Element, role: string, disabledAround: boolean, sought: Sought): State {
  const state: State = {};
  const control = element as HTMLInputElement;
  const aria = (name: string): string | null => element.getAttribute(`aria-${name}`);
  if (element.localName === 'input') state.inputType = control.type;
  const placeholder = control.placeholder || aria('placeholder');
  if (placeholder) state.placeholder = cut(fold(placeholder), 120);
  const value = valueOf(element, role);
  if (value !== undefined) state.value = value;
  const options = optionsOf(element, sought);
  if (options) state.options = options;
  if (disabledAround || element.matches(':disabled') || aria('disabled') === 'true') state.disabled = true;
  if (control.readOnly === true || aria('readonly') === 'true') state.readonly = true;
  if (control.required === true || aria('required') === 'true') state.required = true;
  const invalid = aria('invalid');
  if ((invalid && invalid !== 'false') || element.matches(':user-invalid')) state.invalid = true;
  const checked = checkedOf(element, role);
  if (checked !== undefined) state.checked = checked;
  if (aria('selected')) state.selected = aria('selected') === 'true';
  if (aria('current') && aria('current') !== 'false' && state.selected === undefined) state.selected = true;
  if (aria('pressed')) state.pressed = aria('pressed') === 'true';
  if (element.localName === 'summary') state.expanded = (element.parentElement as HTMLDetailsElement).open;
  else if (aria('expanded')) state.expanded = aria('expanded') === 'true';
  if (activeElement() === element) state.focused = true;
  const popup = aria('haspopup');
  if (popup && popup !== 'false') state.popup = popup;
  return state;
}

/** Checked or not, for what can be; undefined for everything else. */
export function checkedOf(element: Element, role: string): boolean | 'mixed' | undefined {
  const input = element as HTMLInputElement;
  if (element.localName === 'input' && (input.type === 'checkbox' || input.type === 'radio'))
    return input.indeterminate ? 'mixed' : input.checked;
  const aria = element.getAttribute('aria-checked');
  if (aria) return aria === 'mixed' ? 'mixed' : aria === 'true';
  return /^(checkbox|radio|switch|menuitemcheckbox|menuitemradio)$/.test(role) ? false : undefined;
}

/** Value as shown, folded; "•••" for what nobody may see; undefined for what has none. */
export function valueOf(element: Element, role: string): string | undefined {
  if (isSecret(element)) return (element as HTMLInputElement).value || element.textContent ? HIDDEN_VALUE : '';
  const tag = element.localName;
  if (tag === 'input') {
    const input = element as HTMLInputElement;
    if (/^(checkbox|radio|button|submit|reset|image)$/.test(input.type)) return undefined;
    if (input.type === 'file') return [...(input.files ?? [])].map((file) => file.name).join(', ');
    return cut(input.value, MAX_VALUE);
  }
  if (tag === 'textarea') return cut((element as HTMLTextAreaElement).value, MAX_VALUE);
  if (tag === 'select') return [...(element as HTMLSelectElement).selectedOptions].map((option) => fold(option.label)).join(', ');
  if (isEditingHost(element)) return cut(fold((element as HTMLElement).innerText), MAX_VALUE);
  if (role === 'slider' || role === 'spinbutton' || role === 'scrollbar' || role === 'separator') {
    return element.getAttribute('aria-valuetext') ?? element.getAttribute('aria-valuenow') ?? undefined;
  }
  if (role === 'combobox') return cut(fold((element as HTMLElement).innerText ?? ''), MAX_VALUE);
  return undefined;
}

/** The first of a list's options; of the rest, those that are looked for. */
function optionsOf(element: Element, sought: Sought): string[] | undefined {
  const list =
    element.localName === 'select'
      ? (element as HTMLSelectElement).options
      : element.localName === 'input'
        ? (element as HTMLInputElement).list?.options
        : undefined;
  if (!list) return undefined;
  const texts: string[] = [];
  for (const option of list) {
    const text = cut(fold(option.label || option.value), 100);
    if (texts.length < MAX_OPTIONS || (texts.length < MAX_OPTIONS + MOST_SOUGHT && isSought(text, sought))) texts.push(text);
  }
  return texts;
}

/** "United Kingdom", far down a list of all countries, where the sentence says it. */
function isSought(option: string, { focus, words }: Sought): boolean {
  const text = option.toLowerCase();
  return (
    text !== '' &&
    (focus.includes(text) || words.includes(text) || text.split(/[^\p{L}\p{N}]+/u).every((word) => word === '' || words.includes(word)))
  );
}
