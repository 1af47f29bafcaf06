import { z } from 'zod';
import type { ProbeFace } from '../core/probe.ts';
import { resultSchema } from '../core/result.ts';
import { configShape } from './config-shape.ts';
import { fixturesShape } from './fixture-shape.ts';
import { intentShape } from './intent-shape.ts';
import { invariantShape } from './invariant-shape.ts';

export type SchemaName = 'intent' | 'invariants' | 'fixtures' | 'config' | 'result';

type Json = Record<string, unknown>;

/** The published JSON Schemas, by which editors complete and check the files. The probes' own questions and settings are in them. */
export function jsonSchemas(probes: readonly ProbeFace[]): Record<SchemaName, object> {
  const invariants = invariantShape(probes);
  const config = configShape(probes);
  return {
    intent: toJson(intentShape, 'An intent'),
    invariants: toJson(
      invariants.file,
      'Invariants',
      new Map([...invariants.slots].map(([slot, probe]) => [slot, { $ref: `#/$defs/${probe.name}` }])),
      definitions([...invariants.slots.values()], questionOf),
    ),
    fixtures: toJson(fixturesShape, 'Fixtures'),
    config: toJson(
      config.file,
      'Configuration',
      new Map([...config.slots].map(([slot, probe]) => [slot, { $ref: `#/$defs/${probe.name}` }])),
      definitions([...config.slots.values()], (probe) => lenient(plain(probe.settings!))),
    ),
    result: toJson(resultSchema, 'The result of a run', new Map(), undefined, 'output'),
  };
}

function definitions(probes: readonly ProbeFace[], make: (probe: ProbeFace) => Json): Json {
  return Object.fromEntries(probes.map((probe) => [probe.name, { ...make(probe), description: probe.about }]));
}

/** A probe's question with `on`, which every question may have. */
function questionOf(probe: ProbeFace): Json {
  const withOn = (schema: Json): Json => {
    const both = (['anyOf', 'oneOf', 'allOf'] as const).filter((key) => Array.isArray(schema[key]));
    const nested = Object.fromEntries(both.map((key) => [key, (schema[key] as Json[]).map(withOn)]));
    if (schema['type'] !== 'object') return { ...schema, ...nested };
    return {
      ...schema,
      ...nested,
      properties: { on: { type: 'string', description: 'The connection of the config to ask' }, ...(schema['properties'] as Json) },
    };
  };
  return withOn(lenient(plain(probe.query)));
}

function plain(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Json;
  return rest;
}

/** `${…}` may stand where a number, a truth value or a text of a certain form stands: it is known only when a run begins. */
function lenient(schema: unknown): Json {
  const change = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(change);
    if (value === null || typeof value !== 'object') return value;
    const map = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)])) as Json;
    const strictText = map['type'] === 'string' && (map['format'] ?? map['pattern'] ?? map['enum']) !== undefined;
    if (!strictText && !['number', 'integer', 'boolean'].includes(String(map['type']))) return map;
    return {
      anyOf: [map, { type: 'string', pattern: '\\$\\{' }],
      ...(map['description'] === undefined ? {} : { description: map['description'] }),
    };
  };
  return change(schema) as Json;
}

function toJson(
  schema: z.ZodType,
  title: string,
  slots: ReadonlyMap<z.ZodType, Json> = new Map(),
  defs?: Json,
  io: 'input' | 'output' = 'input',
): object {
  const json = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
    override: ({ zodSchema, jsonSchema }) => {
      const slot = slots.get(zodSchema as unknown as z.ZodType);
      if (slot) {
        for (const key of Object.keys(jsonSchema)) delete jsonSchema[key as keyof typeof jsonSchema];
        Object.assign(jsonSchema, slot);
      }
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      // Defaults of durations are milliseconds inside, and text in the files.
      if (typeof jsonSchema.default === 'number' && jsonSchema.type === 'string') delete jsonSchema.default;
    },
  }) as Json;
  const { $schema, ...rest } = json;
  const merged = defs ? { ...(rest['$defs'] as Json | undefined), ...defs } : rest['$defs'];
  return { $schema, title, ...rest, ...(merged ? { $defs: merged } : {}) };
}
