import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { runInline } from './run-inline.ts';

// Somebody's own team page: sixty people, a button in each row.
const team = Array.from({ length: 60 }, (_, index) => ({
  id: index + 1,
  name: `${['Ada', 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn'][index % 6]} ${['Stone', 'Rivers', 'Marsh', 'Field', 'Hill', 'Brook', 'Lake', 'Wood', 'Vale', 'Ford'][Math.floor(index / 6)]}`,
  order: 900 + index,
}));
const gone: number[] = [];
const server = createServer((request, response) => {
  const remove = /^\/remove\/(\d+)$/.exec(request.url ?? '');
  if (request.url === '/api/team')
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(team.filter(({ id }) => !gone.includes(id))));
  else if (remove && request.method === 'POST') {
    gone.push(Number(remove[1]));
    response.writeHead(303, { location: '/' }).end();
  } else
    response.writeHead(200, { 'content-type': 'text/html' }).end(
      `<!doctype html><title>Team</title><h1>Team</h1><table><tbody>${team
        .filter(({ id }) => !gone.includes(id))
        .map(
          ({ id, name, order }) =>
            `<tr><td>${name}</td><td>Order ${order}</td><td><form method=post action=/remove/${id}><button>Remove</button></form></td></tr>`,
        )
        .join('')}</tbody></table>`,
    );
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => new Promise((resolve) => server.close(resolve)));

const files = (sentence: string, name: string): Record<string, string> => ({
  'intentwright.config.yaml': `targets: { local: { url: "http://127.0.0.1:${(server.address() as AddressInfo).port}" } }\nbrowser: { channel: headless-shell }\ndefaults: { settle: 200ms }\n`,
  'intents/remove.intent.yaml': `intent: Somebody leaves\njourney: [ ${JSON.stringify(sentence)} ]\nthen: [ is-gone: { name: ${name} } ]\nwithin: 3s\n`,
  'invariants/team.yaml':
    'is-gone:\n  says: ${name} is no longer a member\n  params: [name]\n  eventually:\n    http: { path: /api/team, pick: "$[*].name" }\n    expect: { none: "${name}" }\n',
});

test.each([
  ['Remove Cleo Vale from the team', 'Cleo Vale', 51],
  ['Remove order 937', 'Ben Lake', 38],
])('a row that is far down a long list is found by what the sentence calls it, quotes or not: %s', async (sentence, name, id) => {
  const { result } = await runInline(files(sentence, name), ['run']);
  expect(result!.intents[0]).toMatchObject({ status: 'passed' });
  expect(gone.at(-1)).toBe(id);
});
