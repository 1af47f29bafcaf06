import type { Candidate } from '../../core/observation.ts';
import { childrenOf, cut, fold, upFrom } from './dom.ts';
import { look } from './look.ts';
import { elementOf, rowOf } from './registry.ts';
import { isSecret } from './secrets.ts';

/** What a person did with a control, told at the moment it was done: the page is still the one they did it on. */
export interface PersonNote {
  kind: 'click' | 'fill' | 'select' | 'check' | 'press' | 'upload';
  candidate: Candidate;
  /** Path with query of the document. */
  path: string;
  dialog?: string;
  /** What its row begins with: by which a person tells it from others. */
  row?: string;
  /** What was typed or chosen; absent for secrets. */
  value?: string;
  secret?: true;
  /** "current-password", "new-password", "username" … as the page's author declared. */
  autocomplete?: string;
  on?: boolean;
}

const OPTIONS = { maxCandidates: 400, maxPassages: 60, budget: 200 };
const TYPED =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]):not([type=reset]):not([type=image]):not([type=file]):not([type=hidden]),textarea,[contenteditable=""],[contenteditable=true]';

/** Follows a person through this document, from its beginning. */
export function follow(tell: (note: string) => void): void {
  let aimed: { at: Element; seen: Seen } | undefined;
  const told = new WeakMap<Element, string>();
  const note = (seen: Seen | undefined, more: Partial<PersonNote> & Pick<PersonNote, 'kind'>): void => {
    if (seen)
      tell(
        JSON.stringify({
          candidate: seen.candidate,
          path: location.pathname + location.search,
          ...(seen.dialog === undefined ? {} : { dialog: seen.dialog }),
          ...(seen.row ? { row: seen.row } : {}),
          ...more,
        }),
      );
  };
  const on = (type: string, listener: (element: Element, event: Event) => void): void => {
    window.addEventListener(
      type,
      (event) => {
        const element = event.composedPath()[0];
        if (event.isTrusted && element instanceof Element) listener(element, event);
      },
      true,
    );
  };

  const typed = (field: Element): void => {
    const value = textOf(field);
    if (told.get(field) === value) return;
    told.set(field, value);
    const autocomplete = field.getAttribute('autocomplete') ?? undefined;
    note(see(field), { kind: 'fill', ...(autocomplete ? { autocomplete } : {}), ...(isSecret(field) ? { secret: true } : { value }) });
  };

  on('focusin', (element) => {
    if (element.matches(TYPED)) told.set(element, textOf(element));
  });
  on('focusout', (element) => {
    if (element.matches(TYPED)) typed(element);
  });
  on('change', (element) => {
    if (element instanceof HTMLSelectElement)
      note(see(element), { kind: 'select', value: fold(element.selectedOptions[0]?.textContent ?? '') });
    else if (element instanceof HTMLInputElement && (element.type === 'checkbox' || element.type === 'radio'))
      note(see(element), { kind: 'check', on: element.checked });
    else if (element instanceof HTMLInputElement && element.type === 'file')
      note(see(element), { kind: 'upload', value: element.files?.[0]?.name ?? '' });
    else if (element.matches(TYPED)) typed(element);
  });
  on('keydown', (element, event) => {
    if ((event as KeyboardEvent).key !== 'Enter' || !element.matches(TYPED) || element.localName === 'textarea') return;
    typed(element);
    // A form with a button of its own is sent by that button, which is told as a click.
    if (
      !(
        element instanceof HTMLInputElement &&
        element.form?.querySelector('button:not([type=button]):not([type=reset]),input[type=submit],input[type=image]')
      )
    )
      note(see(element), { kind: 'press', value: 'Enter' });
  });
  // What a press does to the page may be over when the click is told.
  on('pointerdown', (element) => {
    const seen = see(element);
    aimed = seen && { at: element, seen };
  });
  on('click', (element) => {
    const native = element.closest('select,label,input[type=checkbox],input[type=radio],input[type=file]');
    if (native || element.closest(TYPED)) return;
    note(aimed?.at === element ? aimed.seen : see(element), { kind: 'click' });
    aimed = undefined;
  });
}

interface Seen {
  candidate: Candidate;
  dialog?: string;
  row: string;
}

/** The control that an element is, or is a part of, as an observation tells it. */
function see(element: Element): Seen | undefined {
  const row = element.closest('tr,li,[role=row],[role=listitem],article');
  for (const focus of [[], row ? [firstWords(row).toLowerCase()] : []]) {
    const shown = look({ ...OPTIONS, focus, words: [] });
    const known = new Map(shown.candidates.map((candidate) => [elementOf(candidate.id), candidate] as const));
    for (const at of upFrom(element)) {
      const candidate = known.get(at);
      const own = candidate && rowOf(at);
      if (candidate)
        return {
          candidate: inFrame(candidate),
          row: own && own !== at ? firstWords(own) : '',
          ...(shown.dialog === undefined ? {} : { dialog: shown.dialog }),
        };
    }
  }
  return undefined;
}

function inFrame(candidate: Candidate): Candidate {
  const frame = window.frameElement;
  const name = frame && fold(frame.getAttribute('aria-label') ?? frame.getAttribute('title') ?? frame.getAttribute('name') ?? frame.id);
  return name ? { ...candidate, context: { ...candidate.context, frame: name } } : candidate;
}

/** What a row begins with: rows that hold it are opened. */
function firstWords(row: Element): string {
  const texts: string[] = [];
  const visit = (node: Node): void => {
    for (const child of childrenOf(node)) {
      if (texts.length > 0) return;
      if (child.nodeType === 3 && fold(child.textContent ?? '') !== '') texts.push(cut(fold(child.textContent ?? ''), 60));
      else if (child.nodeType === 1) visit(child);
    }
  };
  visit(row);
  return texts[0] ?? '';
}

const textOf = (field: Element): string =>
  field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : fold(field.textContent ?? '');
