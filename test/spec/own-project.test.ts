import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { defects } from '../../demo/defects.ts';
import { referencesOf } from '../../src/core/template.ts';
import { loadProject } from '../../src/spec/load.ts';
import { jsonSchemas } from '../../src/spec/schema.ts';
import { probes } from '../../src/oracle/probes/index.ts';

const root = join(import.meta.dirname, '../..');
const { project, problems } = await loadProject({ root, probes, env: {} });
const intents = new Map((project?.intents ?? []).map((intent) => [intent.id, intent]));
const read = (path: string): unknown => parse(readFileSync(join(root, path), 'utf8'));

test('this repository’s own files load without a problem, warnings included', () => {
  expect(problems).toEqual([]);
  expect(intents.size).toBeGreaterThanOrEqual(16);
});

test('no sentence tells an agent how the page is built', () => {
  const told = [...intents.values()]
    .flatMap((intent) => intent.journey.map((step) => step.text))
    .filter((text) => /[#.][a-z][\w-]*\s*[>{]|\bcss\b|\bxpath\b|data-|\[.*=.*\]|selector|\bdiv\b/i.test(text));
  expect(told).toEqual([]);
});

test('every journey proves something about the one thing that it is for, and is kept apart by its run', () => {
  for (const intent of intents.values()) {
    const modes = [...intent.then, ...intent.requires].map((use) => project!.invariants.get(use.name)!.mode.kind);
    expect({ id: intent.id, proves: modes.some((mode) => ['eventually', 'changes', 'increases_by', 'access'].includes(mode)) }).toEqual({
      id: intent.id,
      proves: true,
    });
    expect(intent.given.length).toBeGreaterThan(0);
  }
});

test('every invariant is used by an intent, or asked of the environment', () => {
  const used = new Set(
    [...[...intents.values()].flatMap((intent) => [...intent.then, ...intent.requires]), ...project!.config.environment].map(
      (use) => use.name,
    ),
  );
  expect([...project!.invariants.keys()].filter((name) => !used.has(name))).toEqual([]);
});

test('every incident of the sample application is expected to be noticed by journeys that exist', () => {
  const expected = read('evals/defects-expected.yaml') as Record<string, string[]>;
  expect(Object.keys(expected)).toEqual(defects.map((defect) => defect.name));
  expect(
    Object.values(expected)
      .flat()
      .filter((id) => !intents.has(id)),
  ).toEqual([]);
  expect(Object.values(expected).filter((ids) => ids.length === 0)).toEqual([]);
});

test('every journey has three other phrasings with the same values', () => {
  const files = readdirSync(join(root, 'evals/phrasings')).filter((file) => file.endsWith('.yaml'));
  expect(files.map((file) => file.replace('.yaml', '')).toSorted()).toEqual([...intents.keys()].toSorted());
  for (const file of files) {
    const spoken = intents.get(file.replace('.yaml', ''))!.journey.filter((step) => step.actor !== 'system');
    const phrasings = read(`evals/phrasings/${file}`) as string[][];
    expect({ file, phrasings: phrasings.length }).toEqual({ file, phrasings: 3 });
    for (const phrasing of phrasings) {
      const values = (text: string) =>
        referencesOf(text)
          .map((reference) => reference.raw)
          .toSorted();
      expect({ file, values: phrasing.map(values) }).toEqual({ file, values: spoken.map((step) => values(step.text)) });
      expect(phrasing).not.toEqual(spoken.map((step) => step.text));
    }
  }
});

test('the published schemas are those of the code', () => {
  for (const [name, schema] of Object.entries(jsonSchemas(probes))) {
    expect({ name, schema: JSON.parse(readFileSync(join(root, `schemas/${name}.schema.json`), 'utf8')) as unknown }).toEqual({
      name,
      schema: JSON.parse(JSON.stringify(schema)),
    });
  }
});

test('the files are plain YAML for every other tool, too', () => {
  for (const folder of ['intents', 'intents/fixtures', 'invariants']) {
    for (const file of readdirSync(join(root, folder)).filter((name) => name.endsWith('.yaml')))
      expect(() => read(`${folder}/${file}`)).not.toThrow();
  }
});
