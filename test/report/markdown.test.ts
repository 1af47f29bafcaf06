import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { foldEvents } from '../../src/report/fold.ts';
import { markdownIndex, markdownIntent, writeMarkdown } from '../../src/report/markdown.ts';
import { allIntents, intents } from './synthetic/teamspace.ts';
import { tellRun, type ToldIntent } from './synthetic/telling.ts';

const folder = mkdtempSync(join(tmpdir(), 'markdown-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('one file per intent that is no plain pass, and an index that links them', async () => {
  const out = join(folder, 'all');
  await writeMarkdown(foldEvents(await tellRun(allIntents)), out);
  const files = readdirSync(out).sort();
  expect(files).toEqual([
    'export-report.md',
    'import-csv.md',
    'index.md',
    'invite-editor.md',
    'reset-password.md',
    'search-record.md',
    'sign-up.md',
    'upgrade-to-pro.md',
    'viewer-is-refused.md',
  ]);
  const index = readFileSync(join(out, 'index.md'), 'utf8');
  for (const [, target] of index.matchAll(/\]\(([\w.-]+\.md)\)/g)) expect(files).toContain(target);
  expect(index).toMatchSnapshot();
});

test('writing again leaves nothing of the report before', async () => {
  const out = join(folder, 'again');
  await writeMarkdown(foldEvents(await tellRun(allIntents)), out);
  await writeMarkdown(foldEvents(await tellRun([intents.passed])), out);
  expect(readdirSync(out)).toEqual(['index.md']);
});

test('tells one intent in full', async () => {
  const story = foldEvents(await tellRun([intents.failedJob]));
  expect(markdownIntent(story.intents[0]!, story)).toMatchSnapshot();
});

test('page text is never markup, wherever it comes in', async () => {
  const hostile = '# H\n- [x](javascript:x) <img src=x> ![i](http://evil.test/i) `code` **b** | @octocat https://evil.test';
  const told = structuredClone(intents.blocked) as ToldIntent;
  told.title = hostile;
  told.owner = '@octocat';
  told.attempts[0]!.steps![0]!.why = hostile;
  told.attempts[0]!.steps![0]!.notices = [{ kind: 'alert', text: hostile }];
  Object.assign(told.attempts[0]!.invariants![0]!.verdict, { found: hostile, diff: [hostile], says: hostile });
  told.attempts[0]!.lockfile = { state: 'proposed', patch: '+```\n+# out of the block' };
  const story = foldEvents(await tellRun([told]));
  for (const text of [markdownIndex(story), markdownIntent(story.intents[0]!, story)]) {
    const outsideCode = text.replace(/^(`{3,})[\s\S]*?^\1$/gm, '').replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
    expect(outsideCode).not.toMatch(/<img|(?<!\\)!\[|(?<!\\)\]\((?!upgrade-to-pro\.md)|@octocat|:\/\/evil|^# H|^- \[x/m);
    expect(outsideCode.match(/^#+ /gm)?.every((heading) => heading.length > 0)).toBe(true);
  }
});
