import { contains, fold, referred, upFrom } from './dom.ts';
import { shownName } from './names.ts';
import { elementOf, numberOf } from './registry.ts';
import { isRendered } from './rendered.ts';
import { roleOf } from './roles.ts';

export type FoundOption =
  | { ok: true; number: number; role: string; name: string; chosen: boolean }
  | {
      ok: false;
      options: string[];
      ambiguous: boolean /** The control can be typed into to narrow its list. */;
      typable: boolean /** The list goes on below. */;
      more: boolean;
    };

const OPTIONS = '[role=option],[role=menuitem],[role=menuitemradio],[role=menuitemcheckbox],[role=treeitem],[role=radio]';
const LOOSE = 'li,[class*=option],[class*=item],[class*=result],[class*=suggestion]';
const LISTS = '[role=listbox],[role=menu],[role=tree],[role=grid],[role=dialog],ul,ol';

/** The option with a text in the list that belongs to a control. Exact text first, then the only one that begins with it. */
export function findOption(number: number, wanted: string): FoundOption {
  const control = elementOf(number);
  const none: FoundOption = { ok: false, options: [], ambiguous: false, typable: false, more: false };
  if (!control) return none;
  const options = optionsOf(control);
  const texts = options.map(textOf);
  const fail = (ambiguous: boolean): FoundOption => ({
    ok: false,
    options: [...new Set(texts)].slice(0, 20),
    ambiguous,
    typable: isTypable(control),
    more: listOf(control, options) !== undefined,
  });
  const goal = fold(wanted).toLowerCase();
  const tests: ((text: string) => boolean)[] = [
    (text) => text === fold(wanted),
    (text) => text.toLowerCase() === goal,
    (text) => text.toLowerCase().startsWith(`${goal} `),
    (text) =>
      text
        .toLowerCase()
        .split(/[^\p{L}\p{N}@.+-]+/u)
        .includes(goal),
  ];
  for (const test of tests) {
    const found = innermost(options.filter((_, index) => test(texts[index]!)));
    if (found.length > 1) return fail(true);
    const option = found[0];
    if (!option) continue;
    const role = roleOf(option) || 'generic';
    return {
      ok: true,
      number: numberOf(option),
      role,
      name: shownName(option, role),
      chosen: option.getAttribute('aria-selected') === 'true' && !isOpenFor(control),
    };
  }
  return fail(false);
}

/** Scrolls a long list on by what it shows, and lets it draw. */
export async function nextOptions(number: number): Promise<boolean> {
  const control = elementOf(number);
  const list = control && listOf(control, optionsOf(control));
  if (!list) return false;
  list.scrollTop += Math.max(40, list.clientHeight * 0.9);
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  return true;
}

function optionsOf(control: Element): Element[] {
  const owned = [...referred(control, 'aria-controls'), ...referred(control, 'aria-owns')].filter(isRendered);
  const inside = contains(control, control) ? [...control.querySelectorAll(OPTIONS)].filter(isRendered) : [];
  for (const popup of owned) {
    const options = [...popup.querySelectorAll(OPTIONS)].filter(isRendered);
    if (options.length > 0) return options;
    const loose = [...popup.querySelectorAll(LOOSE)].filter(isRendered);
    if (loose.length > 0) return loose;
  }
  if (inside.length > 0) return inside;
  const root = control.getRootNode() as Document | ShadowRoot;
  const anywhere = [...root.querySelectorAll(OPTIONS), ...(root === document ? [] : document.querySelectorAll(OPTIONS))].filter(
    (option) => isRendered(option) && option.localName !== 'option' && option !== control,
  );
  if (anywhere.length > 0) return anywhere;
  return [...root.querySelectorAll(LOOSE)].filter((element) => isRendered(element) && isFloating(element) && !contains(element, control));
}

const textOf = (option: Element): string => shownName(option, 'generic') || fold(option.textContent ?? '');

const innermost = (elements: Element[]): Element[] =>
  elements.filter((element) => !elements.some((other) => other !== element && element.contains(other)));

function isTypable(control: Element): boolean {
  return (control.localName === 'input' || control.localName === 'textarea') && !(control as HTMLInputElement).readOnly;
}

const isOpenFor = (control: Element): boolean => control.getAttribute('aria-expanded') === 'true';

/** In something laid over the page, as pop-up lists are. */
function isFloating(element: Element): boolean {
  for (const at of upFrom(element)) {
    if (at === document.body) return false;
    const { position, zIndex } = getComputedStyle(at);
    if (position === 'fixed' || (position === 'absolute' && (zIndex !== 'auto' || at.matches(LISTS)))) return true;
  }
  return false;
}

/** The scrolling list around the options, when there is more of it below. */
function listOf(control: Element, options: Element[]): Element | undefined {
  const first = options[0] ?? referred(control, 'aria-controls')[0];
  if (!first) return undefined;
  for (const at of upFrom(first)) {
    if (at === document.body) return undefined;
    if (at.scrollHeight > at.clientHeight + 2 && /auto|scroll/.test(getComputedStyle(at).overflowY)) {
      return at.scrollTop + at.clientHeight < at.scrollHeight - 2 ? at : undefined;
    }
  }
  return undefined;
}
