import type { APIRequestContext, APIResponse } from 'playwright';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { RequestPolicy } from '../core/request-policy.ts';
import type { Fence } from './fence.ts';
import type { HttpAnswer, HttpRequest } from './port.ts';

const MOST_BODY = 1024 * 1024;
const MOST_REDIRECTS = 10;
const TIMEOUT_MS = 30_000;

/**
 * A request with an actor's cookies, outside its pages. Redirects are followed on the application's own origins only:
 * one that leads elsewhere is the answer.
 * @throws IntentwrightError HOST_REFUSED, TARGET_UNREACHABLE
 */
export async function request(api: APIRequestContext, fence: Fence, headers: Record<string, string>, wanted: HttpRequest, signal: AbortSignal, policy?: RequestPolicy): Promise<HttpAnswer> {
  const first = fence.resolve(wanted.url);
  if (!first) throw new IntentwrightError('HOST_REFUSED', `${wanted.url} is not an address of the application`);
  let url = first;
  let method = wanted.method.toUpperCase();
  let body: Pick<HttpRequest, 'json' | 'form' | 'body'> = wanted;
  for (let hop = 0; ; hop++) {
    if (policy && !policy(method, url)) throw new IntentwrightError('HOST_REFUSED', `${method} ${new URL(url).pathname} may not be sent in production`, { hint: 'list it under allows: of the target if it does no harm' });
    const answer: APIResponse = await api.fetch(url, {
      method, headers: { ...headers, ...wanted.headers }, maxRedirects: 0, failOnStatusCode: false, timeout: TIMEOUT_MS, signal,
      ...(body.json === undefined ? {} : { data: JSON.stringify(body.json), headers: { ...headers, 'content-type': 'application/json', ...wanted.headers } }),
      ...(body.form ? { form: body.form } : {}),
      ...(body.body === undefined ? {} : { data: body.body }),
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new IntentwrightError('TARGET_UNREACHABLE', `${method} ${new URL(url).pathname} got no answer: ${messageOf(error).replace(/^apiRequestContext\.fetch: /, '')}`, { cause: error });
    });
    const status = answer.status();
    const location: string | undefined = answer.headers()['location'];
    const next: string | undefined = location && [301, 302, 303, 307, 308].includes(status) ? fence.resolve(new URL(location, url).href) : undefined;
    if (!next || hop === MOST_REDIRECTS) {
      const bytes = await answer.body();
      await answer.dispose();
      return { status, headers: answer.headers(), body: bytes.subarray(0, MOST_BODY).toString('utf8') };
    }
    await answer.dispose();
    url = next;
    if (status === 303 || (status < 303 && method === 'POST')) {
      method = 'GET';
      body = {};
    }
  }
}
