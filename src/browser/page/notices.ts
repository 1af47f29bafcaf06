import type { NoticeKind } from '../../core/observation.ts';
import { contains, cut, fold, referred } from './dom.ts';
import { isRendered } from './rendered.ts';

export interface RawNotice {
  kind: NoticeKind;
  text: string;
  about?: number;
}

const LIVE = '[role=alert],[role=status],[role=log],[aria-live=polite],[aria-live=assertive],output';
const TOAST = /(^|[-_ ])(toast|snackbar|notification|flash|growl|notice)s?([-_ ]|$)/i;
const MESSAGE = /(^|[-_ ])(alert|error|errors|errorlist|invalid-feedback|field-error|form-error|help-error|message|messages|success|warning|danger)([-_ ]|$)/i;
const BAD = /(^|[-_ ])(error|errors|errorlist|invalid|danger|invalid-feedback|field-error|form-error)/i;
const MAX = 300;

/** Messages by what the page declares, and by what designers call the boxes they put them in. */
export function messages(): RawNotice[] {
  const found: { element: Element; notice: RawNotice }[] = [];
  const add = (element: Element, kind: NoticeKind): void => {
    if (found.some((other) => contains(other.element, element)) || !isRendered(element)) return;
    const text = messageText(element);
    if (text) found.push({ element, notice: { kind, text } });
  };
  for (const root of roots()) {
    for (const element of root.querySelectorAll(LIVE)) add(element, kindOf(element));
    for (const element of root.querySelectorAll('[class]')) {
      const name = element.getAttribute('class')!;
      if (element.childElementCount > 6 || !(TOAST.test(name) || MESSAGE.test(name))) continue;
      if (element.querySelector('input,select,textarea,form,table') || element.matches('input,select,textarea,button,a,label,form,html,body,svg *')) continue;
      add(element, TOAST.test(name) ? 'toast' : BAD.test(name) ? 'validation' : 'status');
    }
  }
  return found.map(({ notice }) => notice);
}

function kindOf(element: Element): NoticeKind {
  if (TOAST.test(element.getAttribute('class') ?? '')) return 'toast';
  return element.getAttribute('role') === 'alert' || element.getAttribute('aria-live') === 'assertive' ? 'alert' : 'status';
}

function messageText(element: Element): string {
  return cut(fold((element as HTMLElement).innerText ?? ''), MAX);
}

/** What is wrong with a field, in the words the page shows, else in the browser's. */
export function validationOf(field: Element): string {
  const invalid = field.getAttribute('aria-invalid');
  const bad = (invalid !== null && invalid !== 'false') || field.matches(':user-invalid');
  if (!bad) return '';
  const told = [...referred(field, 'aria-errormessage'), ...referred(field, 'aria-describedby')].filter(isRendered).map(messageText).filter(Boolean);
  return cut(told.join(' ') || ((field as HTMLInputElement).validationMessage ?? ''), MAX);
}

/** The document and every shadow root in it that holds a message region. */
function roots(): (Document | ShadowRoot)[] {
  return [document, ...shadowRoots];
}

let shadowRoots: ShadowRoot[] = [];

/** Told by the walk, which passes them anyway. */
export function setShadowRoots(found: ShadowRoot[]): void {
  shadowRoots = found;
}
