import { expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import type { Turn } from '../../../src/core/decision.ts';
import { control, page, sent, step, walk } from '../pages.ts';

const exported: Turn = {
  step: 0,
  agent: 'builtin',
  action: { kind: 'click', target: 1 },
  target: { role: 'button', name: 'Export as CSV' },
  digest: 'before',
  path: '/reports',
  added: [],
  outcome: { ok: true, requests: [sent('POST', '/exports')], events: [], navigated: false, ms: 1 },
};
const reports = (state: string) =>
  page({
    path: '/reports',
    headings: ['Reports'],
    texts: [`Export of Roadmap: ${state}`],
    controls: [control('button', 'Export as CSV'), ...(state === 'ready' ? [control('link', 'Download', { href: '/exports/1.csv' })] : [])],
  });

it('waits for what an earlier sentence started and does not start it again', async () => {
  const journey = walk(createBuiltin(), step('Download the file once it is ready', { index: 1, before: ['admin: Make a CSV export'] }), [
    exported,
  ]);
  const first = await journey.decide(reports('in progress'));
  expect(first).toMatchObject({ kind: 'act', action: { kind: 'wait' }, why: 'not yet: ready' });
  journey.did(first, reports('in progress'));
  expect(await journey.decide(reports('ready'))).toMatchObject({ kind: 'act', target: { role: 'link', name: 'Download' } });
});

it('never takes a download of what is not there for a new export', async () => {
  const journey = walk(createBuiltin(), step('Download the export', { index: 1, before: ['admin: Export the records as CSV'] }), [
    exported,
  ]);
  expect(await journey.decide(reports('in progress'))).not.toMatchObject({ target: { name: 'Export as CSV' } });
});

it('uses the control again where the sentence itself says the verb', async () => {
  const journey = walk(createBuiltin(), step('Export the records as CSV', { index: 1, before: ['admin: Make a CSV export'] }), [exported]);
  expect(await journey.decide(reports('in progress'))).toMatchObject({ kind: 'act', target: { name: 'Export as CSV' } });
});

it('is where a sentence leads when the one before already went there', async () => {
  const home = page({
    path: '/o/northwind',
    title: 'Welcome · Northwind',
    texts: ['Northwind'],
    controls: [control('link', 'Settings', { href: '/o/northwind/settings', context: { landmark: 'navigation' } })],
  });
  const opening = step('Open the workspace as soon as it is ready', {
    index: 1,
    before: ['admin: Create the workspace "Northwind" with the team size "2–10 people"'],
  });
  expect(await walk(createBuiltin(), opening).decide(home)).toEqual({ kind: 'step-done', why: 'the page is about “Northwind” already' });
  const early = page({ path: '/o/northwind', title: 'Northwind', texts: ['Northwind is being set up.'], controls: [] });
  expect(await walk(createBuiltin(), opening).decide(early)).toMatchObject({ kind: 'act', action: { kind: 'wait' } });
});

it('says in whole words which mail it expects', async () => {
  const inbox = page({ controls: [] });
  expect(
    await walk(createBuiltin(), step('Open the verification mail and follow its link', { hasMailbox: true })).decide(inbox),
  ).toMatchObject({ action: { kind: 'read-mail' }, why: 'a mail about verification is expected' });
});

it('does not ask where a name went that the page was about before anything was typed', async () => {
  const journey = walk(createBuiltin(), step('Create the page "Launch plan" with the text "Step one"'));
  const form = (text: string) =>
    page({
      path: '/edit',
      headings: ['Creating Launch plan'],
      controls: [control('textbox', 'Content', { value: text }), control('button', 'Save page', { attrs: { type: 'submit' } })],
    });
  const typed = await journey.decide(form(''));
  expect(typed).toMatchObject({ action: { kind: 'fill', value: { text: 'Step one' } } });
  journey.did(typed, form(''));
  const saved = await journey.decide(form('Step one'));
  expect(saved).toMatchObject({ target: { name: 'Save page' } });
  journey.did(saved, form('Step one'), { requests: [sent('POST', '/pages')], navigated: true });
  expect(await journey.decide(page({ path: '/pages/1', headings: ['Launch plan'], texts: ['Step one'], controls: [] }))).toMatchObject({
    kind: 'step-done',
  });
});
