import { expect, test } from 'vitest';
import { foldEvents } from '../../src/report/fold.ts';
import { junitOf } from '../../src/report/junit.ts';
import { allIntents, intents } from './synthetic/teamspace.ts';
import { tellRun } from './synthetic/telling.ts';

test('tells failures of the product apart from errors of the harness', async () => {
  const xml = junitOf(foldEvents(await tellRun(allIntents)));
  expect(xml).toMatch(/<testsuite name="teamspace" tests="11" failures="5" errors="2" skipped="1"/);
  expect([...xml.matchAll(/<(failure|error) message="[^"]*" type="([\w.-]+)"/g)].map(([, kind, type]) => `${kind} ${type}`)).toEqual([
    'failure failed.product', 'failure failed.product', 'failure blocked.interface-changed', 'failure unproven.spec', 'error errored.environment', 'error errored.fixture', 'failure failed.product',
  ]);
  expect(xml).toMatch(/<testcase name="Import a CSV[^>]*>\s*<properties>[\s\S]*?value="flaky"[\s\S]*?<\/properties>\s*<system-out>Passed only on attempt 2/);
});

test('page text cannot break out of the XML', async () => {
  const hostile = ']]></failure><testcase name="x"/> & "\u0000\u0008\ufffe\ud800 \u001b[31m';
  const told = structuredClone(intents.failed);
  told.title = `Invite ${hostile}`;
  told.attempts[0]!.invariants![0]!.verdict.found = hostile;
  told.attempts[0]!.invariants![0]!.verdict.diff = [];
  const xml = junitOf(foldEvents(await tellRun([told])));
  expect(xml.match(/<testcase /g)).toHaveLength(1);
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/);
  expect(xml).toContain('&lt;testcase name=&quot;x&quot;/&gt; &amp;');
});
