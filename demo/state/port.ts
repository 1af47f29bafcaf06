export type Value = string | number | null | undefined | boolean;
export type Params = Record<string, Value>;

/** Where Teamspace keeps its state. `:name` parameters in both databases. */
export interface Db {
  all<T = Record<string, unknown>>(sql: string, params?: Params): Promise<T[]>;
  get<T = Record<string, unknown>>(sql: string, params?: Params): Promise<T | undefined>;
  /** Number of rows that changed. */
  run(sql: string, params?: Params): Promise<number>;
  /** All or nothing. No other I/O inside: other requests of this process wait. */
  tx<T>(work: (db: Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Column values as a database takes them. */
export const plain = (value: Value): string | number | null =>
  value === undefined || value === null ? null : typeof value === 'boolean' ? Number(value) : value;

/** One row in; undefined columns become null. */
export async function insert(db: Db, table: string, row: Params): Promise<void> {
  const columns = Object.keys(row);
  await db.run(`insert into ${table} (${columns.join(', ')}) values (${columns.map((column) => `:${column}`).join(', ')})`, row);
}
