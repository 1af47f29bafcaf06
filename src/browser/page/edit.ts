import { activeElement, fold } from './dom.ts';
import { arm } from './quiet.ts';
import { elementOf } from './registry.ts';
import { isEditingHost, roleOf } from './roles.ts';
import { markSecret } from './secrets.ts';
import { checkedOf } from './state.ts';

type FieldKind = 'typed' | 'set' | 'rich' | 'none';

const SET_WHOLE = new Set(['date', 'time', 'datetime-local', 'month', 'week', 'color', 'range']);
const NOT_TYPED = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'image', 'file', 'hidden']);

/** How a field takes a value: typed into, set whole as date pickers do, rich text, or not at all. */
function fieldKind(element: Element): FieldKind {
  const tag = element.localName;
  if (tag === 'textarea') return 'typed';
  if (tag === 'input') {
    const type = (element as HTMLInputElement).type;
    return NOT_TYPED.has(type) ? 'none' : SET_WHOLE.has(type) ? 'set' : 'typed';
  }
  return isEditingHost(element) ? 'rich' : 'none';
}

/** The field that typing into a numbered element reaches: itself, or the one editable thing inside it. */
function fieldOf(number: number): Element | undefined {
  const element = elementOf(number);
  if (!element || fieldKind(element) !== 'none') return element;
  const inner = [...element.querySelectorAll('input:not([type=hidden]),textarea,[contenteditable]')].filter(
    (field) => fieldKind(field) !== 'none',
  );
  return inner.length === 1 ? inner[0] : element;
}

export interface Ready {
  kind: FieldKind;
  readonly: boolean;
  secret: boolean;
}

/** Focuses a field and selects what is in it, so that typing replaces it. */
export function ready(number: number, secret: boolean): Ready {
  const field = fieldOf(number);
  if (!field) return { kind: 'none', readonly: false, secret };
  const kind = fieldKind(field);
  const readonly = (field as HTMLInputElement).readOnly === true || field.getAttribute('aria-readonly') === 'true';
  if (kind === 'none' || readonly) return { kind, readonly, secret };
  if (secret) markSecret(field);
  arm();
  (field as HTMLElement).focus();
  if (kind === 'typed') (field as HTMLInputElement).select();
  if (kind === 'rich') getSelection()?.selectAllChildren(field);
  return { kind, readonly, secret };
}

/** Sets the value of a field that has its own picker, as its picker would. */
export function setWhole(number: number, value: string): string {
  const field = fieldOf(number) as HTMLInputElement;
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
  setter.call(field, value);
  if (field.value !== '' || value === '') announce(field);
  return field.value;
}

/** What the field holds now, for comparing; never leaves the process unmasked. */
export function typedValue(number: number): string {
  const field = fieldOf(number);
  if (!field) return '';
  return isEditingHost(field) ? fold((field as HTMLElement).innerText) : ((field as HTMLInputElement).value ?? '');
}

function announce(field: Element): void {
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

export type Choice =
  | { ok: true; chosen: string; changed: boolean }
  | { ok: false; why: 'not-a-select' | 'no-option' | 'ambiguous' | 'disabled'; options: string[] };

const same = (a: string, b: string): boolean => fold(a).toLowerCase() === fold(b).toLowerCase();

/** Chooses an option of a native select by its text, else by its value, else by the only one that begins with it. */
export function choose(number: number, wanted: string): Choice {
  const select = elementOf(number);
  if (select?.localName !== 'select') return { ok: false, why: 'not-a-select', options: [] };
  const options = [...(select as HTMLSelectElement).options];
  const texts = options.map((option) => fold(option.label)).slice(0, 30);
  const found = pick(options, wanted);
  if (found.length !== 1) return { ok: false, why: found.length === 0 ? 'no-option' : 'ambiguous', options: texts };
  const option = found[0]!;
  if (option.disabled || option.parentElement?.matches('optgroup:disabled')) return { ok: false, why: 'disabled', options: texts };
  (select as HTMLElement).focus();
  const changed = !option.selected;
  option.selected = true;
  if (changed) announce(select);
  return { ok: true, chosen: fold(option.label), changed };
}

function pick(options: HTMLOptionElement[], wanted: string): HTMLOptionElement[] {
  const tests: ((option: HTMLOptionElement) => boolean)[] = [
    (option) => fold(option.label) === fold(wanted),
    (option) => same(option.label, wanted),
    (option) => option.value === wanted,
    (option) => same(option.value, wanted),
    (option) =>
      fold(option.label)
        .toLowerCase()
        .startsWith(`${fold(wanted).toLowerCase()} `),
  ];
  for (const test of tests) {
    const found = options.filter(test);
    if (found.length > 0) return found;
  }
  return [];
}

/** Whether a checkbox, radio or switch is on. */
export function isOn(number: number): boolean | 'mixed' | undefined {
  const element = elementOf(number);
  if (!element) return undefined;
  const role = roleOf(element);
  const checked = checkedOf(element, role);
  if (checked !== undefined) return checked;
  const pressed = element.getAttribute('aria-pressed') ?? element.getAttribute('aria-selected');
  if (pressed) return pressed === 'true';
  const inner = element.querySelector('input[type=checkbox],input[type=radio]') as HTMLInputElement | null;
  return inner?.checked;
}

export const isFocused = (number: number): boolean => {
  const element = elementOf(number);
  return element !== undefined && activeElement() === element;
};
