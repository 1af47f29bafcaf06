import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

const first = async (sentence: string, on: ReturnType<typeof page>) => told(await walk(createBuiltin(), step(sentence)).decide(on));

describe('an application in one page', () => {
  it('while it only says what it is starting, it is waited for', async () => {
    const splash = page({ controls: [control('generic', 'Preparing your workspace… Version 4')] });
    expect(await first('Sign in with the password ${secret:PW}', splash)).toBe('wait');
  });

  it('a card that is pressed as a whole is opened by the name that it begins with', async () => {
    const card = (name: string, rest: string) => [
      control('row', `${name} ${rest}`, { context: { row: `${name} ${rest}` } }),
      control('generic', `${name} ${rest} Menu`, { context: { row: `${name} ${rest}` } }),
      control('button', 'Menu', { context: { row: `${name} ${rest}` } }),
    ];
    const files = page({
      controls: [
        control('button', 'New file'),
        ...card('Garden plan', 'Available for download'),
        ...card('Garden plan 2025', 'Available for download'),
        control('link', 'Change', { href: '/server' }),
      ],
    });
    expect(await first('Open the file "Garden plan 2025"', files)).toBe('click row Garden plan 2025 Available for download');
  });

  it('a dialog with several ways on is no question whether to go on, while what the sentence quotes has no place', async () => {
    const bar = [control('button', 'Add shelf')];
    const board = page({ controls: bar });
    const kinds = page({
      dialog: 'Add shelf',
      controls: [
        control('generic', 'Add shelf', { context: { heading: 'Add shelf' } }),
        control('button', 'Close'),
        control('button', 'Create a wooden shelf', { context: { row: 'Create a wooden shelf and put books on it.' } }),
        control('button', 'Set up a shelf by scanner', { context: { row: 'Connect a scanner.' } }),
      ],
    });
    const form = page({
      dialog: 'New wooden shelf',
      controls: [
        control('textbox', 'Name:', { value: '', form: 1 }),
        control('button', 'Back', { form: 1 }),
        control('button', 'Create', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
    const journey = walk(createBuiltin(), step('Add a wooden shelf named "Poetry"'));
    const opens = await journey.decide(board);
    expect(told(opens)).toBe('click button Add shelf');
    journey.did(opens, board, { requests: [sent('POST', '/sync')], added: ['dialog "Add shelf"'] });
    const kind = await journey.decide(kinds);
    expect(told(kind)).toBe('click button Create a wooden shelf');
    journey.did(kind, kinds, { requests: [sent('POST', '/sync')], added: ['dialog "New wooden shelf"'] });
    const name = await journey.decide(form);
    expect(told(name)).toBe('fill textbox Name: = Poetry');
  });

  it('a link that only shows a sign is followed for where it leads', async () => {
    const sign = (name: string, href: string) => ({ ...control('link', name, { href }) });
    const shell = page({ controls: [sign('folder', '/app/files'), sign('lens_blur', '/app/guests'), sign('bolt', '/app/rules')] });
    for (const candidate of shell.candidates) candidate.print.text = '';
    expect(await first('Change the role of the guest Tom Beck to Reader', shell)).toBe('click link lens_blur');
  });

  it('what covers the page and can be put off is put off, although it is not marked as a dialog', async () => {
    const covered = page({
      controls: [
        control('link', 'Plants', { href: '/plants', coveredBy: 'div “overlay”' }),
        control('button', 'Skip'),
        control('button', 'Save', { disabled: true }),
      ],
    });
    expect(await first('Open "Fern" in Plants', covered)).toBe('click button Skip');
  });

  it('the row that is pressed as a whole is opened', async () => {
    const row = (name: string) => control('row', `Rita Vos draft ${name}`, { context: { row: `Rita Vos draft ${name}` } });
    const cell = (name: string) => ({ text: name, role: 'cell', context: { row: `Rita Vos draft ${name}` } });
    const list = page({ headings: ['Plants'], texts: ['Fern', 'Fern tree'].map(cell), controls: ['Fern', 'Fern tree'].map(row) });
    expect(await first('Open the plant "Fern"', list)).toBe('click row Rita Vos draft Fern');
    expect(await first('Set the height of the plant "Fern" to 40', list)).toBe('click row Rita Vos draft Fern');
  });

  it('a field that only shows what was chosen is opened by what it stands in', async () => {
    const form = page({
      path: '/plants/1',
      headings: ['Fern'],
      controls: [
        control('generic', 'Draft expand_more', { at: [5, 90] }),
        control('textbox', 'Pick one…', {
          value: 'Draft',
          beside: 'Status',
          readonly: true,
          coveredBy: 'div “Draft expand_more”',
          at: [20, 92],
        }),
        control('button', 'Save', { at: [900, 20] }),
      ],
    });
    form.candidates[0]!.print.box = { x: 5, y: 88, w: 300, h: 44 };
    const journey = walk(createBuiltin(), step('Set the status of the plant "Fern" to "Published"'));
    const opens = await journey.decide(form);
    expect(told(opens)).toBe('click generic Draft expand_more');
    const open = page({
      path: '/plants/1',
      headings: ['Fern'],
      controls: [
        control('generic', 'Draft expand_more', { at: [5, 90] }),
        control('button', 'Save', { at: [900, 20] }),
        ...['Draft', 'Published', 'Archived'].map((name) => control('button', name, { path: 'div/ul/button' })),
      ],
    });
    journey.did(opens, form, { added: ['button "Draft"', 'button "Published"', 'button "Archived"'] });
    expect(told(await journey.decide(open))).toBe('click button Published');
  });

  it('the one control in the head of the page that saves sends all fields below it', async () => {
    const form = page({
      path: '/settings',
      headings: ['Settings'],
      controls: [
        control('button', 'Save', { path: 'header/div', context: { landmark: 'banner' } }),
        control('textbox', 'Garden motto', { path: 'main/div', value: '', context: { landmark: 'main' } }),
        control('textbox', 'Garden name', { path: 'main/div', value: 'Old', context: { landmark: 'main' } }),
        control('button', 'edit', { path: 'main/div', context: { landmark: 'main', row: 'Owner ann@example.test' } }),
      ],
    });
    const filled = {
      ...form,
      digest: 'filled',
      candidates: form.candidates.map((candidate) => (candidate.name === 'Garden name' ? { ...candidate, value: 'Harbour' } : candidate)),
    };
    const journey = walk(createBuiltin(), step('Change the garden name to "Harbour"'));
    const types = await journey.decide(form);
    expect(told(types)).toBe('fill textbox Garden name = Harbour');
    journey.did(types, form);
    expect(told(await journey.decide(filled))).toBe('click button Save');
  });

  it('Enter that sent nothing has done nothing, and leads to no other control', async () => {
    const form = page({
      path: '/settings',
      headings: ['Settings'],
      controls: [
        control('textbox', 'Garden name', { path: 'main/div', value: 'Harbour' }),
        control('button', 'edit', { path: 'main/div', context: { row: 'Owner ann@example.test' } }),
      ],
    });
    const journey = walk(createBuiltin(), step('Change the garden name to "Harbour"'));
    let decision = await journey.decide({
      ...form,
      digest: 'empty',
      candidates: form.candidates.map((candidate) => (candidate.name === 'Garden name' ? { ...candidate, value: 'Old' } : candidate)),
    });
    for (let turn = 0; turn < 6 && decision.kind === 'act'; turn++) {
      expect(told(decision)).not.toContain('edit');
      journey.did(decision, form);
      decision = await journey.decide(form);
    }
    expect(decision.kind).toBe('give-up');
  });

  it('a link that led to a form has made nothing, whatever the page sent meanwhile: what was filled in is still to be sent', async () => {
    const list = page({ path: '/plants', headings: ['Plants'], controls: [control('link', 'Create', { href: '/plants/+' })] });
    const form = (value: string) =>
      page({
        path: '/plants/+',
        headings: ['New plant'],
        controls: [
          control('textbox', 'Name', { value, path: 'main/div' }),
          control('button', 'Save', { path: 'header/div', at: [900, 5] }),
        ],
      });
    const journey = walk(createBuiltin(), step('Create a plant named "Fern"'));
    const leads = await journey.decide(list);
    journey.did(leads, list, { navigated: true, requests: [sent('PATCH', '/me/last-page')] });
    const types = await journey.decide(form(''));
    expect(told(types)).toBe('fill textbox Name = Fern');
    journey.did(types, form(''));
    expect(told(await journey.decide(form('Fern')))).toBe('click button Save');
  });

  it("what an application sends wherever one goes is nobody's deed, and what leads to a role gives nobody that role", async () => {
    const people = page({
      path: '/people',
      headings: ['People'],
      controls: [control('link', 'Tom Beck', { href: '/people/7', context: { row: 'Tom Beck Editors' } })],
    });
    const person = page({
      path: '/people/7',
      headings: ['Tom Beck'],
      controls: [control('button', 'eye Reviewers', { context: { landmark: 'navigation People' } })],
    });
    const [start, all] = ['/start', '/people'].map((path) => page({ path, controls: [control('link', path, { href: path })] }));
    const journey = walk(createBuiltin(), step('Change the role of Tom Beck to Reviewers'));
    for (const [on, name] of [
      [start, 'Home'],
      [all, 'People'],
    ] as const)
      journey.turns.push({
        step: 0,
        agent: 'builtin',
        action: { kind: 'click', target: 1 },
        digest: on!.digest,
        path: on!.path,
        added: [],
        target: { role: 'link', name },
        outcome: { ok: true, requests: [sent('PATCH', '/me/last-page')], events: [], navigated: true, ms: 1 },
      });
    const opens = await journey.decide(people);
    expect(told(opens)).toBe('click link Tom Beck');
    journey.did(opens, people, { navigated: true, requests: [sent('PATCH', '/me/last-page')] });
    const next = await journey.decide(person);
    expect(next).toMatchObject({ kind: 'act', tentative: true });
    journey.did(next, person, { navigated: true, requests: [sent('PATCH', '/me/last-page')] });
    expect(
      (
        await journey.decide(
          page({
            path: '/people?role=2',
            headings: ['Reviewers'],
            controls: person.candidates.map(({ role, name, context }) => control(role, name, { context })),
          }),
        )
      ).kind,
    ).not.toBe('step-done');
  });

  it('Enter is not pressed in a field that only shows what was chosen', async () => {
    const form = (value: string) =>
      page({
        path: '/plants/+',
        headings: ['New plant'],
        controls: [
          control('textbox', 'Name', { value, path: 'main/div' }),
          control('textbox', 'Status', { value: 'Draft', readonly: true, path: 'main/div' }),
        ],
      });
    const journey = walk(createBuiltin(), step('Create a plant with the name "Fern" and the status "Draft"'));
    const types = await journey.decide(form(''));
    expect(told(types)).toBe('fill textbox Name = Fern');
    journey.did(types, form(''));
    expect(told(await journey.decide(form('Fern')))).toBe('press textbox Name Enter');
  });
});
