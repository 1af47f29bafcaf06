import { z } from 'zod';
import { DEPENDENCY_KINDS, type ParityConfig, PARITY_RULES } from '../core/parity.ts';
import type { ProbeFace } from '../core/probe.ts';
import { readQuery } from './query.ts';
import type { Problems, Source } from './source.ts';
import { hintFor } from './suggest.ts';
import { duration, nameSchema } from './values.ts';

const date = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, { error: (issue) => `"${String(issue.input)}" is not a date: write 2027-01-31, in quotes` });
const systems = z
  .array(z.string())
  .describe('Systems that a difference concerns: an intent that touches one passes no more; "*" is every intent');
const after = z.union([nameSchema, z.strictObject({ fixture: nameSchema, with: z.record(z.string(), z.unknown()).default({}) })]);

const OWN_KEYS = ['rule', 'touches', 'after', 'expect', 'within'];

const fact = z
  .looseObject({
    rule: z.enum(['equal', 'same_shape', 'present', 'subset']).describe('How the two sides must agree').default('equal'),
    touches: systems.default([]),
    after: after.describe('A round trip: this fixture is set up on each side, and the answer is awaited').optional(),
    expect: z.unknown().describe('With `after`: what the answer must look like').optional(),
    within: duration('With `after`: how long that may take').default(10_000),
  })
  .describe('What cannot be seen from outside: a probe and its question, asked on both sides alike; the values never leave their side');

const rule = z
  .strictObject({
    facts: z.string().min(1).describe('Ids of facts; * is anything: header:*:server, cookie:theme'),
    rule: z.enum(PARITY_RULES),
    reason: z.string().min(1).describe('Why it is ignored').optional(),
    until: date.describe('The day on which it is ignored no more').optional(),
    touches: systems.optional(),
  })
  .refine(({ rule: name, reason, until }) => name !== 'ignored' || (reason !== undefined && until !== undefined), {
    error: 'what is ignored needs a reason and an end:  { facts: …, rule: ignored, reason: …, until: "2027-01-31" }',
  });

/** `parity:` of the config. */
export const parityShape = z
  .strictObject({
    against: z.string().describe('A snapshot file, or the name of a target: every run is compared with it').optional(),
    pages: z.array(z.string().startsWith('/')).min(1).describe('Paths that are looked at from outside').default(['/']),
    facts: z.record(z.string().regex(/^[A-Za-z][\w.-]*$/), fact).default({}),
    dependencies: z
      .record(z.string(), z.enum(DEPENDENCY_KINDS))
      .describe('What stands behind a system here: real, simulated, stubbed')
      .default({}),
    rules: z.array(rule).describe('The last that fits a fact counts').default([]),
  })
  .describe('How far the environment under test is like another one, production say');

type ParityText = z.output<typeof parityShape>;

export function readParity(
  text: ParityText,
  source: Source,
  problems: Problems,
  probes: readonly ProbeFace[],
  connections: ReadonlyMap<string, string>,
): ParityConfig {
  const known = new Map(probes.map((probe) => [probe.name, probe]));
  const facts = Object.entries(text.facts).flatMap(([name, { rule: ruling, touches, after: use, expect, within, ...block }]) => {
    const path = ['parity', 'facts', name];
    for (const key of Object.keys(block))
      if (!known.has(key))
        problems.error(
          source.at([...path, key], 'key'),
          `parity.facts.${name}: unknown key "${key}"`,
          hintFor(key, [...OWN_KEYS, ...known.keys()]),
        );
    const query = readQuery(Object.fromEntries(Object.entries(block).filter(([key]) => known.has(key))), path, {
      source,
      problems,
      probes: known,
      connections,
    });
    if (use !== undefined && expect === undefined)
      problems.error(
        source.at(path, 'key'),
        `parity.facts.${name}: missing key "expect"`,
        'a round trip says by `expect` what its answer looks like',
      );
    if (!query) return [];
    const fixture = typeof use === 'string' ? { name: use, params: {} } : use && { name: use.fixture, params: use.with };
    return [
      {
        name,
        query,
        rule: ruling,
        touches,
        withinMs: within,
        ...(fixture ? { after: { ...fixture, where: source.at([...path, 'after']) } } : {}),
        ...(expect === undefined ? {} : { expect }),
      },
    ];
  });
  const rules = text.rules.map(({ facts: pattern, rule: ruling, reason, until, touches }, index) => ({
    facts: pattern,
    rule: ruling,
    where: source.at(['parity', 'rules', index]),
    ...(reason === undefined ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
    ...(touches === undefined ? {} : { touches }),
  }));
  return {
    pages: text.pages,
    facts,
    dependencies: text.dependencies,
    rules,
    ...(text.against === undefined ? {} : { against: text.against }),
  };
}
