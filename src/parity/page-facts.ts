import type { Fact } from '../core/parity.ts';
import { levelAddress } from './level.ts';

/** Made anew for each answer, told elsewhere, or a matter of the road that an answer took. */
const VOLATILE =
  /^(?:date|age|etag|last-modified|content-length|connection|keep-alive|transfer-encoding|set-cookie|content-security-policy(?:-report-only)?|access-control-.*|location|expires|server-timing|alt-svc|x-(?:request|correlation|trace|amzn?|amz-cf|b3)[\w-]*|x-(?:served-by|timer|runtime|cache[\w-]*|envoy[\w-]*|vercel[\w-]*|github-request-id)|cf-[\w-]*|traceparent|tracestate|report-to|nel|x-ratelimit-[\w-]*|ratelimit[\w-]*|retry-after)$/;
/** What is called so may hold a secret: only whether it is there is told. */
const SECRETIVE = /key|token|secret|auth|session|password|credential|signature/;
const BUILD = /^x-(?:build|version|app-version|release|commit|revision|git-[\w-]+)$/;

/** Facts by id of one answer's headers. */
export function headerFacts(page: string, headers: Headers, level: (text: string) => string): Record<string, Fact> {
  const facts: Record<string, Fact> = {};
  for (const [name, value] of headers) {
    if (VOLATILE.test(name) || BUILD.test(name)) continue;
    facts[`header:${page}:${name}`] = { value: SECRETIVE.test(name) ? true : parts(name, level(value)) };
  }
  for (const kind of ['content-security-policy', 'content-security-policy-report-only']) {
    const policy = headers.get(kind);
    for (const [directive, sources] of Object.entries(policy === null ? {} : directivesOf(policy)))
      facts[`${kind === 'content-security-policy' ? 'csp' : 'csp-report-only'}:${page}:${directive}`] = {
        value: sources.map(level).toSorted(),
      };
  }
  return facts;
}

/** Lists are compared as sets, whatever their order. */
const parts = (name: string, value: string): unknown =>
  /^(?:vary|allow|permissions-policy|cache-control|accept-.*|link)$/.test(name)
    ? [
        ...new Set(
          value
            .toLowerCase()
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean),
        ),
      ].toSorted()
    : value;

/** A policy by directive; the first of a name counts, as in browsers. */
export function directivesOf(policy: string): Record<string, string[]> {
  const directives: Record<string, string[]> = {};
  for (const part of policy.split(/[;,]/)) {
    const [name, ...sources] = part.trim().split(/\s+/);
    if (name && !(name.toLowerCase() in directives)) directives[name.toLowerCase()] = sources;
  }
  return directives;
}

/** The shape of each cookie; values are never read. */
export function cookieFacts(headers: Headers, host: string): Record<string, Fact> {
  const facts: Record<string, Fact> = {};
  for (const line of headers.getSetCookie()) {
    const [pair = '', ...attributes] = line.split(';');
    const name = pair.slice(0, Math.max(0, pair.indexOf('='))).trim();
    if (name === '') continue;
    const said = new Map(
      attributes.map((attribute) => attribute.trim().split('=')).map(([key = '', value = '']) => [key.toLowerCase(), value]),
    );
    const age = Number(said.get('max-age') ?? NaN);
    facts[`cookie:${name.replace(/[0-9a-f]{8,}|\d{4,}/gi, '…')}`] = {
      value: {
        path: said.get('path') ?? '(own)',
        secure: said.has('secure'),
        httpOnly: said.has('httponly'),
        sameSite: said.get('samesite')?.toLowerCase() ?? '(not said)',
        partitioned: said.has('partitioned'),
        domain: !said.has('domain')
          ? 'this host alone'
          : said.get('domain')!.replace(/^\./, '') === host
            ? 'this host and below'
            : 'a wider domain',
        lives: Number.isFinite(age) ? age : said.has('expires') ? 'until a date' : 'the session',
      },
    };
  }
  return facts;
}

/** Scripts and frames of other sites on a page, with whether their content is pinned; and the build that the page names. */
export function contentFacts(page: string, body: string, at: string, level: (text: string) => string): Record<string, Fact> {
  const foreign = new Set<string>();
  for (const [tag, kind] of [...body.matchAll(/<(script|iframe)\b[^>]*>/gi)].map((match) => [match[0], match[1]!.toLowerCase()] as const)) {
    const src = attribute(tag, 'src');
    if (src === undefined || !URL.canParse(src, at)) continue;
    const told = levelAddress(src, at, level);
    if (!told.startsWith('/') && /^https?:|^\{origin/.test(told))
      foreign.add(`${kind} ${told}${kind === 'script' ? (attribute(tag, 'integrity') === undefined ? ', not pinned' : ', pinned') : ''}`);
  }
  return { [`scripts:${page}`]: { value: [...foreign].toSorted() } };
}

/** The build as a header or a meta element tells it. */
export function buildOf(headers: Headers, body: string): string | undefined {
  for (const [name, value] of headers) if (BUILD.test(name)) return value;
  const meta = [...body.matchAll(/<meta\b[^>]*>/gi)]
    .map((match) => match[0])
    .find((tag) => /^(?:build|version|commit|release|app-version)$/i.test(attribute(tag, 'name') ?? ''));
  return meta && attribute(meta, 'content');
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i')
    .exec(tag)
    ?.slice(1)
    .find((value) => value !== undefined);
