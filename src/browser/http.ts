import type { APIRequestContext, APIResponse } from 'playwright';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { RequestPolicy } from '../core/request-policy.ts';
import type { Fence } from './fence.ts';
import type { HttpAnswer, HttpRequest } from './port.ts';

const MOST_BODY = 1024 * 1024;
const TIMEOUT_MS = 30_000;

/**
 * A request with an actor's cookies, outside its pages. A redirect is the answer, wherever it leads: to the page that follows a success
 * as well as to the sign-in.
 * @throws IntentwrightError HOST_REFUSED, TARGET_UNREACHABLE
 */
export async function request(
  api: APIRequestContext,
  fence: Fence,
  headers: Record<string, string>,
  wanted: HttpRequest,
  signal: AbortSignal,
  policy?: RequestPolicy,
): Promise<HttpAnswer> {
  const url = fence.resolve(wanted.url);
  if (!url) throw new IntentwrightError('HOST_REFUSED', `${wanted.url} is not an address of the application`);
  const method = wanted.method.toUpperCase();
  if (policy && !policy(method, url))
    throw new IntentwrightError('HOST_REFUSED', `${method} ${new URL(url).pathname} may not be sent in production`, {
      hint: 'list it under allows: of the target if it does no harm',
    });
  const answer: APIResponse = await api
    .fetch(url, {
      method,
      headers: { ...headers, ...wanted.headers },
      maxRedirects: 0,
      failOnStatusCode: false,
      timeout: TIMEOUT_MS,
      signal,
      ...(wanted.json === undefined
        ? {}
        : { data: JSON.stringify(wanted.json), headers: { ...headers, 'content-type': 'application/json', ...wanted.headers } }),
      ...(wanted.form ? { form: wanted.form } : {}),
      ...(wanted.body === undefined ? {} : { data: wanted.body }),
    })
    .catch((error: unknown) => {
      signal.throwIfAborted();
      throw new IntentwrightError(
        'TARGET_UNREACHABLE',
        `${method} ${new URL(url).pathname} got no answer: ${messageOf(error).replace(/^apiRequestContext\.fetch: /, '')}`,
        { cause: error },
      );
    });
  const bytes = await answer.body();
  const got = { status: answer.status(), headers: answer.headers(), body: bytes.subarray(0, MOST_BODY).toString('utf8') };
  await answer.dispose();
  return got;
}
