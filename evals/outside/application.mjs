// What the three applications have in common: a database of their own, routes, sessions, and a line that says they are ready.
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** An answer that is not a page of the route: a status with a JSON body, or a redirect. */
export class Reply extends Error {
  constructor(status, body, headers = {}) {
    super(String(status));
    Object.assign(this, { status, body, headers });
  }
}

export const refuse = (status, message) => new Reply(status, { error: message });
export const redirect = (to, headers = {}) => new Reply(303, '', { location: to, ...headers });
export const id = () => randomBytes(6).toString('hex');
export const esc = (value) => String(value ?? '').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** Opens the database; `all`, `one` and `run` take SQL and its values. */
export function openStore(name, schema) {
  const file = join(mkdtempSync(join(tmpdir(), `${name}-`)), 'data.db');
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; ${schema}; create table sessions (token text primary key, user_id text)`);
  const all = (sql, ...values) => db.prepare(sql).all(...values);
  return {
    file,
    all,
    one: (sql, ...values) => all(sql, ...values)[0],
    run: (sql, ...values) => db.prepare(sql).run(...values),
    insert(table, row) {
      const keys = Object.keys(row);
      db.prepare(`insert into ${table} (${keys}) values (${keys.map(() => '?')})`).run(...Object.values(row));
      return row;
    },
    signIn(userId) {
      const token = randomBytes(12).toString('hex');
      db.prepare('insert into sessions values (?, ?)').run(token, userId);
      return `sid=${token}`;
    },
  };
}

/** Listens; `routes` are [METHOD, pattern with :names, handler({ params, query, body, user, cookies })]. Strings are HTML, objects JSON. */
export function listen({ name, store, routes, userOf, ready = {} }) {
  const compiled = routes.map(([method, path, handle]) => [method, new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`), handle]);
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://app');
    try {
      const found = compiled.find(([method, path]) => method === request.method && path.test(url.pathname));
      if (found === undefined) throw refuse(404, 'There is nothing here.');
      const cookies = Object.fromEntries((request.headers.cookie ?? '').split('; ').map((pair) => pair.split('=')));
      const session = store.one('select user_id from sessions where token = ?', cookies.sid ?? '');
      const input = {
        params: { ...found[1].exec(url.pathname).groups },
        query: Object.fromEntries(url.searchParams),
        body: await bodyOf(request),
        user: session && userOf(session.user_id),
        cookies,
        url,
      };
      const answer = await found[2](input);
      send(response, answer instanceof Reply ? answer : new Reply(200, answer));
    } catch (error) {
      if (!(error instanceof Reply)) process.stderr.write(`${error.stack}\n`);
      send(response, error instanceof Reply ? error : refuse(500, 'Something went wrong.'));
    }
  });
  server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
    process.stdout.write(
      `${JSON.stringify({ ready: true, url: `http://127.0.0.1:${server.address().port}`, db: store.file, name, ...ready })}\n`,
    );
  });
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const type = request.headers['content-type'] ?? '';
  if (type.includes('json')) return JSON.parse(text || '{}');
  if (type.includes('urlencoded')) {
    const form = new URLSearchParams(text);
    return Object.fromEntries([...form.keys()].map((key) => [key, form.getAll(key).length > 1 ? form.getAll(key) : form.get(key)]));
  }
  if (type.includes('multipart'))
    return { file: /filename="([^"]*)"/.exec(text)?.[1], text: text.split('\r\n\r\n').slice(1).join('\r\n\r\n').split('\r\n--')[0] };
  return text;
}

function send(response, { status, body, headers }) {
  const html = typeof body === 'string';
  response.writeHead(status, { 'content-type': html ? 'text/html; charset=utf-8' : 'application/json', ...headers });
  response.end(html ? body : JSON.stringify(body ?? {}));
}
