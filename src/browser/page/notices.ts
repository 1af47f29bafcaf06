import type { NoticeKind } from '../../core/observation.ts';
import { contains, cut, fold, referred } from './dom.ts';
import { isRendered } from './rendered.ts';

export interface RawNotice {
  kind: NoticeKind;
  text: string;
  about?: number;
}

const TOAST = /(^|[-_ ])(toast|snackbar|notification|flash|growl|notice)s?([-_ ]|$)/i;
const MESSAGE = /(^|[-_ ])(alert|error|errors|errorlist|invalid-feedback|field-error|form-error|help-error|message|messages|success|warning|danger)([-_ ]|$)/i;
const BAD = /(^|[-_ ])(error|errors|errorlist|invalid|danger|invalid-feedback|field-error|form-error)/i;
const NO_MESSAGE = 'input,select,textarea,button,a,label,form,html,body,svg *';
const MAX = 300;
const MOST = 20;

/** Messages by what the page declares, and by what designers call the boxes they put them in. */
export class Notices {
  readonly list: RawNotice[] = [];
  readonly #elements: Element[] = [];

  /** Looks whether a rendered element is a message. */
  consider(element: Element, role: string): void {
    if (this.list.length >= MOST) return;
    const kind = kindOf(element, role);
    if (!kind || this.#elements.some((other) => contains(other, element)) || !isRendered(element)) return;
    const text = messageText(element);
    if (!text) return;
    this.#elements.push(element);
    this.list.push({ kind, text });
  }

  /** What is said about one field: told as such, and once. */
  about(field: Element, number: number): void {
    const text = validationOf(field);
    if (!text) return;
    const known = this.list.find((notice) => notice.text === text);
    if (known) Object.assign(known, { kind: 'validation', about: number });
    else if (this.list.length < MOST) this.list.push({ kind: 'validation', text, about: number });
  }
}

function kindOf(element: Element, role: string): NoticeKind | undefined {
  const name = element.getAttribute('class') ?? '';
  const live = element.getAttribute('aria-live');
  if (role === 'alert' || role === 'status' || role === 'log' || live === 'polite' || live === 'assertive') {
    if (TOAST.test(name)) return 'toast';
    return role === 'alert' || live === 'assertive' ? 'alert' : 'status';
  }
  if (name === '' || element.childElementCount > 6) return undefined;
  const toast = TOAST.test(name);
  if ((!toast && !MESSAGE.test(name)) || element.matches(NO_MESSAGE) || element.querySelector('input,select,textarea,form,table')) return undefined;
  return toast ? 'toast' : BAD.test(name) ? 'validation' : 'status';
}

const messageText = (element: Element): string => cut(fold((element as HTMLElement).innerText ?? ''), MAX);

/** What is wrong with a field, in the words the page shows, else in the browser's. */
function validationOf(field: Element): string {
  const told = [...referred(field, 'aria-errormessage'), ...referred(field, 'aria-describedby')].filter(isRendered).map(messageText).filter(Boolean);
  return cut(told.join(' ') || ((field as HTMLInputElement).validationMessage ?? ''), MAX);
}
