import { plainJson } from '../plain-json.ts';
import { Postgres } from '../sql/postgres.ts';
import { parseStatement } from '../sql/statement.ts';
import type { Job, JobQuery, JobStore } from './job.ts';

/** A worker's tables, in its own words, as jobs in ours. */
interface Tables {
  jobs: string;
  /** Undefined where the tables do not tell. */
  workers?: string;
}

/** Schema names go into the text of the query: only plain ones. */
const named = (schema: string): string => `"${schema.replaceAll('"', '')}"`;

/** pg-boss: `created` and `retry` wait, and those that begin later are delayed. */
export const pgBossTables = (schema: string): Tables => ({
  jobs: `select id::text as id, name as queue, name, retry_count as attempts, data, output->>'message' as error,
      case when state in ('created', 'retry') then case when start_after > now() then 'delayed' else 'waiting' end else state::text end as state
    from ${named(schema)}.job where (:queue::text is null or name = :queue) order by created_on desc limit 1001`,
});

/** graphile-worker: completed jobs are gone; a job that used its attempts up has failed. */
export const graphileTables = (schema: string): Tables => ({
  jobs: `select j.id::text as id, coalesce(q.queue_name, 'default') as queue, t.identifier as name, j.attempts, j.payload as data, j.last_error as error,
      case when j.locked_at is not null then 'active' when j.attempts >= j.max_attempts then 'failed' when j.run_at > now() then 'delayed' else 'waiting' end as state
    from ${named(schema)}._private_jobs j join ${named(schema)}._private_tasks t on t.id = j.task_id left join ${named(schema)}._private_job_queues q on q.id = j.job_queue_id
    where (:queue::text is null or coalesce(q.queue_name, 'default') = :queue) order by j.created_at desc limit 1001`,
  workers: `select count(distinct locked_by)::int as n from ${named(schema)}._private_jobs where locked_by is not null and :queue::text is not null`,
});

export class PostgresStore implements JobStore {
  readonly #database: Postgres;
  readonly #tables: Tables;

  private constructor(database: Postgres, tables: Tables) {
    this.#database = database;
    this.#tables = tables;
  }

  static async open(url: string, tables: Tables): Promise<PostgresStore> {
    return new PostgresStore(await Postgres.open(url, 2), tables);
  }

  async jobs({ queue }: JobQuery, signal: AbortSignal): Promise<Job[]> {
    const rows = await this.#ask(this.#tables.jobs, queue ?? null, signal);
    return rows.map((row) => plainJson(row) as Job);
  }

  async workers(queue: string, signal: AbortSignal): Promise<number | null> {
    if (this.#tables.workers === undefined) return null;
    return Number((await this.#ask(this.#tables.workers, queue, signal))[0]?.n ?? 0);
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  #ask(sql: string, queue: string | null, signal: AbortSignal): Promise<Record<string, unknown>[]> {
    const statement = parseStatement(sql);
    return this.#database.rows(
      statement,
      statement.names.map(() => queue),
      signal,
    );
  }
}
