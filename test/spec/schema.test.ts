import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { jsonSchemas } from '../../src/spec/schema.ts';
import { CONFIG, faces, FIXTURES, INTENT, INVARIANTS } from './inline-project.ts';

const schemas = jsonSchemas(faces);

/** Whether an editor that checks by the published schema would be content. */
const accepts = (name: keyof typeof schemas, yaml: string): boolean =>
  z.fromJSONSchema(schemas[name] as Parameters<typeof z.fromJSONSchema>[0]).safeParse(parse(yaml)).success;

test('what loads is also right for an editor', () => {
  expect(accepts('intent', INTENT)).toBe(true);
  expect(accepts('invariants', INVARIANTS)).toBe(true);
  expect(accepts('fixtures', FIXTURES)).toBe(true);
  expect(accepts('config', CONFIG)).toBe(true);
});

test.each([
  ['intent', `${INTENT}colour: red\n`],
  ['intent', 'intent: x\n'],
  ['intent', `${INTENT}within: soon\n`],
  ['intent', `${INTENT}priority: urgent\n`],
  ['invariants', 'a: { says: x, always: { sqll: {} } }'],
  ['invariants', 'a: { says: x, always: { sql: { qurey: x }, expect: none } }'],
  ['invariants', 'a: { unchanged: { sql: { query: x } } }'],
  ['fixtures', 'a: { says: x }'],
  ['config', 'targets: { t: { url: x } }\nconnections: { a: { sql: { sqllite: x } } }'],
] as const)('an editor marks a mistake in %s: %s', (name, yaml) => {
  expect(accepts(name, yaml)).toBe(false);
});

test('a template may stand where a number does, and every question may name its connection', () => {
  expect(accepts('invariants', 'a: { says: x, unchanged: { sql: { on: app, query: q, limit: "${n}" } } }')).toBe(true);
  expect(accepts('invariants', 'a: { says: x, unchanged: { sql: { on: app, query: q, limit: five } } }')).toBe(false);
  expect(
    accepts('config', 'targets: { t: { url: x } }\nconnections: { a: { sql: { postgres: "${env:DB}", poolSize: "${env:N}" } } }'),
  ).toBe(true);
});

test('every key that a person writes is described', () => {
  for (const name of ['intent', 'invariants', 'fixtures', 'config'] as const) {
    const { properties, additionalProperties } = schemas[name] as {
      properties?: Record<string, { description?: string }>;
      additionalProperties?: { properties?: Record<string, { description?: string }> };
    };
    const own = properties ?? additionalProperties!.properties!;
    const silent = Object.keys(own).filter((key) => !own[key]!.description);
    expect({ name, silent }).toEqual({ name, silent: [] });
  }
});

test('a recorded result is right by the schema of results', () => {
  const result = {
    run: 'r',
    startedAt: '2026-11-20T00:00:00Z',
    durationMs: 1,
    exitCode: 1,
    intents: [
      {
        id: 'a',
        title: 'A',
        status: 'failed',
        reason: 'violated',
        cause: 'product',
        causeWhy: 'w',
        quarantined: null,
        sentence: 'x',
        divergence: [{ step: 0, says: 'd' }],
        durationMs: 1,
        attempts: 1,
        agent: { replay: 0, relocate: 0, builtin: 1, model: 0 },
        modelCalls: 0,
        tokens: 0,
        actions: 1,
        adaptations: [],
        verdicts: [
          {
            invariant: 'i',
            says: 's',
            status: 'violated',
            expected: 'e',
            found: 'f',
            readings: 2,
            convergedMs: null,
            vacuous: false,
            reason: 'did-not-converge',
            builtin: false,
          },
        ],
        steps: [{ actor: 'a', text: 't', status: 'done', durationMs: 1, requests: [{ method: 'GET', path: '/', status: 200, ms: 1 }] }],
      },
    ],
  };
  const schema = z.fromJSONSchema(schemas.result as Parameters<typeof z.fromJSONSchema>[0]);
  expect(schema.safeParse(result).success).toBe(true);
  expect(schema.safeParse({ ...result, exitCode: 'one' }).success).toBe(false);
});

test('the public face hands out what teams write with', () => {
  expect(readFileSync(join(import.meta.dirname, '../../src/index.ts'), 'utf8')).toMatch(/defineConfig, defineInvariant/);
});
