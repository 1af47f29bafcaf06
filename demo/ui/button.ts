import { redesigned } from '../redesigns.ts';
import { attrs, html, type Html } from './html.ts';
import { icon, type IconName } from './icons.ts';
import { say } from './wording.ts';

export type ButtonKind = 'primary' | 'plain' | 'danger' | 'quiet';

export interface ButtonOptions {
  label: string;
  icon?: IconName;
  kind?: ButtonKind;
  type?: 'submit' | 'button';
  disabled?: boolean;
  /** More attributes, data-* above all. */
  with?: Record<string, string | boolean | undefined>;
}

const face = (label: string, name: IconName | undefined): { inner: Html; extra: Record<string, string> } => {
  const text = say(label);
  if (name && redesigned('button-became-icon')) return { inner: icon(name), extra: { 'aria-label': text, title: text } };
  return { inner: html`${name && icon(name)}<span>${text}</span>`, extra: {} };
};

const look = (options: ButtonOptions): string =>
  `button ${options.kind ?? 'plain'}${options.icon && redesigned('button-became-icon') ? ' only-icon' : ''}`;

export function button(options: ButtonOptions): Html {
  const { inner, extra } = face(options.label, options.icon);
  return html`<button${attrs({ type: options.type ?? 'button', class: look(options), disabled: options.disabled, ...extra, ...options.with })}>${inner}</button>`;
}

export function linkButton(options: ButtonOptions & { href: string }): Html {
  const { inner, extra } = face(options.label, options.icon);
  if (options.disabled)
    return html`<button${attrs({ type: 'button', class: look(options), disabled: true, ...extra, ...options.with })}>${inner}</button>`;
  return html`<a${attrs({ href: options.href, class: look(options), ...extra, ...options.with })}>${inner}</a>`;
}

/** Opens the form at `href`: in a dialog, or as a page of its own. */
export function opens(options: ButtonOptions & { href: string }): Html {
  if (redesigned('dialog-became-page')) return linkButton(options);
  return button({ ...options, with: { 'data-dialog': options.href, 'aria-haspopup': 'dialog', ...options.with } });
}

/** One button that sends a POST without asking for anything else. */
export const postButton = (options: ButtonOptions & { action: string; classic?: boolean; fields?: Record<string, string> }): Html =>
  html`<form method="post"${attrs({ action: options.action, class: 'inline', 'data-enhanced': !options.classic })}>${Object.entries(options.fields ?? {}).map(([name, value]) => html`<input${attrs({ type: 'hidden', name, value })}>`)}${button({ ...options, type: 'submit' })}</form>`;
