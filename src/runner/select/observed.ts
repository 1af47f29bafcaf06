import { escapeRegExp } from '../../core/escape-regexp.ts';
import { posix } from 'node:path';
import type { Surface } from '../../core/surface.ts';
import { tablesIn } from '../../core/surface.ts';

/** What a source names that an intent can be seen to use. */
export interface Named {
  routes: string[][];
  tables: ReadonlySet<string>;
  text: string;
}

const PATH_TEXT = /(['"`])(?:(?:GET|POST|PUT|PATCH|DELETE)\s+)?(\/[\w\-./:[\]{}<>$*()]*)\1/g;

/** Reads a source once; every intent's surface is compared with that. */
export function namedIn(path: string, text: string): Named {
  const routes = [...text.matchAll(PATH_TEXT)]
    .map((match) => segmentsOf(match[2]!))
    .filter((segments) => segments.some((segment) => segment !== ANY && segment.length > 1));
  const byFolder = fileRoute(path);
  if (byFolder) routes.push(byFolder);
  return { routes, tables: new Set(tablesIn(text)), text };
}

const ANY = '*';

const segmentsOf = (route: string): string[] =>
  route
    .split(/[?#]/)[0]!
    .split('/')
    .filter(Boolean)
    .map((part) => (/^(?::|\[|\{|<|\$|\*|\()/.test(part) || part.includes('${') ? ANY : part.toLowerCase()));

/** The route that a file is, where folders are routes: app/orders/[id]/page.tsx, pages/api/orders.ts, routes/orders.$id.tsx. */
function fileRoute(path: string): string[] | undefined {
  const match = /(?:^|\/)(?:app|pages|routes)\/(.+)\.(?:[cm]?[jt]sx?|vue|svelte|php)$/.exec(path);
  if (!match) return undefined;
  const parts = match[1]!
    .split('/')
    .flatMap((part) => part.split('.'))
    .filter((part) => !/^(?:page|route|layout|index|\+page|\+server|\(.*\)|_.*)$/.test(part));
  const segments = segmentsOf(`/${parts.join('/')}`);
  return segments.some((segment) => segment !== ANY) ? segments : undefined;
}

/** What of an intent's surface a source names: "table memberships", "POST /orders". Each is one kind of evidence. */
export function seenIn(named: Named, path: string, surface: Surface): string[] {
  const found: string[] = [];
  for (const table of surface.tables)
    if (named.tables.has(table) || ormNames(table).some((word) => wordIn(named.text, word))) found.push(`table ${table}`);
  for (const request of surface.requests)
    if (named.routes.some((route) => fits(route, segmentsOf(request.slice(request.indexOf(' ') + 1))))) found.push(`request ${request}`);
  for (const route of surface.routes) if (named.routes.some((written) => fits(written, segmentsOf(route)))) found.push(`page ${route}`);
  for (const job of surface.jobs) if (literal(named.text, job)) found.push(`job ${job}`);
  for (const event of surface.events) if (literal(named.text, event)) found.push(`event ${event}`);
  for (const flag of surface.flags) if (literal(named.text, flag)) found.push(`flag ${flag}`);
  for (const mail of surface.mails) if (phrases(mail).some((phrase) => named.text.includes(phrase))) found.push(`mail “${mail}”`);
  for (const source of surface.sources) if (sameSource(source, path)) found.push(`its code ran in the browser (${source})`);
  return found;
}

/** A route as written against one as seen: from its start, or its end where it is mounted under something. "*" fits one part. */
function fits(written: string[], seen: string[]): boolean {
  if (written.length > seen.length || written.length === 0) return false;
  const at = seen.length - written.length;
  const specific = written.filter((part) => part !== ANY).length;
  if (at > 0 && specific < 2 && written[0] === ANY) return false;
  return written.every((part, index) => part === ANY || part === seen[at + index]);
}

/** A name in quotes, or as the key of a map. */
function literal(text: string, name: string): boolean {
  if (name.length < 3) return false;
  return ["'", '"', '`'].some((quote) => text.includes(`${quote}${name}${quote}`)) || (/^[a-z]\w*_\w+$/i.test(name) && wordIn(text, name));
}

const wordIn = (text: string, word: string): boolean => new RegExp(`(?<![\\w-])${escapeRegExp(word)}(?![\\w-])`).test(text);

/** A table as a model calls it: order_items → OrderItem. */
function ormNames(table: string): string[] {
  const camel = table
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
  return [camel.replace(/ies$/, 'y').replace(/s$/, '')].filter((name) => name.length > 4);
}

/** Two words that stand beside each other in a subject are enough to know where it is written. */
function phrases(subject: string): string[] {
  const words = subject
    .split('…')
    .flatMap((part) => part.split(/\s+/).map((word, index, all) => (index > 0 ? `${all[index - 1]} ${word}` : '')));
  return words.filter((phrase) => phrase.length >= 9);
}

/** "webpack://shop/./src/cart.tsx" and "web/src/cart.tsx": the same file, by the end of its path. */
function sameSource(source: string, path: string): boolean {
  const clean = posix.normalize(source.replace(/^[a-z-]+:\/\/[^/]*\//, '').replace(/\?.*$/, '')).replace(/^(?:\.\.?\/)+/, '');
  return clean.includes('/')
    ? path === clean || path.endsWith(`/${clean}`) || clean.endsWith(`/${path}`)
    : posix.basename(path) === clean && clean !== '';
}
