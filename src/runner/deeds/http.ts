import { createHmac } from 'node:crypto';
import { messageOf } from '../../core/errors.ts';
import type { FixtureAction, Signature } from '../../core/intent.ts';
import type { FixtureContext } from '../fixtures.ts';
import { parsedAnswer } from './answer.ts';

type HttpDeed = Extract<FixtureAction, { kind: 'http' }>;

/** A request to the application or to its neighbours; its JSON, or its text. */
export async function callHttp(action: HttpDeed, context: FixtureContext): Promise<unknown> {
  const url = new URL(action.url, `${context.baseUrl}/`).href;
  const body = action.json === undefined ? action.body : JSON.stringify(action.json);
  const headers = {
    ...context.headers,
    ...(action.json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(action.sign ? { [action.sign.header]: signatureOf(body ?? '', action.sign, context.clock.wall()) } : {}),
    ...action.headers,
  };
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(15_000)]);
  const answer = await send(action, { url, headers, body, signal }, context);
  const good = action.expectStatus ? action.expectStatus.includes(answer.status) : answer.status >= 200 && answer.status < 300;
  if (!good) throw new Error(`${action.method} ${withoutQuery(url)} answered ${answer.status}: ${answer.body.slice(0, 200)}`);
  return parsedAnswer(answer.body);
}

interface Sent {
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
  signal: AbortSignal;
}

async function send(
  action: HttpDeed,
  { url, headers, body, signal }: Sent,
  context: FixtureContext,
): Promise<{ status: number; body: string }> {
  if (action.as !== undefined)
    return context.fetchAs(action.as, { method: action.method, url, headers, ...(body === undefined ? {} : { body }) }, signal);
  const answer = await fetch(url, { method: action.method, headers, signal, ...(body === undefined ? {} : { body }) }).catch(
    (error: unknown) => {
      throw new Error(
        `${action.method} ${withoutQuery(url)} did not answer (${messageOf(error instanceof Error && error.cause ? error.cause : error)})`,
      );
    },
  );
  return { status: answer.status, body: await answer.text() };
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/, '');

function signatureOf(body: string, { secret, style }: Signature, now: Date): string {
  const hmac = (text: string) => createHmac('sha256', secret).update(text).digest();
  switch (style) {
    case 'hex':
      return hmac(body).toString('hex');
    case 'base64':
      return hmac(body).toString('base64');
    case 'prefixed':
      return `sha256=${hmac(body).toString('hex')}`;
    case 'timestamped': {
      const at = Math.floor(now.getTime() / 1000);
      return `t=${at},v1=${hmac(`${at}.${body}`).toString('hex')}`;
    }
  }
}
