import { createHash } from 'node:crypto';
import type { Context } from '../web/context.ts';
import { redesigned } from '../redesigns.ts';
import { button } from './button.ts';
import { html, raw, type Html } from './html.ts';

const FORM = /<!--form:([\w-]+):([^>]*?)-->([\s\S]*?)<!--\/form-->/g;

/** What is done with a whole page once it is rendered: forms into frames, a second button of the same name, other ids. */
export function finish(context: Context, markup: Html, options: { framed?: boolean } = {}): Html {
  const part = context.url.searchParams.get('part');
  let text = markup.text;
  if (redesigned('duplicate-button-name') && !options.framed && part === null) text = withTwin(text);
  if (redesigned('form-in-iframe') && !options.framed) {
    text = text.replace(
      FORM,
      (_, id: string) => `<iframe class="form-frame" title="Form" data-form-frame src="${frameAddress(context.url, id)}"></iframe>`,
    );
  }
  text = text.replace(/<!--\/?form[^>]*-->/g, '');
  return raw(redesigned('ids-renamed') ? renameMarkup(text) : text);
}

const frameAddress = (url: URL, id: string): string => {
  const address = new URL(url);
  address.searchParams.delete('part');
  address.searchParams.set('embed', id);
  return `${address.pathname}${address.search}`.replace(/&/g, '&amp;');
};

/** A harmless form at the end of the page whose button is called as the page's own. */
function withTwin(text: string): string {
  const name = [...text.matchAll(FORM)][0]?.[2];
  if (!name) return text;
  const twin = html`<aside class="card twin" aria-labelledby="display-heading"><h2 id="display-heading">Display preferences</h2><form method="post" action="/preferences" class="form" data-enhanced aria-labelledby="display-heading"><div class="field"><label for="density">Density</label><select id="density" name="density"><option>Comfortable</option><option>Compact</option></select></div>${button({ label: name, type: 'submit', kind: 'plain' })}</form></aside>`;
  return text.replace('</main>', `${twin.text}</main>`);
}

const renamed = new Map<string, string>();

/** Another name for an id or a class, the same in markup and style. */
const rename = (name: string): string => {
  let other = renamed.get(name);
  if (!other) renamed.set(name, (other = `t${createHash('sha256').update(name).digest('hex').slice(0, 7)}`));
  return other;
};

const NAMED = /\s(id|class|for|aria-labelledby|aria-describedby|aria-controls)="([^"]*)"/g;

const renameMarkup = (text: string): string =>
  text
    .replace(NAMED, (_, attribute: string, names: string) => ` ${attribute}="${names.split(/\s+/).filter(Boolean).map(rename).join(' ')}"`)
    .replace(/href="#([\w-]+)"/g, (_, id: string) => `href="#${rename(id)}"`);

/** The style sheet under the same names. */
export const renameStyle = (css: string): string =>
  css.replace(/(\.|#)(?=[a-z])([a-z][\w-]*)(?=[^{}]*\{)/g, (_, sign: string, name: string) => `${sign}${rename(name)}`);
