import { createServer, type Server } from 'node:http';
import { readBody } from '../web/body.ts';

const people = [
  ['Ines Okafor', 'Avery Stone'],
  ['Tom Lindqvist', 'Avery Stone'],
  ['Mara Petrov', 'Jo Park'],
  ['Luis Ferrer', 'Jo Park'],
  ['Hana Sato', 'Avery Stone'],
] as const;

/** The contact list outside: five contacts an account, and as many failures first as somebody asked for. */
export function createCrm(): Server {
  const failures = new Map<string, number>();
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://crm');
    const account = url.searchParams.get('account') ?? '';
    const reply = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    if (url.pathname === '/contacts' && request.method === 'GET') {
      const left = failures.get(account) ?? 0;
      if (left === 0)
        return reply(
          200,
          people.map(([name, owner], index) => ({ id: `${account}-${index + 1}`, name, owner })),
        );
      failures.set(account, left - 1);
      return reply(503, { error: 'try again later' });
    }
    if (url.pathname === '/failures' && request.method === 'POST') {
      readBody(request).then(
        (body) => {
          failures.set(body.fields['account'] ?? '', Number(body.fields['times'] ?? 0));
          reply(200, { ok: true });
        },
        () => reply(400, { error: 'body' }),
      );
      return undefined;
    }
    return reply(404, { error: 'not found' });
  });
}

/** Who the account's contacts are, for a state to start from. */
export const contactOf = (account: string, index: number): { id: string; name: string; owner: string } => ({
  id: `${account}-${index + 1}`,
  name: people[index]?.[0] ?? '',
  owner: people[index]?.[1] ?? '',
});

export const CONTACTS = people.length;
