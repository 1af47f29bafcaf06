import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { newId } from '../state/ids.ts';
import { readBody } from '../web/body.ts';
import { createFlags, evaluate } from './rules.ts';

const reply = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
};

/** OFREP, and a small way to aim rules at somebody. */
export function createFlagService(token: string): Server {
  const flags = createFlags();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://flags').pathname;
    const evaluated = /^\/ofrep\/v1\/evaluate\/flags(?:\/([^/]+))?$/.exec(path);
    if (evaluated && request.method === 'POST') {
      const sent = parse((await readBody(request)).text);
      const key = evaluated[1] && decodeURIComponent(evaluated[1]);
      if (!sent) return reply(response, 400, { key, errorCode: 'PARSE_ERROR', errorDetails: 'the body is not JSON' });
      const context = (sent['context'] ?? {}) as Record<string, unknown>;
      if (!key) return reply(response, 200, { flags: [...flags].map(([name, flag]) => evaluate(name, flag, context)) });
      const flag = flags.get(key);
      if (!flag) return reply(response, 404, { key, errorCode: 'FLAG_NOT_FOUND', errorDetails: `no flag "${key}"` });
      return reply(response, 200, evaluate(key, flag, context));
    }
    if (path.startsWith('/rules')) {
      if (request.headers.authorization !== `Bearer ${token}`) return reply(response, 401, { error: 'token' });
      if (request.method === 'POST') {
        const sent = parse((await readBody(request)).text) as
          | { flag?: string; when?: Record<string, string>; variant?: string }
          | undefined;
        const flag = flags.get(sent?.flag ?? '');
        if (!flag || !sent?.when || !sent.variant || !(sent.variant in flag.variants))
          return reply(response, 422, { error: 'flag, when and a variant that the flag has are needed' });
        const added = { id: newId('rule'), when: sent.when, variant: sent.variant };
        flag.rules.unshift(added);
        return reply(response, 200, added);
      }
      if (request.method === 'DELETE') {
        for (const flag of flags.values()) flag.rules = flag.rules.filter((rule) => rule.id !== path.split('/')[2]);
        return reply(response, 200, { ok: true });
      }
      return reply(response, 200, Object.fromEntries(flags));
    }
    return reply(response, 404, { error: 'not found' });
  }

  return createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
}

const parse = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text || '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};
