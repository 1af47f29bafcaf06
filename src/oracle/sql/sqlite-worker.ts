import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** Runs queries off the main thread: SQLite is synchronous, and a query without end could not be ended otherwise. */
const { file, most } = workerData as { file: string; most: number };
let database: DatabaseSync | undefined;

parentPort!.on('message', ({ id, sql, values }: { id: number; sql: string; values: SQLInputValue[] }) => {
  try {
    database ??= new DatabaseSync(file, { readOnly: true, timeout: 1000 });
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    const rows: unknown[] = [];
    for (const row of statement.iterate(...values)) if (rows.push({ ...row }) >= most) break;
    parentPort!.postMessage({ id, rows });
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    parentPort!.postMessage({ id, error: message, errcode });
  }
});
