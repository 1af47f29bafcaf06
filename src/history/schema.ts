/** Raised with every change of the tables; a file of a newer version is left alone. */
export const SCHEMA_VERSION = 2;

export const TABLES = `
create table if not exists runs (
  run text primary key, started_at text not null, target text not null, mode text not null, commit_id text, exit_code integer not null,
  duration_ms integer not null, interrupted text, partial integer not null default 0
) strict;
create table if not exists intents (
  run text not null references runs(run) on delete cascade, intent text not null, title text not null, status text not null, cause text, sentence text not null,
  duration_ms integer not null, attempts integer not null, primary key (run, intent)
) strict, without rowid;
create index if not exists intents_by_intent on intents (intent, run);
create table if not exists invariants (
  run text not null, intent text not null, invariant text not null, status text not null, converged_ms integer, within_ms integer,
  primary key (run, intent, invariant), foreign key (run, intent) references intents(run, intent) on delete cascade
) strict, without rowid;
create table if not exists adaptations (
  run text not null, intent text not null, step integer not null, note text not null, agent text not null,
  foreign key (run, intent) references intents(run, intent) on delete cascade
) strict;
create index if not exists adaptations_by_intent on adaptations (intent, run);
create table if not exists footprints (
  target text not null, intent text not null, run text not null, footprint text not null, primary key (target, intent)
) strict, without rowid;
create table if not exists selections (
  run text not null references runs(run) on delete cascade, intent text not null, base text not null, applied integer not null, chosen integer not null, risk real not null, why text not null,
  primary key (run, intent)
) strict, without rowid;
`;
