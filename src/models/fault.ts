import { ModelError, type ModelFault } from './port.ts';
import { excerpt } from './read-answer.ts';

/** What went wrong at the endpoint, and whether asking again can help. */
export interface Mishap {
  error: ModelError;
  /** How often it is worth asking again. */
  retries: 0 | 1 | 2;
  /** What the server asked us to wait, ms. */
  retryAfterMs?: number;
  /** HTTP status, where there was one. */
  status?: number;
}

/** Reads what an SDK threw, by shape and not by class: two SDKs and three transports end up here. */
export function mishapOf(thrown: unknown): Mishap {
  if (thrown instanceof ModelError) return { error: thrown, retries: 0 };
  const status = statusOf(thrown);
  const said = excerpt(messageIn(thrown));
  const told = (fault: ModelFault, message: string, retries: 0 | 1 | 2 = 0): Mishap => ({
    error: new ModelError(fault, message, { cause: thrown }),
    retries,
    ...(status === undefined ? {} : { status }),
  });

  if (status === undefined) return withoutStatus(thrown, said, told);
  if (status === 429) {
    if (/insufficient[_ ]quota|billing|out of credits|credit balance/i.test(`${said} ${causes(thrown).map(codeOf).join(' ')}`))
      return told('rate_limited', `the model's quota is used up: ${said}`);
    const retryAfterMs = retryAfterOf(thrown);
    return {
      ...told('rate_limited', `the model endpoint answered 429: ${said}`, 2),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  if (status === 401 || status === 403) return told('denied', `the model endpoint refused the key (${status}): ${said}`);
  if (status === 404) return told('denied', `the model endpoint does not know this model or address (404): ${said}`);
  if (status === 413 || /context[_ ](?:length|window|size)|too many tokens|maximum context|prompt is too long|num_ctx/i.test(said))
    return told('truncated', `the page is too long for the model: ${said}`);
  if (status === 408 || status === 409 || status >= 500) {
    const retryAfterMs = retryAfterOf(thrown);
    return {
      ...told('unavailable', `the model endpoint answered ${status}: ${said}`, 2),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  return told('denied', `the model endpoint refused the request (${status}): ${said}`);
}

function withoutStatus(thrown: unknown, said: string, told: (fault: ModelFault, message: string, retries?: 0 | 1 | 2) => Mishap): Mishap {
  const chain = causes(thrown);
  const text = chain.map((link) => `${nameOf(link)} ${codeOf(link)} ${messageIn(link)}`).join(' ');
  if (chain.some((link) => link instanceof SyntaxError)) return told('malformed', `the model endpoint did not answer with JSON: ${said}`);
  if (/LengthFinishReason/.test(text)) return told('truncated', 'the answer was cut at its length limit');
  if (/ContentFilterFinishReason/.test(text)) return told('filtered', 'the provider’s content filter stopped the answer');
  if (/terminated|other side closed|UND_ERR_SOCKET|ECONNRESET|EPIPE|premature close|socket hang up/i.test(text))
    return told('unavailable', `the model endpoint cut the connection: ${said}`, 1);
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|CERT_|certificate|fetch failed|Connection error/i.test(text))
    return told('unavailable', `the model endpoint cannot be reached: ${rootOf(chain)}`, 1);
  if (/tim(?:ed?|e) ?out|TimeoutError/i.test(text)) return told('timeout', `the model endpoint timed out: ${said}`);
  if (/api[_ -]?key|credentials/i.test(text) && !/Cannot read/.test(text)) return told('denied', said);
  return told('malformed', `the model endpoint answered something unusable: ${said}`);
}

const rootOf = (chain: unknown[]): string => excerpt(chain.map(messageIn).findLast((message) => message !== '') ?? 'no reason given');

function causes(thrown: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let link = thrown; link !== undefined && link !== null && chain.length < 6; link = (link as { cause?: unknown }).cause)
    chain.push(link);
  return chain;
}

const nameOf = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null ? `${(thrown as Error).name ?? ''} ${thrown.constructor?.name ?? ''}` : '';
const codeOf = (thrown: unknown): string => (typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '');
const messageIn = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

function statusOf(thrown: unknown): number | undefined {
  for (const link of causes(thrown)) {
    const { status, statusCode, response } = link as { status?: unknown; statusCode?: unknown; response?: { status?: unknown } };
    const found = [status, statusCode, response?.status].find((value) => typeof value === 'number');
    if (typeof found === 'number') return found;
  }
  return undefined;
}

function retryAfterOf(thrown: unknown): number | undefined {
  for (const link of causes(thrown)) {
    const { headers, response } = link as { headers?: unknown; response?: { headers?: unknown } };
    const source = headers ?? response?.headers;
    if (!source) continue;
    const read = (name: string): string | null | undefined =>
      source instanceof Headers ? source.get(name) : (source as Record<string, string>)[name];
    const ms = Number(read('retry-after-ms') ?? Number.NaN);
    if (Number.isFinite(ms) && ms >= 0) return ms;
    const text = read('retry-after');
    if (!text) continue;
    const seconds = Number(text);
    if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
    const date = Date.parse(text);
    if (Number.isFinite(date)) return Math.max(0, date - Date.now());
  }
  return undefined;
}
