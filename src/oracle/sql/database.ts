import { MOST_ITEMS } from '../plain-json.ts';
import type { Statement } from './statement.ts';

/** A database that is only read. */
export interface Database {
  /** Rows, at most one more than may be answered. Rejects with the driver's error or an IntentwrightError. */
  rows(statement: Statement, values: unknown[], signal: AbortSignal): Promise<Record<string, unknown>[]>;
  /** Calls `wake` when the channel is notified; resolves with how to stop. */
  listen?(channel: string, wake: () => void): Promise<() => void>;
  close(): Promise<void>;
}

/** One row more than the cap tells that there are too many. */
export const ROWS_READ = MOST_ITEMS + 1;

/** Time the server itself may take for one query, ms: it must end what we no longer wait for. */
export const STATEMENT_MS = 8000;
