import { Client } from 'pg';
import { expect } from 'vitest';
import { sql } from '../../src/oracle/probes/sql.ts';
import { describeProbe } from './probe.ts';

const SERVER = process.env.INTENTWRIGHT_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/test';

describeProbe('sql on PostgreSQL', sql, async () => {
  const admin = new Client({ connectionString: SERVER, connectionTimeoutMillis: 3000 });
  try {
    await admin.connect();
  } catch (error) {
    return `no PostgreSQL at ${new URL(SERVER).host}: ${String(error)}`;
  }
  const table = `conform_${process.pid}`;
  await admin.query(
    `create table ${table} (id int8, amount numeric(12,2), day date, at timestamptz, local timestamp, data jsonb, active boolean, tags text[], raw bytea)`,
  );
  await admin.query(
    `insert into ${table} values (1, 12.50, '2026-02-28', '2026-02-28T23:30:00Z', '2026-02-28 23:30', '{"role":"editor","n":1}', true, '{a,b}', '\\x0102'), (2, null, null, null, null, null, false, null, null)`,
  );
  await admin.query(`create role ${table} nologin`);
  const others = new URL(SERVER);
  others.searchParams.set('options', `-c role=${table}`);
  const nowhere = new URL(SERVER);
  nowhere.port = '9';
  return {
    settings: { postgres: SERVER },
    ask: {
      query: `select id, amount, day, at, local, data, active, tags, raw, :note::text as note from ${table} where id = :id and data->>'role' = :role`,
      with: { id: 1, role: 'editor', note: "it's; :fine" },
    },
    answer: [
      {
        id: 1,
        amount: 12.5,
        day: '2026-02-28',
        at: '2026-02-28T23:30:00.000Z',
        local: '2026-02-28 23:30:00',
        data: { role: 'editor', n: 1 },
        active: true,
        tags: ['a', 'b'],
        raw: 'AQI=',
        note: "it's; :fine",
      },
    ],
    nothing: { ask: { query: `select id from ${table} where id = :id`, with: { id: 99 } }, answer: [] },
    hang: { query: 'select pg_sleep(20)' },
    flood: { query: 'select generate_series(1, 100000000) as n' },
    writes: [
      { query: `delete from ${table}` },
      { query: `with gone as (delete from ${table} returning id) select * from gone` },
      { query: `select 1; delete from ${table}` },
      { query: `select * into stolen from ${table}` },
      { query: 'commit' },
      { query: `truncate ${table}` },
      { query: `explain analyze delete from ${table}` },
      { query: `select $$;$$ as quoted; drop table ${table}` },
    ],
    untouched: async () => expect((await admin.query(`select count(*)::int as n from ${table}`)).rows).toEqual([{ n: 2 }]),
    wrong: [
      { query: `select nobody from ${table}` },
      { query: 'select 1 from nowhere' },
      { query: 'selec 1' },
      { query: 'select :a::int', with: {} },
      { query: 'select :a::int as a', with: { a: 'x' } },
    ],
    dead: { postgres: nowhere.href },
    denied: [{ settings: { postgres: others.href } }, { settings: { postgres: SERVER.replace('postgres@', 'nobody_here@') } }],
    stop: async () => {
      await admin.query(`drop table ${table}`);
      await admin.query(`drop role ${table}`);
      await admin.end();
    },
  };
});
