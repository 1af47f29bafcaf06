import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ctrfOf } from '../../../src/report/exports/ctrf.ts';
import { githubAnnotations, githubComment, githubSummary } from '../../../src/report/exports/github.ts';
import { gitlabOf } from '../../../src/report/exports/gitlab.ts';
import { otlpOf } from '../../../src/report/exports/otlp.ts';
import { webhookOf } from '../../../src/report/exports/webhook.ts';
import { foldEvents } from '../../../src/report/fold.ts';
import { allIntents, intents } from '../synthetic/teamspace.ts';
import { tellRun, type ToldIntent } from '../synthetic/telling.ts';
import { writeAllureWithPicture } from './allure-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'exports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const story = async (told: readonly ToldIntent[] = allIntents) => foldEvents(await tellRun(told));

describe('CTRF', () => {
  const status = z.enum(['passed', 'failed', 'skipped', 'pending', 'other']);
  const int = z.number().int();
  const scalar = z.union([z.string(), z.number(), z.boolean()]);
  /** The published schema, as far as it is used; unknown keys are refused as there. */
  const schema = z.strictObject({
    reportFormat: z.literal('CTRF'),
    specVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
    reportId: z.uuid(),
    timestamp: z.iso.datetime(),
    generatedBy: z.string(),
    results: z.strictObject({
      tool: z.strictObject({ name: z.string().min(1), version: z.string() }),
      summary: z.strictObject({
        tests: int,
        passed: int,
        failed: int,
        skipped: int,
        pending: int,
        other: int,
        flaky: int,
        start: int,
        stop: int,
        duration: int,
      }),
      tests: z.array(
        z.strictObject({
          id: z.uuid(),
          name: z.string().min(1),
          status,
          duration: int,
          start: int.optional(),
          stop: int.optional(),
          suite: z.array(z.string()).min(1),
          message: z.string().optional(),
          trace: z.string().optional(),
          line: int,
          rawStatus: z.string(),
          tags: z.array(z.string()),
          labels: z.record(z.string(), scalar),
          type: z.string(),
          filePath: z.string(),
          retries: int,
          flaky: z.boolean(),
          browser: z.string().optional(),
          retryAttempts: z
            .array(z.strictObject({ attempt: int.min(1), status, duration: int, message: z.string().optional() }))
            .min(1)
            .optional(),
          steps: z.array(z.strictObject({ name: z.string(), status })),
        }),
      ),
      environment: z.strictObject({
        appName: z.string(),
        testEnvironment: z.string(),
        osPlatform: z.string(),
        commit: z.string().optional(),
        extra: z.looseObject({}),
      }),
    }),
  });

  test('follows the published schema, and its counts add up', async () => {
    const report = schema.parse(ctrfOf(await story()));
    const { tests, passed, failed, skipped, pending, other } = report.results.summary;
    expect({ tests, passed, failed, skipped, pending, other }).toEqual({
      tests: 11,
      passed: 3,
      failed: 5,
      skipped: 1,
      pending: 0,
      other: 2,
    });
    expect(report.results.tests.find(({ rawStatus }) => rawStatus === 'flaky')).toMatchObject({
      status: 'passed',
      flaky: true,
      retries: 1,
      retryAttempts: [{ attempt: 1, status: 'failed' }],
    });
    expect(
      report.results.tests
        .filter(({ status: one }) => one === 'passed')
        .every(({ rawStatus }) => rawStatus === 'passed' || rawStatus === 'flaky'),
    ).toBe(true);
  });

  test('an intent has the same id in every run', async () => {
    const ids = [schema.parse(ctrfOf(await story())), schema.parse(ctrfOf(foldEvents(await tellRun(allIntents, { run: 'another' }))))].map(
      ({ results }) => results.tests.map(({ id }) => id),
    );
    expect(ids[0]).toEqual(ids[1]);
    expect(new Set(ids[0]).size).toBe(11);
  });
});

test('GitLab: one finding per red intent, at the sentence that stopped', async () => {
  const findings = z
    .array(
      z.strictObject({
        description: z.string().min(1),
        check_name: z.string(),
        fingerprint: z.string().regex(/^[0-9a-f]{32}$/),
        severity: z.enum(['info', 'minor', 'major', 'critical', 'blocker']),
        location: z.strictObject({ path: z.string(), lines: z.strictObject({ begin: z.number().int().min(1) }) }),
      }),
    )
    .parse(gitlabOf(await story()));
  expect(findings).toHaveLength(8);
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(8);
  expect(findings.find(({ check_name: name }) => name === 'intentwright.blocked')).toMatchObject({
    severity: 'blocker',
    location: { path: 'intents/upgrade-to-pro.intent.yaml', lines: { begin: 10 } },
  });
});

describe('Allure', () => {
  const status = z.enum(['passed', 'failed', 'broken', 'skipped', 'unknown']);
  const attachment = z.strictObject({ name: z.string(), source: z.string(), type: z.string() });
  const leaf = {
    name: z.string(),
    status,
    stage: z.literal('finished'),
    start: z.number().int(),
    stop: z.number().int(),
    attachments: z.array(attachment),
    parameters: z.array(z.never()),
    statusDetails: z.looseObject({ message: z.string() }).optional(),
  };
  const result = z.strictObject({
    ...leaf,
    uuid: z.uuid(),
    historyId: z.string(),
    testCaseId: z.string(),
    fullName: z.string(),
    description: z.string(),
    labels: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    links: z.array(z.never()),
    steps: z.array(z.strictObject({ ...leaf, steps: z.array(z.strictObject({ ...leaf, steps: z.array(z.never()) })) })),
  });

  test('a result per attempt, its fixtures, its pictures, each file by its name', async () => {
    const out = join(folder, 'allure');
    await writeAllureWithPicture(folder, out);
    const files = readdirSync(out);
    const results = files
      .filter((name) => name.endsWith('-result.json'))
      .map((name) => {
        const parsed = result.parse(JSON.parse(readFileSync(join(out, name), 'utf8')));
        expect(name).toBe(`${parsed.uuid}-result.json`);
        expect(parsed.stop).toBeGreaterThanOrEqual(parsed.start);
        return parsed;
      });
    expect(results).toHaveLength(12);
    const tries = results.filter(({ fullName }) => fullName.endsWith('#import-csv'));
    expect(tries.map(({ status: one }) => one).sort()).toEqual(['failed', 'passed']);
    expect(new Set(tries.map(({ historyId }) => historyId)).size).toBe(1);
    const [source] = results.flatMap(({ steps }) => steps.flatMap((step) => step.attachments.map((one) => one.source)));
    expect(readFileSync(join(out, source!), 'utf8')).toBe('jpeg');
    for (const name of files.filter((one) => one.endsWith('-container.json'))) {
      const container = z
        .strictObject({
          uuid: z.uuid(),
          name: z.string(),
          children: z.array(z.uuid()).min(1),
          befores: z.array(z.looseObject({ name: z.string(), status })),
          afters: z.array(z.looseObject({ name: z.string() })),
        })
        .parse(JSON.parse(readFileSync(join(out, name), 'utf8')));
      expect(results.map(({ uuid }) => uuid)).toEqual(expect.arrayContaining(container.children));
    }
    expect(readFileSync(join(out, 'environment.properties'), 'utf8')).toContain('target=http://127.0.0.1:4101\n');
  });
});

test('OpenTelemetry: one trace an attempt, every span inside its parent', async () => {
  const attribute = z.strictObject({
    key: z.string(),
    value: z.union([
      z.strictObject({ stringValue: z.string() }),
      z.strictObject({ intValue: z.string().regex(/^-?\d+$/) }),
      z.strictObject({ boolValue: z.boolean() }),
    ]),
  });
  const nano = z.string().regex(/^\d{19}$/);
  const span = z.strictObject({
    traceId: z.string().regex(/^[0-9a-f]{32}$/),
    spanId: z.string().regex(/^[0-9a-f]{16}$/),
    parentSpanId: z.string().optional(),
    name: z.string(),
    kind: z.literal(1),
    startTimeUnixNano: nano,
    endTimeUnixNano: nano,
    attributes: z.array(attribute),
    events: z.array(z.strictObject({ timeUnixNano: nano, name: z.string(), attributes: z.array(attribute) })).optional(),
    status: z.strictObject({ code: z.number().int().min(0).max(2), message: z.string().optional() }),
  });
  const report = z
    .strictObject({
      resourceSpans: z.array(
        z.strictObject({
          resource: z.strictObject({ attributes: z.array(attribute) }),
          scopeSpans: z.array(z.strictObject({ scope: z.strictObject({ name: z.string(), version: z.string() }), spans: z.array(span) })),
        }),
      ),
    })
    .parse(otlpOf(await story()));
  const { spans } = report.resourceSpans[0]!.scopeSpans[0]!;
  const byId = new Map(spans.map((one) => [`${one.traceId}${one.spanId}`, one]));
  expect(byId.size).toBe(spans.length);
  expect(spans.filter(({ parentSpanId }) => parentSpanId === undefined)).toHaveLength(11);
  for (const one of spans) {
    expect(BigInt(one.endTimeUnixNano) >= BigInt(one.startTimeUnixNano)).toBe(true);
    if (one.parentSpanId === undefined) continue;
    const parent = byId.get(`${one.traceId}${one.parentSpanId}`)!;
    expect(BigInt(one.startTimeUnixNano) >= BigInt(parent.startTimeUnixNano), one.name).toBe(true);
  }
});

test('a chat is told the headline and the first sentences, and nobody is called by what a page says', async () => {
  const told = structuredClone(intents.blocked) as ToldIntent;
  told.title = '<!channel> @here <https://evil.test|click> *bold*';
  const message = webhookOf(await story([intents.failed, told]), 'https://ci.test/run/1');
  expect(message.text).toBe('1 of 2 journeys is broken and 1 could not be carried out.');
  const text = JSON.stringify(message);
  expect(text).toContain('<https://ci.test/run/1|report>');
  expect(text.match(/<(?!https:\/\/ci\.test)/g)).toBeNull();
  expect(text).not.toContain('@here');
  expect(JSON.stringify(webhookOf(await story([intents.failed]), 'javascript:alert(1)'))).not.toContain('javascript');
  const many = webhookOf(
    await story(Array.from({ length: 50 }, (_, index) => ({ ...intents.failed, id: `i${index}`, title: 'x'.repeat(500) }))),
  );
  for (const block of many.blocks as { text?: { text: string } }[]) expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3000);
});

describe('GitHub', () => {
  test('annotations stand at the intent’s file and line, ten of each level at most, and say how many more', async () => {
    const text = githubAnnotations(await story());
    expect(text.split('\n')[0]).toBe(
      '::error file=intents/invite-editor.intent.yaml,line=1,title=Invite a teammate as editor (failed%2C product)::The admin invited casey+k3fz@example.test as an editor, but casey+k3fz@example.test is not an active editor of Acme: role is viewer, expected editor.',
    );
    expect(text).toContain('line=10,title=Upgrade to Pro');
    const many = githubAnnotations(await story(Array.from({ length: 25 }, (_, index) => ({ ...intents.failed, id: `invite-${index}` }))));
    expect(many.match(/^::error /gm)).toHaveLength(10);
    expect(many).toContain('::notice title=intentwright::15 more are in the report');
  });

  test('no text can begin a workflow command of its own', async () => {
    const told = structuredClone(intents.blocked) as ToldIntent;
    told.title = 'x::error file=a,line=1::pwned\n::set-output name=a::b %0A::warning::c';
    told.attempts[0]!.steps![0]!.why = 'y\r\n::error::pwned';
    const text = githubAnnotations(await story([told]));
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(text.match(/::/g)).toHaveLength(2);
  });

  test('the summary of 5,000 failures stays under the limit and says what it left out', async () => {
    const many = await story(Array.from({ length: 5000 }, (_, index) => ({ ...intents.failed, id: `invite-${index}` })));
    const summary = githubSummary(many);
    expect(Buffer.byteLength(summary)).toBeLessThan(900 * 1024);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(500 * 1024);
    const told = summary.match(/<details>/g)!.length;
    expect(summary).toContain(`${5000 - told} more stories were left out here for size`);
    const comment = githubComment(many);
    expect(comment.length).toBeLessThan(65_536);
    const rows = comment.match(/^- \*\*failed/gm)!.length;
    expect(comment).toContain(`and ${5000 - rows} more in the report`);
  });

  test('5,000 failures of 5,000 causes are cut as well', async () => {
    const told = Array.from({ length: 5000 }, (_, index) => {
      const one = structuredClone(intents.erroredFixture) as ToldIntent;
      one.id = `reset-${index}`;
      one.attempts[0]!.fixtures![0]!.error = `${index} ${'very '.repeat(40)}long`;
      return one;
    });
    const summary = githubSummary(await story(told));
    expect(Buffer.byteLength(summary)).toBeLessThan(900 * 1024);
    expect(summary).toContain('more causes');
  });

  test('the comment is found again by its marker and tells what matters', async () => {
    expect(githubComment(await story(), 'intentwright')).toMatchSnapshot();
    expect(githubComment(await story(), 'x --> <b>')).toMatch(/^<!-- x--b -->\n/);
  });

  test('the summary links to no file that a summary does not have', async () => {
    const summary = githubSummary(await story());
    expect(summary).not.toMatch(/\]\([\w.-]+\.md\)/);
    expect(summary.match(/<details>/g)).toHaveLength(8);
    expect(summary.match(/<details>/g)).toHaveLength(summary.match(/<\/details>/g)!.length);
  });
});
