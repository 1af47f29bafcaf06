import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { junitXml } from '@allurereport/reader';
import { BufferResultFile, type ResultsVisitor } from '@allurereport/reader-api';
import { validate } from 'ctrf';
import { afterAll, describe, expect, test } from 'vitest';
import { writeAllure } from '../../../src/report/exports/allure.ts';
import { ctrfOf } from '../../../src/report/exports/ctrf.ts';
import { githubAnnotations, githubComment, githubSummary } from '../../../src/report/exports/github.ts';
import { gitlabOf } from '../../../src/report/exports/gitlab.ts';
import { otlpOf } from '../../../src/report/exports/otlp.ts';
import { webhookOf } from '../../../src/report/exports/webhook.ts';
import { junitOf } from '../../../src/report/junit.ts';
import { markdownIndex, markdownIntent } from '../../../src/report/markdown.ts';
import type { RunStory } from '../../../src/report/story.ts';
import { terminalReport } from '../../../src/report/terminal.ts';
import { allIntents } from '../synthetic/teamspace.ts';
import { hostileStory, PAYLOADS } from '../synthetic/hostile.ts';

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** Every report that is text, by its name. The HTML report is opened in a browser, in html.test.ts. */
async function sinks(story: RunStory): Promise<Record<string, string>> {
  const allure = mkdtempSync(join(folder, 'allure-'));
  await writeAllure(story, allure, join(folder, 'none'));
  const markdown = {
    index: markdownIndex(story),
    intents: story.intents.map((intent) => markdownIntent(intent, story)).join('\n'),
    summary: githubSummary(story),
    comment: githubComment(story),
  };
  return {
    terminal: terminalReport(story, { columns: 100, colours: false, why: true, reports: [] }),
    ...markdown,
    annotations: githubAnnotations(story),
    junit: junitOf(story),
    ctrf: json(ctrfOf(story)),
    gitlab: json(gitlabOf(story)),
    otlp: json(otlpOf(story)),
    webhook: json(webhookOf(story, 'https://ci.test/1')),
    ...Object.fromEntries(readdirSync(allure).map((name) => [`allure ${name}`, readFileSync(join(allure, name), 'utf8')])),
  };
}

const MARKDOWN = ['index', 'intents', 'summary', 'comment'];

/** What a reader of Markdown takes for mark-up: outside of fences and code spans, with what is escaped taken out. */
function markup(text: string): string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence !== undefined) {
      if (mark && mark[1]![0] === fence[0] && mark[1]!.length >= fence.length && mark[2]!.trim() === '') fence = undefined;
      continue;
    }
    if (mark && !(mark[1]![0] === '`' && mark[2]!.includes('`'))) fence = mark[1];
    else lines.push(withoutCode(line).replace(/\\[\\`*_{}[\]()#+\-.!|<>~$=]/g, ''));
  }
  expect(fence, 'a fence that nobody closed').toBeUndefined();
  return lines;
}

/** Code spans close with as many back-ticks as they began with. */
function withoutCode(line: string): string {
  const shown = line.replace(/\\`/g, '');
  return shown.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');
}

describe.each(Object.entries(PAYLOADS))('text that tries %s', (name, payload) => {
  test('comes through nowhere as anything but text', async () => {
    const story = await hostileStory(payload);
    const written = await sinks(story);
    const marker = payload.split(/\s/)[0]!;
    for (const [sink, text] of Object.entries(written)) {
      if (!/environment|categories|executor/.test(sink) && sink !== 'webhook') expect(text, sink).toContain(marker);
      // Escape sequences, carriage returns, turned text, hidden text.
      expect(text, sink).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b]/);
      if (sink !== 'annotations') expect(text, sink).not.toMatch(/^\s*::[a-z-]+[ :]/m);
      expect(text, sink).not.toMatch(/##(?:vso|teamcity)?\[/);
    }
    for (const sink of MARKDOWN) {
      for (const line of markup(written[sink]!)) {
        const ours = line.replace(/<\/?(?:details|summary)>|<!-- intentwright -->/g, '').replace(/\]\([\w.-]+\.md\)/g, '');
        expect(ours, sink).not.toMatch(/[<>]|\]\(|!\[|:\/\/|www\.|@\w|\$x\$|~~/);
        expect(ours.replace(/&#35;/g, ''), sink).not.toMatch(/#\d/);
        if (/^#/.test(ours)) expect(ours, sink).toMatch(/^#{1,3} \S/);
        if (/^(?:-{3,}|={3,}|>)/.test(ours)) throw new Error(`${sink}: ${ours}`);
      }
      const shown = markup(written[sink]!).join('\n');
      expect(shown.match(/<details>/g)?.length ?? 0).toBe(shown.match(/<\/details>/g)?.length ?? 0);
    }
    const rows = markdownIndex(story)
      .split('\n')
      .filter((line) => line.startsWith('| '));
    for (const row of rows) expect(row.replace(/\\\|/g, '').match(/\|/g)).toHaveLength(5);
    for (const line of written['annotations']!.trimEnd().split('\n'))
      expect(line).toMatch(/^::(?:error|warning|notice) (?:file=[^,:]+,line=\d+,)?title=[^:]*::(?:(?!::).)*$/);

    const cases: string[] = [];
    const visits = {
      visitTestResult: async (result: { name?: string }) => void cases.push(result.name ?? ''),
      visitAttachmentFile: async () => undefined,
    } as unknown as ResultsVisitor;
    expect(await junitXml.read(visits, new BufferResultFile(Buffer.from(written['junit']!), 'junit.xml'))).toBe(true);
    expect(cases).toHaveLength(allIntents.length);
    expect(validate(JSON.parse(written['ctrf']!))).toMatchObject({ valid: true });

    // <!channel>, <@U123>, <url|text>; bare addresses and Markdown for the chats that read it.
    const chat = written['webhook']!.replaceAll('<https://ci.test/1|report>', '');
    expect(chat).not.toMatch(/<|\]\(|!\[|@(?:here|channel|everyone)|#general|(?<!"url": ")https?:\/\//);
  });

  test(`is told apart (${name})`, () => expect(payload).toMatch(/^pwn-/));
});

test('each check can fail', () => {
  expect(markup('a <b> `x <i>` \\<c> \n```\n<in>\n```\n[x](y)')).toEqual(['a <b>  c> ', '[x](y)']);
  expect(() => markup('```js\nx')).toThrow(/nobody closed/);
});
