import { expect, test } from 'vitest';
import { openSqlite } from '../../demo/state/sqlite.ts';

test('transactions that begin at the same time come one after the other', async () => {
  const db = openSqlite(':memory:');
  await db.run('create table t (n integer)');
  const seen: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      db.tx(async (tx) => {
        await tx.run('insert into t values (:n)', { n });
        await new Promise((resolve) => setImmediate(resolve));
        seen.push((await tx.get<{ n: number }>('select count(*) as n from t'))?.n ?? 0);
      }),
    ),
  );
  expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  await db.close();
});

test('what is not part of a transaction neither sees its middle nor is rolled back with it', async () => {
  const db = openSqlite(':memory:');
  await db.run('create table t (n integer)');
  const failing = db.tx(async (tx) => {
    await tx.run('insert into t values (1)');
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error('no');
  });
  const beside = db.run('insert into t values (2)');
  await expect(failing).rejects.toThrow('no');
  await beside;
  expect(await db.all('select n from t')).toEqual([{ n: 2 }]);
  await db.close();
});
