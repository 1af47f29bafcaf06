import type { NoticeKind } from '../../core/observation.ts';
import { contains, cut, fold, referred } from './dom.ts';
import { isRendered } from './rendered.ts';

export interface RawNotice {
  kind: NoticeKind;
  text: string;
  about?: number;
}

/** Names that designers give to boxes with messages in them, by the parts of a class. */
const TOAST = /(^|[-_])(toast|snackbar|notification|flash|growl|notice)s?([-_]|$)/i;
const MESSAGE =
  /^(alert|error|errors|errorlist|success|warning|danger|feedback|message-box)([-_]|$)|(^|[-_])(alert|error|errors|feedback|message)$/i;
const BAD = /(^|[-_])(error|errors|errorlist|invalid|danger)([-_]|$)/i;
/** A badge or a coloured word is no message. */
const DECORATION = /^(btn|button|badge|label|text|bg|icon|border|table|chip|tag|pill|dot|status|chat)[-_]/i;
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
  const names = (element.getAttribute('class') ?? '').split(/\s+/).filter((name) => name !== '' && !DECORATION.test(name));
  const toast = names.some((name) => TOAST.test(name));
  const live = element.getAttribute('aria-live');
  if (role === 'alert' || role === 'status' || role === 'log' || live === 'polite' || live === 'assertive') {
    if (toast) return 'toast';
    return role === 'alert' || live === 'assertive' ? 'alert' : 'status';
  }
  if (element.childElementCount > 6 || !(toast || names.some((name) => MESSAGE.test(name)))) return undefined;
  if (element.matches(NO_MESSAGE) || element.querySelector('input,select,textarea,form,table')) return undefined;
  return toast ? 'toast' : names.some((name) => BAD.test(name)) ? 'validation' : 'status';
}

const messageText = (element: Element): string => cut(fold((element as HTMLElement).innerText ?? ''), MAX);

/** What is wrong with a field, in the words the page shows, else in the browser's. */
function validationOf(field: Element): string {
  const told = [...referred(field, 'aria-errormessage'), ...referred(field, 'aria-describedby')]
    .filter(isRendered)
    .map(messageText)
    .filter(Boolean);
  return cut(told.join(' ') || ((field as HTMLInputElement).validationMessage ?? ''), MAX);
}
