import type { BrowserContext, BrowserContextOptions } from 'playwright';
import { IntentwrightError } from '../core/errors.ts';
import type { Fence } from './fence.ts';

/** A session as Playwright saves it, `{ headers }`, or both. */
interface SavedSession {
  cookies?: {
    name: string;
    value: string;
    domain?: string;
    path?: string;
    url?: string;
    expires?: number;
    httpOnly?: boolean;
    secure?: boolean;
    sameSite?: 'Strict' | 'Lax' | 'None';
  }[];
  origins?: { origin: string; localStorage?: { name: string; value: string }[] }[];
  headers?: Record<string, string>;
}

/** What an actor is signed in by: cookies, storage, headers. */
export interface Signin {
  headers: Record<string, string>;
  storageState: Exclude<BrowserContextOptions['storageState'], string | undefined> | undefined;
  apply(context: BrowserContext): Promise<void>;
}

/**
 * Reads a session: a Cookie header, Playwright's storage state, or headers.
 * @throws IntentwrightError SPEC_INVALID
 */
export function readSignin(session: unknown, fence: Fence): Signin {
  if (session === undefined || session === null || session === '')
    return { headers: {}, storageState: undefined, apply: async () => undefined };
  if (typeof session === 'string') return withCookies(cookiesOf(session), fence, {});
  if (typeof session !== 'object') throw wrong();
  const saved = session as SavedSession;
  const known = ['cookies', 'origins', 'headers'].some((key) => key in saved);
  if (!known) throw wrong();
  const outside = saved.origins?.find(({ origin }) => !fence.owns(origin));
  if (outside) throw new IntentwrightError('SPEC_INVALID', `the session has storage for ${outside.origin}, which is not the application’s`);
  return withCookies(saved.cookies ?? [], fence, saved.headers ?? {}, saved.origins);
}

function withCookies(
  cookies: NonNullable<SavedSession['cookies']>,
  fence: Fence,
  headers: Record<string, string>,
  origins?: SavedSession['origins'],
): Signin {
  return {
    headers,
    storageState: origins?.length
      ? { cookies: [], origins: origins.map(({ origin, localStorage }) => ({ origin, localStorage: localStorage ?? [] })) }
      : undefined,
    async apply(context) {
      if (cookies.length === 0) return;
      await context.addCookies(
        cookies.map(({ url, domain, path, ...cookie }) =>
          domain ? { ...cookie, domain, path: path ?? '/' } : { ...cookie, url: url ?? fence.base.origin },
        ),
      );
    },
  };
}

function cookiesOf(header: string): { name: string; value: string }[] {
  const cookies = header
    .replace(/^cookie:\s*/i, '')
    .split(';')
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim(), at };
    });
  if (cookies.length === 0 || cookies.some(({ at }) => at < 1)) throw wrong();
  return cookies.map(({ name, value }) => ({ name, value }));
}

const wrong = (): IntentwrightError =>
  new IntentwrightError('SPEC_INVALID', 'an actor’s session is neither a Cookie header, nor { cookies, origins }, nor { headers }', {
    hint: 'write session: "sid=…", or give what a fixture captured',
  });
