import { messageOf } from '../core/errors.ts';
import type { Fact } from '../core/parity.ts';
import { leveller, levelAddress, type Own } from './level.ts';
import { buildOf, contentFacts, cookieFacts, headerFacts } from './page-facts.ts';

const READ_MS = 10_000;
const MOST_REDIRECTS = 6;
const MOST_BYTES = 512 * 1024;
const OIDC = '/.well-known/openid-configuration';
/** An origin that nobody has: whoever lets it in lets everybody in. */
const STRANGER = 'https://stranger.invalid';

/** Everything that can be read of an environment without rights: redirects, headers, policies, cookies, scripts, CORS, sign-in discovery, build. */
export async function readOutside(own: Own, pages: readonly string[], signal: AbortSignal): Promise<Record<string, Fact>> {
  const level = leveller(own);
  const read = await Promise.all([
    ...pages.map((page) => pageFacts(page, own, level, signal)),
    ...pages.map((page) => corsFacts(page, own, signal)),
    oidcFacts(own, level, signal),
  ]);
  return Object.assign({}, ...read) as Record<string, Fact>;
}

async function pageFacts(page: string, own: Own, level: (text: string) => string, signal: AbortSignal): Promise<Record<string, Fact>> {
  const facts: Record<string, Fact> = {};
  try {
    const hops: string[] = [];
    let url = new URL(page, own.url).href;
    for (;;) {
      const answer = await get(url, { redirect: 'manual' }, signal);
      Object.assign(facts, cookieFacts(answer.headers, new URL(own.url).hostname));
      const location = answer.headers.get('location');
      if (answer.status >= 300 && answer.status < 400 && location !== null) {
        await answer.body?.cancel();
        hops.push(`${answer.status} ${levelAddress(location, url, level)}`);
        const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
        if (!next || next.origin !== new URL(own.url).origin || hops.length > MOST_REDIRECTS)
          return { ...facts, [`redirect:${page}`]: { value: hops } };
        url = next.href;
        continue;
      }
      const body = await textOf(answer);
      const build = buildOf(answer.headers, body);
      return {
        ...facts,
        ...headerFacts(page, answer.headers, level),
        ...contentFacts(page, body, url, level),
        [`redirect:${page}`]: { value: hops },
        [`status:${page}`]: { value: answer.status },
        ...(build === undefined ? {} : { build: { value: level(build) } }),
      };
    }
  } catch (error) {
    signal.throwIfAborted();
    return { ...facts, [`status:${page}`]: { unreadable: messageOf(error) } };
  }
}

/** What a foreign page may do here, by asking as one. */
async function corsFacts(page: string, own: Own, signal: AbortSignal): Promise<Record<string, Fact>> {
  try {
    const answer = await get(
      new URL(page, own.url).href,
      {
        method: 'OPTIONS',
        redirect: 'manual',
        headers: { origin: STRANGER, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      },
      signal,
    );
    await answer.body?.cancel();
    const allowed = answer.headers.get('access-control-allow-origin');
    const list = (name: string): string[] =>
      (answer.headers.get(name) ?? '')
        .toLowerCase()
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean)
        .toSorted();
    return {
      [`cors:${page}`]: {
        value: {
          origin: allowed === null ? 'nobody' : allowed === '*' ? 'everybody' : allowed === STRANGER ? 'whoever asks' : 'a fixed list',
          credentials: answer.headers.get('access-control-allow-credentials') === 'true',
          methods: list('access-control-allow-methods'),
          headers: list('access-control-allow-headers'),
        },
      },
    };
  } catch (error) {
    signal.throwIfAborted();
    return { [`cors:${page}`]: { unreadable: messageOf(error) } };
  }
}

/** Sign-in discovery, key by key; an application without it has no such facts. */
async function oidcFacts(own: Own, level: (text: string) => string, signal: AbortSignal): Promise<Record<string, Fact>> {
  try {
    const answer = await get(new URL(OIDC, own.url).href, { redirect: 'manual' }, signal);
    const text = await textOf(answer);
    if (answer.status >= 500) return { oidc: { unreadable: `it answered ${answer.status}` } };
    const found = answer.ok ? parse(text) : undefined;
    return Object.fromEntries(Object.entries(found ?? {}).map(([key, value]) => [`oidc:${key}`, { value: levelled(value, level) }]));
  } catch (error) {
    signal.throwIfAborted();
    return { oidc: { unreadable: messageOf(error) } };
  }
}

function levelled(value: unknown, level: (text: string) => string): unknown {
  if (typeof value === 'string') return level(value);
  if (Array.isArray(value))
    return value.map((item) => levelled(item, level)).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, levelled(item, level)]));
  return value;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const get = (url: string, init: RequestInit, signal: AbortSignal): Promise<Response> =>
  fetch(url, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(READ_MS)]) });

async function textOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk as Uint8Array);
    size += (chunk as Uint8Array).length;
    if (size > MOST_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
