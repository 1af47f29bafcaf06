import { createConnection } from 'mysql2/promise';
import { expect } from 'vitest';
import { sql } from '../../src/oracle/probes/sql.ts';
import { describeProbe } from './probe.ts';

const SERVER = process.env.INTENTWRIGHT_MYSQL ?? 'mysql://root@127.0.0.1:3306/test';

describeProbe('sql on MariaDB', sql, async () => {
  const admin = await createConnection({ uri: SERVER, connectTimeout: 3000 }).catch(String);
  if (typeof admin === 'string') return `no MySQL or MariaDB at ${new URL(SERVER).host}: ${admin}`;
  const name = `conform_${process.pid}`;
  await admin.query(
    `create table ${name} (id bigint, amount decimal(12,2), day date, at datetime, active tinyint(1), raw varbinary(8), note text) engine = innodb`,
  );
  await admin.query(
    `insert into ${name} values (1, 12.50, '2026-02-28', '2026-02-28 23:30:00', 1, x'0102', 'é'), (2, null, null, null, 0, null, null)`,
  );
  await admin.query(`create user ${name}@'%' identified by 'secret'`);
  const as = (user: string, password: string) => {
    const url = new URL(SERVER);
    Object.assign(url, { username: user, password });
    return { mysql: url.href };
  };
  const nowhere = new URL(SERVER);
  nowhere.port = '9';
  return {
    settings: { mysql: SERVER },
    ask: {
      query: `select id, amount, day, at, active, raw, note, :text as text from ${name} where id = :id`,
      with: { id: 1, text: "it's; :fine" },
    },
    answer: [{ id: 1, amount: 12.5, day: '2026-02-28', at: '2026-02-28 23:30:00', active: 1, raw: 'AQI=', note: 'é', text: "it's; :fine" }],
    nothing: { ask: { query: `select id from ${name} where id = :id`, with: { id: 99 } }, answer: [] },
    hang: { query: 'select sleep(20) as slept' },
    flood: { query: 'with recursive n as (select 1 as x union all select x + 1 from n where x < 900) select a.x from n a, n b' },
    writes: [
      { query: `delete from ${name}` },
      { query: `insert into ${name} (id) values (3)` },
      { query: `select 1; delete from ${name}` },
      { query: `select * from ${name} into outfile '${name}.txt'` },
      { query: `/* select */ truncate table ${name}` },
      { query: `select nextval(nobody)` },
    ],
    untouched: async () => expect((await admin.query(`select count(*) as n from ${name}`))[0]).toEqual([{ n: 2 }]),
    wrong: [
      { query: `select nobody from ${name}` },
      { query: 'select 1 from nowhere' },
      { query: 'select from' },
      { query: 'select :a', with: {} },
    ],
    dead: { mysql: nowhere.href },
    denied: [{ settings: as('nobody', 'wrong') }, { settings: as(name, 'secret') }],
    stop: async () => {
      await admin.query(`drop table ${name}`);
      await admin.query(`drop user ${name}@'%'`);
      await admin.end();
    },
  };
});
