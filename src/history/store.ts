import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Cause, Status } from '../core/decide.ts';
import { messageOf } from '../core/errors.ts';
import { medianOf } from './median.ts';
import type { RunRecord } from './record.ts';
import { SCHEMA_VERSION, TABLES } from './schema.ts';

/** How an intent fared in one run. */
export interface PastIntent {
  run: string;
  startedAt: string;
  commit?: string;
  status: Status;
  cause?: Cause;
  sentence: string;
  durationMs: number;
}

export interface PastRun {
  run: string;
  startedAt: string;
  commit?: string;
  counts: Partial<Record<Status, number>>;
}

/** Runs over time, in one SQLite file that several runs may use at once. */
export interface History {
  /** Adds a run, or replaces what was kept of it. */
  record(run: RunRecord): void;
  /** Adds a run of another machine, unless it is known. Returns whether it was added. */
  adopt(run: RunRecord): boolean;
  /** Removes what was kept of a run; one that is not known is no error. */
  forget(run: string): void;
  /** Newest first. */
  past(intent: string, options?: { target?: string; limit?: number }): PastIntent[];
  lastGreen(intent: string, target: string): PastIntent | undefined;
  /** What the last green run of an intent left behind. */
  footprint(intent: string, target: string): unknown;
  /** Usual time to converge over the last green runs, ms. */
  expectedMs(intent: string, invariant: string, target?: string): number | undefined;
  /** Usual duration over the last green runs, ms: what a run is ordered by. */
  usualMs(intent: string): number | undefined;
  /** Oldest first. */
  trend(options: { target?: string; limit: number }): PastRun[];
  adaptations(intent: string, limit?: number): { run: string; startedAt: string; step: number; note: string; agent: string }[];
  /** Median time to converge of each green run, oldest first. */
  convergences(intent: string, invariant: string, limit?: number): { run: string; convergedMs: number; withinMs?: number }[];
  intents(): string[];
  /** Ids of the invariants that an intent was ever judged by. */
  invariants(intent: string): string[];
  /** Runs of a selection of the intents that ended green. */
  greenSelections(): ReadonlySet<string>;
  /** Commit of the newest run of all intents. */
  lastFullCommit(target: string): string | undefined;
  /** The newest run of an intent in each mode, what was skipped left out. */
  lastInModes(intent: string, options?: { target?: string }): { mode: string; status: Status; run: string; startedAt: string }[];
  /** What selections said of an intent in the runs that measured them, newest first. */
  selections(intent: string, options?: { target?: string; limit?: number }): PastSelection[];
  close(): void;
}

/** What a selection said of an intent, and how it fared in that run. */
export interface PastSelection extends PastIntent {
  base: string;
  /** False: everything ran, and the selection was only measured. */
  applied: boolean;
  chosen: boolean;
}

const GREEN_RUNS = 10;

/**
 * Opens the history. A file that is not a history of this version is put aside and told to `onNote`, never trusted and never deleted.
 */
export function openHistory(file: string, onNote: (note: string) => void = () => undefined): History {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  try {
    return storeIn(openTables(file));
  } catch (error) {
    if (file === ':memory:' || isBusy(error)) throw error;
    const aside = `${file}.put-aside-${process.pid}-${Math.floor(performance.timeOrigin + performance.now())}`;
    renameSync(file, aside);
    for (const tail of ['-wal', '-shm']) rmSync(file + tail, { force: true });
    onNote(`the history could not be read (${messageOf(error)}); it was put aside as ${aside} and begun anew`);
    return storeIn(openTables(file));
  }
}

const isBusy = (error: unknown): boolean => /locked|busy|unable to open|readonly|disk is full/i.test(messageOf(error));

function openTables(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 10_000 });
  try {
    db.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on');
    const { user_version: version } = db.prepare('pragma user_version').get() as { user_version: number };
    if (version > SCHEMA_VERSION) throw new Error(`it is of version ${version}, this is version ${SCHEMA_VERSION}`);
    db.exec('begin immediate');
    db.exec(TABLES);
    db.exec(`pragma user_version = ${SCHEMA_VERSION}; commit`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

type Row = Record<string, string | number | null>;

function storeIn(db: DatabaseSync): History {
  const statements = new Map<string, StatementSync>();
  const ask = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const rows = (sql: string, ...args: (string | number | null)[]): Row[] => ask(sql).all(...args) as Row[];
  const past: History['past'] = (intent, { target, limit = 50 } = {}) =>
    rows(
      `select r.run, r.started_at, r.commit_id, i.status, i.cause, i.sentence, i.duration_ms from intents i join runs r on r.run = i.run
     where i.intent = ? and (? is null or r.target = ?) order by r.started_at desc, r.run desc limit ?`,
      intent,
      target ?? null,
      target ?? null,
      limit,
    ).map(pastIntent);

  return {
    record: (run) => inTransaction(db, () => keep(ask, run)),
    adopt: (run) =>
      inTransaction(db, () => {
        if (ask('select 1 from runs where run = ?').get(run.run) !== undefined) return false;
        keep(ask, run);
        return true;
      }),
    forget: (run) => void ask('delete from runs where run = ?').run(run),
    past,
    lastGreen(intent, target) {
      const [row] = rows(
        `select r.run, r.started_at, r.commit_id, i.status, i.cause, i.sentence, i.duration_ms from intents i join runs r on r.run = i.run
         where i.intent = ? and r.target = ? and i.status = 'passed' order by r.started_at desc, r.run desc limit 1`,
        intent,
        target,
      );
      return row && pastIntent(row);
    },
    footprint(intent, target) {
      const [row] = rows('select footprint from footprints where intent = ? and target = ?', intent, target);
      return row && (JSON.parse(String(row['footprint'])) as unknown);
    },
    expectedMs(intent, invariant, target) {
      return medianOf(
        rows(
          `select v.converged_ms from invariants v join intents i on i.run = v.run and i.intent = v.intent join runs r on r.run = v.run
         where v.intent = ? and v.invariant = ? and v.status = 'held' and v.converged_ms is not null and i.status in ('passed', 'flaky') and (? is null or r.target = ?)
         order by r.started_at desc limit ${GREEN_RUNS}`,
          intent,
          invariant,
          target ?? null,
          target ?? null,
        ).map((row) => Number(row['converged_ms'])),
      );
    },
    usualMs(intent) {
      return medianOf(
        rows(
          `select i.duration_ms from intents i join runs r on r.run = i.run where i.intent = ? and i.status = 'passed' order by r.started_at desc limit ${GREEN_RUNS}`,
          intent,
        ).map((row) => Number(row['duration_ms'])),
      );
    },
    trend({ target, limit }) {
      const found = rows(
        `select r.run, r.started_at, r.commit_id, i.status, count(*) as n from runs r join intents i on i.run = r.run
         where r.run in (select run from runs where ? is null or target = ? order by started_at desc, run desc limit ?) group by r.run, i.status order by r.started_at, r.run`,
        target ?? null,
        target ?? null,
        limit,
      );
      const runs = new Map<string, PastRun>();
      for (const row of found) {
        const run = String(row['run']);
        const known = runs.get(run) ?? { run, startedAt: String(row['started_at']), ...commitOf(row), counts: {} };
        known.counts[row['status'] as Status] = Number(row['n']);
        runs.set(run, known);
      }
      return [...runs.values()];
    },
    adaptations: (intent, limit = 50) =>
      rows(
        'select a.run, r.started_at, a.step, a.note, a.agent from adaptations a join runs r on r.run = a.run where a.intent = ? order by r.started_at desc, a.step limit ?',
        intent,
        limit,
      ).map((row) => ({
        run: String(row['run']),
        startedAt: String(row['started_at']),
        step: Number(row['step']),
        note: String(row['note']),
        agent: String(row['agent']),
      })),
    convergences: (intent, invariant, limit = 30) =>
      rows(
        `select v.run, v.converged_ms, v.within_ms from invariants v join intents i on i.run = v.run and i.intent = v.intent join runs r on r.run = v.run
       where v.intent = ? and v.invariant = ? and v.status = 'held' and v.converged_ms is not null and i.status in ('passed', 'flaky') order by r.started_at desc limit ?`,
        intent,
        invariant,
        limit,
      )
        .map((row) => ({
          run: String(row['run']),
          convergedMs: Number(row['converged_ms']),
          ...(row['within_ms'] === null ? {} : { withinMs: Number(row['within_ms']) }),
        }))
        .reverse(),
    intents: () => rows('select distinct intent from intents order by intent').map((row) => String(row['intent'])),
    invariants: (intent) =>
      rows('select distinct invariant from invariants where intent = ? order by invariant', intent).map((row) => String(row['invariant'])),
    greenSelections: () => new Set(rows('select run from runs where partial = 1 and exit_code = 0').map((row) => String(row['run']))),
    lastFullCommit(target) {
      const [row] = rows(
        'select commit_id from runs where target = ? and partial = 0 and interrupted is null and commit_id is not null order by started_at desc, run desc limit 1',
        target,
      );
      return row && String(row['commit_id']);
    },
    lastInModes: (intent, { target } = {}) =>
      rows(
        `select r.mode, i.status, r.run, max(r.started_at) as started_at from intents i join runs r on r.run = i.run
       where i.intent = ? and i.status <> 'skipped' and (? is null or r.target = ?) group by r.mode order by r.mode`,
        intent,
        target ?? null,
        target ?? null,
      ).map((row) => ({
        mode: String(row['mode']),
        status: row['status'] as Status,
        run: String(row['run']),
        startedAt: String(row['started_at']),
      })),
    selections: (intent, { target, limit = 500 } = {}) =>
      rows(
        `select r.run, r.started_at, r.commit_id, i.status, i.cause, i.sentence, i.duration_ms, s.base, s.applied, s.chosen from selections s join intents i on i.run = s.run and i.intent = s.intent join runs r on r.run = s.run
       where s.intent = ? and (? is null or r.target = ?) order by r.started_at desc, r.run desc limit ?`,
        intent,
        target ?? null,
        target ?? null,
        limit,
      ).map((row) => ({ ...pastIntent(row), base: String(row['base']), applied: row['applied'] === 1, chosen: row['chosen'] === 1 })),
    close: () => db.close(),
  };
}

const commitOf = (row: Row): { commit?: string } => (row['commit_id'] === null ? {} : { commit: String(row['commit_id']) });

function pastIntent(row: Row): PastIntent {
  return {
    run: String(row['run']),
    startedAt: String(row['started_at']),
    ...commitOf(row),
    status: row['status'] as Status,
    ...(row['cause'] === null ? {} : { cause: row['cause'] as Cause }),
    sentence: String(row['sentence']),
    durationMs: Number(row['duration_ms']),
  };
}

function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('begin immediate');
  try {
    const done = work();
    db.exec('commit');
    return done;
  } catch (error) {
    db.exec('rollback');
    throw error;
  }
}

function keep(ask: (sql: string) => StatementSync, run: RunRecord): void {
  ask('delete from runs where run = ?').run(run.run);
  ask(
    'insert into runs (run, started_at, target, mode, commit_id, exit_code, duration_ms, interrupted, partial) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(
    run.run,
    run.startedAt,
    run.target,
    run.mode,
    run.commit ?? null,
    run.exitCode,
    Math.round(run.durationMs),
    run.interrupted ?? null,
    run.partial ? 1 : 0,
  );
  for (const intent of run.intents) {
    ask('insert into intents (run, intent, title, status, cause, sentence, duration_ms, attempts) values (?, ?, ?, ?, ?, ?, ?, ?)').run(
      run.run,
      intent.id,
      intent.title,
      intent.status,
      intent.cause ?? null,
      intent.sentence,
      Math.round(intent.durationMs),
      intent.attempts,
    );
    for (const { id, status, convergedMs, withinMs } of intent.invariants) {
      ask('insert into invariants (run, intent, invariant, status, converged_ms, within_ms) values (?, ?, ?, ?, ?, ?)').run(
        run.run,
        intent.id,
        id,
        status,
        convergedMs === undefined ? null : Math.max(0, Math.round(convergedMs)),
        withinMs ?? null,
      );
    }
    if (intent.selection) {
      const { base, applied, chosen, risk, why } = intent.selection;
      ask('insert into selections (run, intent, base, applied, chosen, risk, why) values (?, ?, ?, ?, ?, ?, ?)').run(
        run.run,
        intent.id,
        base,
        applied ? 1 : 0,
        chosen ? 1 : 0,
        risk,
        why,
      );
    }
    for (const { step, note, agent } of intent.adaptations)
      ask('insert into adaptations (run, intent, step, note, agent) values (?, ?, ?, ?, ?)').run(run.run, intent.id, step, note, agent);
    if (intent.status === 'passed' && intent.footprint !== undefined) {
      // A run may come in late, from a slow machine or an artifact: the newest green run is what the next red one is compared with.
      ask(`insert into footprints (target, intent, run, footprint) values (?, ?, ?, ?) on conflict (target, intent) do update set run = excluded.run, footprint = excluded.footprint
        where coalesce((select started_at from runs where run = footprints.run), '') <= (select started_at from runs where run = excluded.run)`).run(
        run.target,
        intent.id,
        run.run,
        JSON.stringify(intent.footprint),
      );
    }
  }
}
