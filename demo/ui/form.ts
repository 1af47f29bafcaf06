import { redesigned } from '../redesigns.ts';
import { button, linkButton, type ButtonKind } from './button.ts';
import { renderField, type Field } from './field.ts';
import { attrs, html, raw, type Html } from './html.ts';
import type { IconName } from './icons.ts';
import { say } from './wording.ts';

export interface FormOptions {
  /** Unique on the page. */
  id: string;
  action: string;
  submit: string;
  fields: Field[];
  hidden?: Record<string, string>;
  kind?: ButtonKind;
  icon?: IconName;
  /** An edit of something that is there: saved by itself under `autosave`. */
  saves?: boolean;
  /** Holds something that was typed before and is not saved yet. */
  restored?: boolean;
  /** Where Cancel leads when the form is a page; in a dialog it closes it. */
  cancel?: string;
  /** A full page load instead of a request in the background. */
  classic?: boolean;
  method?: 'get' | 'post';
  /** Signing in and looking for something are never asked twice. */
  light?: boolean;
}

/** Marks where a form begins and ends, for what is done with whole forms when the page is finished. */
export const formMark = (id: string, submit: string): string => `<!--form:${id}:${submit.replace(/[^\w ?]/g, '')}-->`;
export const FORM_END = '<!--/form-->';

/** A form: fields, one submit button, room for what is wrong with it. */
export function form(options: FormOptions): Html {
  const autosaved = Boolean(options.saves) && redesigned('autosave');
  const ordered = redesigned('field-order-changed') && options.fields.length > 1 ? options.fields.toReversed() : options.fields;
  const fields = ordered.map((field) => renderField(field, options.id));
  const wizard = redesigned('two-step-wizard') && !autosaved && fields.length > 1 && !options.light;
  const submit = button({
    label: options.submit,
    type: 'submit',
    kind: options.kind ?? 'primary',
    ...(options.icon ? { icon: options.icon } : {}),
  });
  const cancel =
    options.cancel === undefined ? '' : linkButton({ label: 'Cancel', href: options.cancel, kind: 'quiet', with: { 'data-close': true } });
  const asks = redesigned('extra-confirmation') && !options.light && !autosaved && (options.method ?? 'post') === 'post';
  const body = wizard
    ? wizardOf(fields, submit, cancel)
    : html`${fields}<div class="form-end">${autosaved ? html`<p class="saving" role="status" data-saved>Changes are saved automatically.</p>` : html`${submit}${cancel}`}</div>`;
  return html`${raw(formMark(options.id, options.submit))}<form${attrs({
    id: options.id,
    method: options.method ?? 'post',
    action: options.action,
    class: 'form',
    novalidate: options.method !== 'get',
    enctype: options.fields.some((field) => field.type === 'file') ? 'multipart/form-data' : undefined,
    'data-enhanced': !options.classic && options.method !== 'get',
    'data-autosave': autosaved,
    'data-unsaved': autosaved && options.restored,
    'data-asks': asks ? say(options.submit) : undefined,
    target: options.classic ? '_top' : undefined,
  })}>${Object.entries(options.hidden ?? {}).map(([name, value]) => html`<input${attrs({ type: 'hidden', name, value })}>`)}<p class="form-mistake" role="alert" data-form-mistake hidden></p>${body}</form>${raw(FORM_END)}`;
}

function wizardOf(fields: Html[], submit: Html, cancel: Html | string): Html {
  const half = Math.ceil(fields.length / 2);
  return html`<div data-step="1"><p class="step-of">Step 1 of 2</p>${fields.slice(0, half)}<div class="form-end">${button({ label: 'Continue', kind: 'primary', with: { 'data-step-on': true } })}${cancel}</div></div><div data-step="2" hidden><p class="step-of">Step 2 of 2</p>${fields.slice(half)}<div class="form-end">${submit}${button({ label: 'Back', kind: 'quiet', with: { 'data-step-back': true } })}</div></div>`;
}
