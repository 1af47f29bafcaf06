import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allure2, junitXml } from '@allurereport/reader';
import { BufferResultFile, PathResultFile, type RawFixtureResult, type RawTestResult, type ResultsVisitor } from '@allurereport/reader-api';
import { validate } from 'ctrf';
import { afterAll, describe, expect, test } from 'vitest';
import { ctrfOf } from '../../../src/report/exports/ctrf.ts';
import { gitlabOf } from '../../../src/report/exports/gitlab.ts';
import { foldEvents } from '../../../src/report/fold.ts';
import { junitOf } from '../../../src/report/junit.ts';
import { allIntents } from '../synthetic/teamspace.ts';
import { tellRun, type ToldIntent } from '../synthetic/telling.ts';
import { writeAllureWithPicture } from './allure-folder.ts';

// What the makers of each format publish to read or to check it: a copy of a schema may fall behind, their own reader does not.
const folder = mkdtempSync(join(tmpdir(), 'readers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const story = async (told: readonly ToldIntent[] = allIntents) => foldEvents(await tellRun(told));

function visitor() {
  const read = { tests: [] as RawTestResult[], fixtures: [] as RawFixtureResult[], attachments: [] as string[], metadata: [] as string[] };
  const visits = {
    visitTestResult: async (result: RawTestResult) => void read.tests.push(result),
    visitTestFixtureResult: async (result: RawFixtureResult) => void read.fixtures.push(result),
    visitAttachmentFile: async (file: { getOriginalFileName(): string }) => void read.attachments.push(file.getOriginalFileName()),
    visitMetadata: async (metadata: object) => void read.metadata.push(...Object.keys(metadata)),
    visitCheckResult: async () => undefined,
    visitMetrics: async () => undefined,
    visitGlobals: async () => undefined,
  };
  return { read, visits: visits as unknown as ResultsVisitor };
}

const countBy = (statuses: readonly (string | undefined)[]): Record<string, number> =>
  statuses.reduce<Record<string, number>>((counts, status = 'none') => ({ ...counts, [status]: (counts[status] ?? 0) + 1 }), {});

describe('CTRF, by the validator and the schema of its makers', () => {
  test('a run with every status is valid', async () => {
    expect(validate(ctrfOf(await story()))).toMatchObject({ valid: true, errors: [] });
    expect(validate(ctrfOf(await story([])))).toMatchObject({ valid: true, errors: [] });
  });

  test('they refuse a status that is none, and a key that nobody knows', async () => {
    const report = ctrfOf(await story()) as { results: { tests: Record<string, unknown>[] } };
    report.results.tests[0]!['status'] = 'violated';
    expect(validate(report).valid).toBe(false);
    const other = ctrfOf(await story()) as { results: { summary: Record<string, unknown> } };
    other.results.summary['unproven'] = 1;
    expect(validate(other).valid).toBe(false);
  });
});

describe('Allure, by the reader of its makers', () => {
  test('every file is read, with the statuses, the steps and the pictures that were written', async () => {
    const out = join(folder, 'allure');
    await writeAllureWithPicture(folder, out);
    const { read, visits } = visitor();
    for (const name of readdirSync(out)) {
      const file = new PathResultFile(join(out, name), name);
      expect(await allure2.matches!(file), name).toBe(true);
      expect(await allure2.read(visits, file), name).toBe(true);
    }
    expect(countBy(read.tests.map(({ status }) => status))).toEqual({ passed: 3, failed: 6, broken: 2, skipped: 1 });
    expect(
      read.tests
        .filter(({ flaky }) => flaky)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['failed', 'passed']);
    for (const one of read.tests)
      expect(
        [one.uuid, one.historyId, one.testId, one.name, one.fullName].every((value) => typeof value === 'string' && value.length > 0),
      ).toBe(true);
    const invite = read.tests.find(({ fullName }) => fullName?.endsWith('#invite-editor'))!;
    expect(invite.steps!.map((step) => (step.type === 'step' ? step.status : step.type))).toEqual(['passed', 'passed']);
    const named = read.tests
      .flatMap(({ steps = [] }) => steps)
      .flatMap((step) => (step.type === 'step' ? (step.steps ?? []) : []))
      .flatMap((inner) => (inner.type === 'attachment' ? [inner.originalFileName] : []));
    expect(read.attachments).toEqual(named);
    expect(read.fixtures.length).toBeGreaterThan(5);
    expect(read.metadata.sort()).toEqual(['allure2_categories', 'allure2_executor', 'allure_environment']);
  });
});

test('JUnit, by a reader of others: failures apart from errors, and the story in the trace', async () => {
  const xml = junitOf(await story());
  const { read, visits } = visitor();
  expect(await junitXml.read(visits, new BufferResultFile(Buffer.from(xml), 'junit.xml'))).toBe(true);
  expect(countBy(read.tests.map(({ status }) => status))).toEqual({ passed: 3, failed: 5, broken: 2, skipped: 1 });
  for (const { status, message, trace } of read.tests)
    if (status === 'failed' || status === 'broken') expect([message!.length > 20, trace!.includes('Run it again')]).toEqual([true, true]);
});

/** `app/validators/json_schemas/codeclimate.json` of GitLab, and what its model takes a finding's place from. */
test('GitLab: each finding has what its parser asks for, and a fingerprint of its own', async () => {
  const findings = gitlabOf(await story()) as Record<string, unknown>[];
  for (const finding of findings) {
    for (const key of ['description', 'fingerprint', 'severity', 'check_name']) expect(finding[key], key).toBeTypeOf('string');
    expect(finding['location']).toMatchObject({ path: expect.stringMatching(/^[^/].*\.yaml$/), lines: { begin: expect.any(Number) } });
    expect(['info', 'minor', 'major', 'critical', 'blocker', 'unknown']).toContain(finding['severity']);
  }
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
});
