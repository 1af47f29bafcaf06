import { expect, test } from 'vitest';
import { foldEvents } from '../../src/report/fold.ts';
import { junitOf } from '../../src/report/junit.ts';
import { allIntents, intents } from './synthetic/teamspace.ts';
import { tellRun, type ToldIntent } from './synthetic/telling.ts';

/** What the schema of the Jenkins xUnit plugin (junit-10) allows: attributes, the required ones with "!", and children. */
const SCHEMA: Record<string, { attributes: string[]; children: string[] }> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    attributes: [
      'name!',
      'tests!',
      'failures!',
      'errors!',
      'group',
      'time',
      'skipped',
      'timestamp',
      'hostname',
      'id',
      'package',
      'file',
      'log',
      'url',
    ],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { attributes: [], children: ['property'] },
  property: { attributes: ['name!', 'value!'], children: [] },
  testcase: {
    attributes: ['name!', 'time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'rerunFailure', 'rerunError', 'flakyFailure', 'flakyError', 'system-out', 'system-err'],
  },
  failure: { attributes: ['type', 'message'], children: [] },
  error: { attributes: ['type', 'message'], children: [] },
  skipped: { attributes: ['type', 'message'], children: [] },
  flakyFailure: { attributes: ['message', 'type!'], children: ['stackTrace', 'system-out', 'system-err'] },
  flakyError: { attributes: ['message', 'type!'], children: ['stackTrace', 'system-out', 'system-err'] },
};

/** Walks well-formed XML and checks every element against the schema. */
function check(xml: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const body = xml.replace(/^<\?xml [^?]*\?>\s*/, '');
  for (const [tag] of body.matchAll(/<[^>]*>/g)) {
    const [, closing, name, attributes, empty] = /^<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>$/.exec(tag) ?? [];
    if (name === undefined) throw new Error(`not well-formed: ${tag}`);
    if (closing) {
      expect(open.pop(), tag).toBe(name);
      continue;
    }
    const rule = SCHEMA[name];
    if (!rule) throw new Error(`unknown element ${name}`);
    const parent = open.at(-1);
    if (parent !== undefined) expect(SCHEMA[parent]!.children, tag).toContain(name);
    const names = [...attributes!.matchAll(/([\w-]+)="/g)].map(([, attribute]) => attribute!);
    for (const attribute of names)
      expect(
        rule.attributes.map((one) => one.replace('!', '')),
        tag,
      ).toContain(attribute);
    for (const wanted of rule.attributes.filter((one) => one.endsWith('!'))) expect(names, tag).toContain(wanted.slice(0, -1));
    expect(new Set(names).size).toBe(names.length);
    seen.push(name);
    if (!empty) open.push(name);
  }
  expect(open).toEqual([]);
  expect(body.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/);
  return seen;
}

test('follows the published schema, for a story of every status', async () => {
  const seen = check(junitOf(foldEvents(await tellRun(allIntents))));
  expect(seen.filter((name) => name === 'testcase')).toHaveLength(allIntents.length);
});

test('tells failures of the product apart from errors of the harness', async () => {
  const xml = junitOf(foldEvents(await tellRun(allIntents)));
  expect(xml).toMatch(/<testsuites name="intentwright" tests="11" failures="5" errors="2"/);
  expect(
    [...xml.matchAll(/<(failure|error|flakyFailure|skipped) message="[^"]*"(?: type="([\w.-]+)")?/g)].map(([, kind, type]) =>
      `${kind} ${type ?? ''}`.trim(),
    ),
  ).toEqual([
    'failure failed.product',
    'failure failed.product',
    'failure blocked.interface-changed',
    'failure unproven.spec',
    'error errored.environment',
    'error errored.fixture',
    'flakyFailure failed.product',
    'failure failed.product',
    'skipped',
  ]);
});

test('page text cannot break out of the XML', async () => {
  const hostile = ']]></failure><testcase name="x"/> & "\u0000\u0008\ufffe\ud800 \u001b[31m';
  const told = structuredClone(intents.failed) as ToldIntent;
  told.title = `Invite ${hostile}`;
  told.attempts[0]!.causeWhy = hostile;
  Object.assign(told.attempts[0]!.invariants![0]!.verdict, { found: hostile, diff: [] });
  const xml = junitOf(foldEvents(await tellRun([told])));
  expect(check(xml).filter((name) => name === 'testcase')).toHaveLength(1);
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/);
  expect(xml).toContain('&lt;testcase name=&quot;x&quot;/&gt; &amp;');
});
