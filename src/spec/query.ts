import type { ProbeQuery } from '../core/invariant.ts';
import type { ProbeFace } from '../core/probe.ts';
import { checkShape } from './check-shape.ts';
import { formatPath, type Path, type Problems, type Source } from './source.ts';
import { hintFor } from './suggest.ts';

export interface QueryContext {
  source: Source;
  problems: Problems;
  probes: ReadonlyMap<string, ProbeFace>;
  /** Connection name → probe name; undefined when the config could not be read. */
  connections?: ReadonlyMap<string, string>;
}

/** The one question that a block asks: `sql: { on: app, query: … }`. Its schema is the probe's own. */
export function readQuery(block: Record<string, unknown>, path: Path, context: QueryContext): ProbeQuery | undefined {
  const { source, problems, probes } = context;
  const asked = Object.keys(block).filter((key) => probes.has(key) && block[key] !== undefined);
  if (asked.length !== 1) {
    problems.error(
      source.at(path, 'key'),
      `${formatPath(path)}: ${asked.length === 0 ? 'it asks no probe' : `it asks ${asked.join(' and ')}; one is asked at a time`}`,
      `probes: ${[...probes.keys()].join(', ')}`,
    );
    return undefined;
  }
  const probe = probes.get(asked[0]!)!;
  const at = [...path, probe.name];
  const { on, ...args } = block[probe.name] as Record<string, unknown>;
  if (on !== undefined && typeof on !== 'string') {
    problems.error(source.at([...at, 'on']), `${formatPath([...at, 'on'])}: expected the name of a connection`);
    return undefined;
  }
  checkShape(probe.query, args, source, problems, { base: at, templates: true });
  const connection = context.connections ? connectionFor(probe, on, at, context, context.connections) : on;
  return { probe: probe.name, ...(connection === undefined ? {} : { on: connection }), args };
}

function connectionFor(
  probe: ProbeFace,
  on: string | undefined,
  at: Path,
  { source, problems }: QueryContext,
  connections: ReadonlyMap<string, string>,
): string | undefined {
  const fitting = [...connections].filter(([, of]) => of === probe.name).map(([name]) => name);
  if (on !== undefined) {
    const where = source.at([...at, 'on']);
    const label = formatPath([...at, 'on']);
    if (!connections.has(on))
      problems.error(
        where,
        `${label}: unknown connection "${on}"`,
        fitting.length > 0 ? hintFor(on, fitting) : `the config has no connection for ${probe.name}`,
      );
    else if (connections.get(on) !== probe.name)
      problems.error(
        where,
        `${label}: the connection "${on}" is for ${connections.get(on)}, not for ${probe.name}`,
        fitting.length > 0 ? hintFor(on, fitting) : undefined,
      );
    return on;
  }
  const needed = probe.settings !== undefined && !probe.settings.safeParse({}).success;
  if (fitting.length === 1) return fitting[0];
  if (fitting.length > 1) problems.error(source.at(at, 'key'), `${formatPath(at)}: which connection? say on: ${fitting.join(' or ')}`);
  else if (needed)
    problems.error(
      source.at(at, 'key'),
      `${formatPath(at)}: the config has no connection for ${probe.name}`,
      `add one under connections, for example  app: { ${probe.name}: … }`,
    );
  return undefined;
}
