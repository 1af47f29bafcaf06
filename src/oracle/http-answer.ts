import { IntentwrightError, messageOf } from '../core/errors.ts';
import { parseExactJson } from '../core/exact-json.ts';
import { sayValue } from './say.ts';

/** An HTTP answer as text. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface HttpQuestion {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Largest body that is read, bytes. */
export const MOST_BYTES = 1024 * 1024;

/** Asks without following redirects: a redirect to a sign-in page is not an answer. @throws IntentwrightError PROBE_UNREADABLE */
export async function askHttp(url: string, { method = 'GET', headers = {}, body }: HttpQuestion, signal: AbortSignal): Promise<HttpAnswer> {
  try {
    const answer = await fetch(url, { method, headers, signal, redirect: 'manual', ...(body === undefined ? {} : { body }) });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await textOf(answer, url) };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (IntentwrightError.is(error)) throw error;
    const cause = error instanceof Error && error.cause ? ` (${messageOf(error.cause)})` : '';
    throw new IntentwrightError('PROBE_UNREADABLE', `${method} ${placeOf(url)} failed: ${messageOf(error)}${cause}`, { cause: error });
  }
}

async function textOf(answer: Response, url: string): Promise<string> {
  if (!answer.body) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body) {
    size += part.byteLength;
    // Leaving the loop cancels the body: a flood is not downloaded.
    if (size > MOST_BYTES)
      throw new IntentwrightError('PROBE_UNREADABLE', `${placeOf(url)} answered more than ${MOST_BYTES / 1024 / 1024} MiB`, {
        hint: 'ask for less',
      });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Statuses that are no answer: refused credentials at once, faults of the backend as unknown. 2xx, 404 and 410 are answers. */
export function checkStatus({ status, headers, body }: HttpAnswer, what: string, answers: readonly number[] = []): void {
  if (answers.includes(status) || (status >= 200 && status < 300) || status === 404 || status === 410) return;
  const begins = body.trim() && !isHtml(headers) ? `: ${body.trim().slice(0, 160)}` : '';
  if (status === 401 || status === 403) {
    throw new IntentwrightError('PROBE_DENIED', `${what} answered ${status}${begins}`, {
      hint: `give the connection credentials that may read this, or list ${status} under answers: when it is the answer`,
    });
  }
  const location = headers.location ? ` to ${placeOf(headers.location)}` : '';
  const hint = status >= 500 || status === 429 ? undefined : `list ${status} under answers: when it is the answer`;
  throw new IntentwrightError('PROBE_UNREADABLE', `${what} answered ${status}${location}${begins}`, { hint });
}

/** @throws IntentwrightError PROBE_UNREADABLE for anything but JSON */
export function jsonOf({ headers, body, status }: HttpAnswer, what: string): unknown {
  if (body.trim() === '') return null;
  try {
    return parseExactJson(body);
  } catch (error) {
    const kind = headers['content-type']?.split(';')[0] ?? 'no content type';
    throw new IntentwrightError(
      'PROBE_UNREADABLE',
      `${what} answered ${status} with ${kind} that is not JSON: ${sayValue(body.trim().slice(0, 80))}`,
      { cause: error },
    );
  }
}

export const isHtml = (headers: Record<string, string>): boolean => /\bhtml\b/i.test(headers['content-type'] ?? '');

/** Origin and path; a query may carry tokens. */
export function placeOf(url: string): string {
  return url.split(/[?#]/)[0]!.replace(/\/\/[^/@]*@/, '//');
}
