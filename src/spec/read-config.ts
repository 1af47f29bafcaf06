import { dirname, resolve } from 'node:path';
import { type Config, type Connection, DEFAULT_BUDGET, type Secret, type Target } from '../core/config.ts';
import type { ProbeFace } from '../core/probe.ts';
import { checkShape } from './check-shape.ts';
import { type ConfigText, configShape, defaultsShape } from './config-shape.ts';
import { usesOf } from './invariant-uses.ts';
import { readParity } from './parity-shape.ts';
import { type Below, checkReferences, type Names, type ReferenceContext } from './references.ts';
import { formatPath, type Problems, type Source } from './source.ts';
import { hintFor } from './suggest.ts';

/** The project's settings, or nothing when the shape of the file is wrong. */
export function readConfig(
  source: Source,
  problems: Problems,
  probes: readonly ProbeFace[],
  env: Record<string, string | undefined>,
): Config | undefined {
  const text = checkShape(configShape(probes).file, source.value, source, problems, { salvage: true });
  if (!text) return undefined;
  const names = Object.keys(text.targets);
  const defaultTarget = text.defaultTarget ?? names[0]!;
  if (!names.includes(defaultTarget))
    problems.error(source.at(['defaultTarget']), `defaultTarget: unknown target "${defaultTarget}"`, hintFor(defaultTarget, names));
  checkTemplates(text, defaultTarget, source, problems, { env, secrets: 'not here' });
  const root = dirname(source.file);
  return {
    root,
    file: source.shown,
    intents: text.intents,
    invariants: text.invariants,
    fixtures: text.fixtures,
    defaultTarget,
    targets: mapValues(text.targets, (target, name) => targetOf(name, target, root)),
    productionHosts: text.productionHosts,
    connections: mapValues(text.connections, (connection, name) => connectionOf(name, connection, source, problems, probes)),
    secrets: mapValues(text.secrets, secretOf),
    agents: agentsOf(text, source, problems),
    budget: { ...DEFAULT_BUDGET, ...text.budget },
    artifacts: { ...text.artifacts, dir: resolve(root, text.artifacts.dir) },
    environment: usesOf('environment', text.environment, source),
    defaults: timesOf(text.defaults),
    selection: {
      ignore: text.selection.ignore,
      coverage: text.selection.coverage,
      ...(text.selection.base === undefined ? {} : { base: text.selection.base }),
    },
    parity: readParity(
      text.parity,
      source,
      problems,
      probes,
      new Map(Object.entries(text.connections).map(([name, connection]) => [name, Object.keys(connection)[0]!])),
    ),
    quarantine: text.quarantine,
    modes: text.modes,
    workers: text.workers,
    retries: text.retries,
    browser: text.browser,
    where: source.at([]),
  };
}

const timesOf = ({ within, settle, blind, ...flags }: ConfigText['defaults']): Config['defaults'] => ({
  withinMs: within,
  settleMs: settle,
  blindMs: blind,
  ...flags,
});

/** What holds where no config could be read. */
export const DEFAULT_TIMES = timesOf(defaultsShape.parse({}));

const mapValues = <A, B>(map: Record<string, A>, change: (value: A, key: string) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));

/** Only the default target must be complete on every machine; another's variables are asked for when it is chosen. */
function checkTemplates(text: ConfigText, defaultTarget: string, source: Source, problems: Problems, context: ReferenceContext): void {
  const names: Names = new Map<string, Below>([
    ['app', 'anything'],
    ['target', new Set(['url', 'name'])],
    ['run', new Set(['id'])],
  ]);
  const target = text.targets[defaultTarget];
  const started: Names = target?.start ? new Map([['app', 'anything']]) : new Map();
  checkReferences(target?.url, ['targets', defaultTarget, 'url'], started, source, problems, context);
  checkReferences(target?.origins, ['targets', defaultTarget, 'origins'], started, source, problems, context);
  checkReferences(text.parity.facts, ['parity', 'facts'], names, source, problems, context);
  checkReferences(text.connections, ['connections'], names, source, problems, context);
  for (const [name, secret] of Object.entries(text.secrets))
    checkReferences(secret.origins, ['secrets', name, 'origins'], names, source, problems, context);
}

function targetOf(name: string, { start, production, sharesAddress, ...rest }: ConfigText['targets'][string], root: string): Target {
  const target = {
    ...rest,
    production: production ?? false,
    marked: production !== undefined,
    ...(sharesAddress ? { sharesAddress } : {}),
  };
  if (!start) return { name, ...target };
  return {
    name,
    ...target,
    start: {
      command: start.command,
      env: start.env,
      timeoutMs: start.timeout,
      ...(start.cwd === undefined ? {} : { cwd: resolve(root, start.cwd) }),
    },
  };
}

function connectionOf(
  name: string,
  connection: Record<string, Record<string, unknown> | null | undefined>,
  source: Source,
  problems: Problems,
  probes: readonly ProbeFace[],
): Connection {
  const [probe, settings] = Object.entries(connection)[0]!;
  const base = ['connections', name, probe];
  const schema = probes.find((one) => one.name === probe)?.settings;
  if (schema) checkShape(schema, settings ?? {}, source, problems, { base, templates: true });
  return { name, probe, settings: settings ?? {}, where: source.at(base.slice(0, 2), 'key') };
}

function secretOf({ env, totp, ...rest }: ConfigText['secrets'][string], name: string): Secret {
  // Codes are typed into fields that show them.
  const secret = totp ? { ...rest, totp, fields: [...new Set([...rest.fields, 'text' as const])] } : rest;
  const variable = env ?? (secret.generate ? undefined : name);
  return { name, ...secret, ...(variable === undefined ? {} : { env: variable }) };
}

function agentsOf({ agents }: ConfigText, source: Source, problems: Problems): Config['agents'] {
  const chain: Config['agents']['chain'] =
    agents.chain === 'auto' ? ['replay', 'relocate', 'builtin', ...(agents.model ? (['model'] as const) : [])] : agents.chain;
  for (const [index, name] of chain.entries()) {
    const path = ['agents', 'chain', index];
    if (chain.indexOf(name) < index) problems.error(source.at(path), `${formatPath(path)}: "${name}" is there twice`);
    if (name === 'model' && !agents.model)
      problems.error(source.at(path), `${formatPath(path)}: no model is configured`, 'add  agents: { model: { model: …, baseUrl: … } }');
  }
  if (!agents.model) return { chain };
  const { timeout, ...model } = agents.model;
  return { chain, model: { ...model, timeoutMs: timeout } };
}
