import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathMatcher } from '../../core/glob.ts';
import type { Intent } from '../../core/intent.ts';
import type { Mode, ProbeQuery } from '../../core/invariant.ts';
import type { Project } from '../../core/project.ts';
import { emptySurface, type Surface, surfaceSchema, tablesIn } from '../../core/surface.ts';
import type { Status } from '../../core/decide.ts';

/** What history tells selection of an intent; `history/store.ts` answers. */
export interface SelectionPast {
  /** The footprint of its last green run, as it was kept. */
  footprint(intent: string): unknown;
  /** Newest first. */
  past(intent: string): readonly { startedAt: string; status: Status }[];
}

/** Everything that a change can be compared with, for one intent. Paths are relative to the config's folder. */
export interface IntentFacts {
  intent: Intent;
  /** Its watch patterns, each with what it fits. */
  watch: { glob: string; fits(path: string): boolean }[];
  surface: Surface;
  /** True when a green run was seen: its surface is observed, not only read from its files. */
  observed: boolean;
  /** Files of the project that it is made of: its own, its lockfile, the invariants and fixtures it uses. */
  own: Set<string>;
  /** Somebody in it is signed in from the start. */
  signedIn: boolean;
  past: readonly { startedAt: string; status: Status }[];
}

export function factsOf(project: Project, past: SelectionPast): IntentFacts[] {
  const here = (file: string): string =>
    relative(project.config.root, isAbsolute(file) ? file : resolve(file))
      .split(sep)
      .join('/');
  return project.intents.map((intent) => {
    const used = [...intent.then, ...intent.requires].flatMap(({ name }) => project.invariants.get(name) ?? []);
    const kept = surfaceSchema.safeParse((past.footprint(intent.id) as { surface?: unknown } | undefined)?.surface);
    const surface = kept.success ? kept.data : emptySurface();
    const tables = used
      .flatMap(({ mode }) => queriesOf(mode))
      .flatMap(({ probe, args }) => (probe === 'sql' && typeof args['query'] === 'string' ? tablesIn(args['query']) : []));
    const file = here(intent.where.file);
    const fixtures = intent.given.flatMap(({ fixture }) => project.fixtures.get(fixture) ?? []);
    const says = [...project.fixtures.values()].filter(
      (fixture) => fixture.says !== undefined && intent.journey.some(({ actor }) => actor === 'system'),
    );
    return {
      intent,
      watch: intent.watch.map((glob) => ({ glob, fits: pathMatcher(glob) })),
      surface: { ...surface, tables: [...new Set([...surface.tables, ...tables])] },
      observed: kept.success,
      own: new Set([
        file,
        file.replace(/\.intent\.(ya?ml)$/, '.lock.$1'),
        ...[...used, ...fixtures, ...says].map(({ where }) => here(where.file)),
      ]),
      signedIn: Object.values(intent.actors).some(({ session }) => session !== undefined),
      past: past.past(intent.id),
    };
  });
}

function queriesOf(mode: Mode): ProbeQuery[] {
  if (mode.kind === 'access') return mode.unchanged ? [mode.unchanged] : [];
  return [mode.query];
}
