import type { CDPSession } from 'playwright';

interface Paused {
  requestId: string;
  request: { method: string; headers: Record<string, string> };
  responseStatusCode?: number;
  responseHeaders?: { name: string; value: string }[];
}

const SIMPLE = /^(GET|HEAD|POST)$/;

/**
 * Lets a paused request go on. A preflight that asks for our headers only is answered as if it had not been sent; one that asks
 * for the page's own headers too goes to the server without ours, which are added to what it allows.
 */
export function answerPreflight(cdp: CDPSession, paused: Paused, ours: readonly string[]): void {
  const { requestId, request, responseStatusCode } = paused;
  const send = (sent: Promise<unknown>): void => void sent.catch(() => undefined);
  if (responseStatusCode !== undefined) {
    return send(cdp.send('Fetch.continueResponse', { requestId, responseCode: responseStatusCode, responseHeaders: withAllowed(paused.responseHeaders ?? [], ours) }));
  }
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const asked = names(headers.get('access-control-request-headers'));
  const added = asked.filter((name) => ours.some((own) => own.toLowerCase() === name));
  if (request.method !== 'OPTIONS' || added.length === 0) return send(cdp.send('Fetch.continueRequest', { requestId }));
  const rest = asked.filter((name) => !added.includes(name));
  const method = headers.get('access-control-request-method') ?? 'GET';
  if (rest.length === 0 && SIMPLE.test(method)) {
    return send(cdp.send('Fetch.fulfillRequest', {
      requestId, responseCode: 204,
      responseHeaders: Object.entries({
        'access-control-allow-origin': headers.get('origin') ?? '*', 'access-control-allow-credentials': 'true',
        'access-control-allow-headers': added.join(', '), 'access-control-allow-methods': method,
      }).map(([name, value]) => ({ name, value })),
    }));
  }
  const without = Object.entries(request.headers).flatMap(([name, value]) => {
    if (name.toLowerCase() !== 'access-control-request-headers') return [{ name, value }];
    return rest.length > 0 ? [{ name, value: rest.join(',') }] : [];
  });
  send(cdp.send('Fetch.continueRequest', { requestId, headers: without, interceptResponse: true }));
}

function withAllowed(headers: readonly { name: string; value: string }[], ours: readonly string[]): { name: string; value: string }[] {
  const allowed = headers.filter(({ name }) => name.toLowerCase() === 'access-control-allow-headers').flatMap(({ value }) => names(value));
  return [...headers.filter(({ name }) => name.toLowerCase() !== 'access-control-allow-headers'), { name: 'access-control-allow-headers', value: [...allowed, ...ours].join(', ') }];
}

const names = (list: string | undefined): string[] => (list ?? '').split(',').map((name) => name.trim().toLowerCase()).filter(Boolean);
