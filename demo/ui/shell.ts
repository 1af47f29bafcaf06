import { roleAtLeast, type OrgContext } from '../workspaces/guard.ts';
import type { Context } from '../web/context.ts';
import { page, type Outcome } from '../web/outcome.ts';
import { redesigned } from '../redesigns.ts';
import { button, postButton } from './button.ts';
import { finish } from './finish.ts';
import { FORM_END } from './form.ts';
import { attrs, html, raw, type Html, type Piece } from './html.ts';
import { icon, type IconName } from './icons.ts';
import { menu } from './menu.ts';
import { say } from './wording.ts';

interface NavItem {
  id: string;
  label: string;
  path: string;
  icon: IconName;
  admin?: boolean;
}

const nav: NavItem[] = [
  { id: 'home', label: 'Home', path: '', icon: 'home' },
  { id: 'projects', label: 'Projects', path: '/projects', icon: 'projects' },
  { id: 'automations', label: 'Automations', path: '/automations', icon: 'automations' },
  { id: 'reports', label: 'Reports', path: '/reports', icon: 'reports' },
  { id: 'members', label: 'Members', path: '/members', icon: 'members' },
  { id: 'billing', label: 'Billing', path: '/billing', icon: 'billing', admin: true },
  { id: 'developers', label: 'Developers', path: '/developers', icon: 'developers', admin: true },
  { id: 'settings', label: 'Settings', path: '/settings', icon: 'settings', admin: true },
];

export interface PageOptions {
  title: string;
  /** Beside the heading. */
  actions?: Html;
  /** Above the heading: where this page belongs. */
  crumb?: { label: string; href: string };
  lead?: Piece;
  body: Piece;
  /** Id of the navigation entry that is current. */
  active?: string;
  status?: number;
}

/** The message that the request before left behind. */
const flash = (context: Context): { tone: string; text: string } | undefined => {
  try {
    const [tone, text] = JSON.parse(context.cookies['flash'] ?? '') as [string, string];
    return text ? { tone, text } : undefined;
  } catch {
    return undefined;
  }
};

const toast = (tone: string, text: string): Html =>
  html`<div class="toast ${tone}" data-toast>${icon(tone === 'bad' ? 'alert' : 'check')}<p data-toast-text>${text}</p><button type="button" class="toast-close" aria-label="Dismiss" data-dismiss>${icon('close')}</button></div>`;

const toasts = (context: Context): Html => {
  const message = flash(context);
  return html`<div class="${redesigned('inline-message') ? 'messages' : 'toasts'}" role="status" aria-live="polite" data-toasts>${message && toast(message.tone, message.text)}</div><template data-toast-face>${toast('good', '')}</template>`;
};

export const consent = (context: { cookies: Record<string, string> }): Html =>
  redesigned('consent-banner') && !context.cookies['consent']
    ? html`<div class="consent-screen" data-consent><div class="consent" role="dialog" aria-modal="true" aria-labelledby="consent-title"><h2 id="consent-title">We value your privacy</h2><p>We use cookies to keep you signed in and to understand how Teamspace is used.</p><div class="actions">${button({ label: 'Accept all', kind: 'primary', with: { 'data-consent-answer': 'all' } })}${button({ label: 'Only necessary', with: { 'data-consent-answer': 'necessary' } })}</div></div></div>`
    : html``;

const head = (title: string): Html =>
  html`<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Teamspace</title><link rel="stylesheet" href="/assets/style.css"><link rel="icon" href="/assets/logo.svg" type="image/svg+xml"><script src="/assets/app.js" defer></script>`;

const brand = (href: string): Html =>
  html`<a class="brand" href="${href}"><img src="/assets/logo.svg" alt="" width="28" height="28"><span>Teamspace</span></a>`;

/** Only the form, for a frame; only the main part, for late content; a fragment, for a dialog; or the whole page. */
function respond(context: Context, options: PageOptions, main: Html, whole: (main: Html) => Html): Outcome {
  const frame = context.url.searchParams.get('embed');
  if (frame)
    return page(
      finish(
        context,
        html`<!doctype html><html lang="en"><head>${head(options.title)}<base target="_top"></head><body class="framed" data-framed><main aria-label="${options.title}">${onlyForm(main, frame)}</main></body></html>`,
        { framed: true },
      ),
      options.status,
    );
  const part = context.url.searchParams.get('part');
  if (part === 'dialog') {
    return page(
      finish(
        context,
        html`<div class="dialog-head"><h2 id="dialog-title">${say(options.title)}</h2><button type="button" class="button quiet only-icon" aria-label="Close" data-close>${icon('close')}</button></div>${options.lead && html`<p class="lead">${options.lead}</p>`}${options.body}`,
      ),
    );
  }
  if (redesigned('skeleton-loading')) {
    if (part === 'main') return page(finish(context, main));
    const skeleton = html`<div class="skeleton" aria-busy="true" aria-label="Loading" data-late><div></div><div></div><div></div><div></div></div>`;
    return page(finish(context, whole(skeleton)), options.status);
  }
  return page(finish(context, whole(main)), options.status);
}

const onlyForm = (main: Html, id: string): Html => {
  const start = main.text.indexOf(`<!--form:${id}:`);
  return start < 0
    ? html`<p>This form does not exist.</p>`
    : raw(main.text.slice(start, main.text.indexOf(FORM_END, start) + FORM_END.length));
};

const heading = (options: PageOptions): Html =>
  html`<header class="page-head"><div>${options.crumb && html`<p class="crumb"><a href="${options.crumb.href}">${say(options.crumb.label)}</a></p>`}<h1>${say(options.title)}</h1>${options.lead && html`<p class="lead">${options.lead}</p>`}</div>${options.actions}</header>`;

/** A page of somebody who is not inside a workspace. `thirdParty`: what others put on it, whatever becomes of its content. */
export function outsidePage(
  context: Context,
  options: PageOptions & { wide?: boolean; bare?: boolean; brand?: string; thirdParty?: Html },
): Outcome {
  return respond(
    context,
    options,
    options.bare ? html`${options.body}` : html`<div class="card">${heading(options)}${options.body}</div>`,
    (main) =>
      html`<!doctype html><html lang="en"><head>${head(options.title)}</head><body class="outside"><a class="skip" href="#main">Skip to content</a><header class="outside-head" role="banner">${options.brand ? html`<span class="brand">${icon('lock')}${options.brand}</span>` : brand('/')}${context.user ? html`<div class="who"><span>${context.user.email}</span>${postButton({ label: 'Sign out', action: '/logout', kind: 'quiet', classic: true })}</div>` : ''}</header><main id="main"${attrs({ class: options.wide ? 'outside-main wide' : 'outside-main' })}>${toasts(context)}${main}</main>${consent(context)}${options.thirdParty}</body></html>`,
  );
}

/** A page inside a workspace: navigation, search, who is signed in. */
export function orgPage(context: OrgContext, options: PageOptions): Outcome {
  const base = `/o/${context.org.slug}`;
  const items = nav.filter((item) => !item.admin || roleAtLeast(context.role, 'admin'));
  const links = html`<ul>${items.map((item) => html`<li><a${attrs({ href: `${base}${item.path}`, 'aria-current': item.id === options.active ? 'page' : undefined })}>${icon(item.icon)}<span>${say(item.label)}</span></a></li>`)}</ul>`;
  const hidden = redesigned('hamburger-navigation');
  const navigation = html`<nav class="nav" id="navigation" aria-label="Workspace" data-nav>${links}</nav>`;
  const burger = html`<button${attrs({ type: 'button', class: 'button quiet only-icon burger', 'aria-label': 'Menu', 'aria-expanded': 'false', 'aria-controls': 'navigation', 'data-burger': true })}>${icon('menu')}</button>`;
  const search = html`<form class="search" role="search" action="${base}/search" method="get"><label class="unseen" for="search">Search records</label>${icon('search')}<input id="search" type="search" name="q" placeholder="Search records" value="${options.active === 'search' ? (context.url.searchParams.get('q') ?? '') : ''}"><button type="submit" class="unseen-until-focus button plain">${say('Search')}</button></form>`;
  const account = menu({
    label: `Account of ${context.user.name}`,
    face: html`<span class="avatar" aria-hidden="true">${initials(context.user.name)}</span><span class="account-name">${context.user.name}</span>`,
    items: [
      html`<a href="/workspaces">Switch workspace</a>`,
      postButton({ label: 'Sign out', action: '/logout', kind: 'quiet', classic: true }),
    ],
  });
  return respond(
    context,
    options,
    html`${heading(options)}${options.body}`,
    (main) =>
      html`<!doctype html><html lang="en"><head>${head(options.title)}</head><body${attrs({ class: hidden ? 'app burgered' : 'app' })}><a class="skip" href="#main">Skip to content</a><header class="top" role="banner">${burger}${brand(base)}<span class="org-name">${context.org.name}</span>${search}${account}</header>${navigation}<main id="main" class="main">${toasts(context)}${main}</main>${consent(context)}</body></html>`,
  );
}

export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? '')
    .join('');

/** The form at this address: a dialog where a page asks for it, else a page of its own. */
export const formPage = (context: OrgContext, options: PageOptions): Outcome =>
  orgPage(
    context,
    context.url.searchParams.get('part') === 'dialog'
      ? options
      : { ...options, body: html`<div class="card narrow">${options.body}</div>` },
  );
