import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flows, healthy, type FlowName } from './flows.ts';
import { Teamspace } from './teamspace.ts';

const POSTGRES = process.env['INTENTWRIGHT_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432/test';

let teamspace: Teamspace | undefined;
let absent = '';

const schemas = async (): Promise<string[]> => {
  const client = new Client({ connectionString: POSTGRES, connectionTimeoutMillis: 3000 });
  await client.connect();
  try {
    return (await client.query<{ name: string }>(`select nspname as name from pg_namespace where nspname like 'teamspace_%'`)).rows.map(
      (row) => row.name,
    );
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  absent = await schemas().then(
    () => '',
    (error: unknown) => `no PostgreSQL at ${new URL(POSTGRES).host}: ${String(error)}`,
  );
  if (!absent) teamspace = await Teamspace.start({ DATABASE_URL: POSTGRES });
});
afterAll(async () => {
  await teamspace?.stop();
});

/** Where there is no PostgreSQL, the tests say so, and fail where one is required. */
function missing(): boolean {
  if (!absent) return false;
  process.stdout.write(`not run: Teamspace on PostgreSQL (${absent})\n`);
  expect(process.env['INTENTWRIGHT_REQUIRE_SERVERS'], absent).toBeUndefined();
  return true;
}

test('on PostgreSQL, every journey leaves the same facts', async () => {
  if (missing() || !teamspace) return;
  const on = teamspace;
  const names = Object.keys(flows) as FlowName[];
  const facts = await Promise.all(names.map((flow) => flows[flow](on, `postgres-${flow}`)));
  expect(Object.fromEntries(names.map((flow, index) => [flow, facts[index]]))).toEqual(healthy);
});

test('a Teamspace has a schema of its own, and takes it away with it', async () => {
  if (missing()) return;
  const another = await Teamspace.start({ DATABASE_URL: POSTGRES });
  const schema = /search_path%3D(\w+)/.exec(another.ready.db)?.[1];
  expect(await schemas()).toContain(schema);
  await another.stop();
  expect(await schemas()).not.toContain(schema);
});
