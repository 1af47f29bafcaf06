import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { sql } from '../../src/oracle/probes/sql.ts';
import { describeProbe } from './probe.ts';

describeProbe('sql on SQLite', sql, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'iw-sqlite-'));
  const file = join(dir, 'app.sqlite');
  // Written to, as by an application, while it is read.
  const writer = new DatabaseSync(file);
  writer.exec(`pragma journal_mode = wal; create table members (id integer, email text, big integer, photo blob, gone text);
    insert into members values (1, 'casey@x.test', 9007199254740993, x'0102', null), (2, 'dana''s; -- :no @x.test', 7, null, 'x')`);
  await writeFile(join(dir, 'not-a-database'), 'x'.repeat(5000));
  return {
    settings: { sqlite: file },
    ask: {
      query: 'select id, email, big, photo, gone from members where email = :email -- :not a ; parameter\n;',
      with: { email: 'casey@x.test' },
    },
    answer: [{ id: 1, email: 'casey@x.test', big: '9007199254740993', photo: 'AQI=', gone: null }],
    nothing: { ask: { query: 'select id from members where id = :id', with: { id: 99 } }, answer: [] },
    hang: { query: 'with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) as n from n' },
    flood: { query: 'with recursive n(x) as (select 1 union all select x + 1 from n) select x from n limit 1000000' },
    writes: [
      { query: 'insert into members (id) values (3)' },
      { query: 'select 1; delete from members' },
      { query: 'delete from members returning id' },
      { query: 'with x as (select 1) insert into members (id) select 3 from x' },
      { query: 'pragma user_version = 5' },
      { query: "attach database ':memory:' as other" },
      { query: 'vacuum' },
    ],
    untouched: () => expect(writer.prepare('select count(*) as n from members').get()).toEqual({ n: 2 }),
    wrong: [
      { query: 'select nobody from members' },
      { query: 'select 1 from nowhere' },
      { query: 'select from' },
      { query: 'select :a', with: {} },
      { query: 'select 1', with: { a: 1 } },
      { query: 'select :a', with: { a: [1] } },
      { query: '' },
    ],
    dead: { sqlite: join(dir, 'nobody.sqlite') },
    stop: async () => {
      writer.close();
      await rm(dir, { recursive: true });
    },
  };
});
