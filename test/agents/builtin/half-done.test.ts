import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

const first = async (sentence: string, on: ReturnType<typeof page>) => told(await walk(createBuiltin(), step(sentence)).decide(on));

describe('what was only begun is not called done', () => {
  it('a page that asks what is to be changed has changed nothing', async () => {
    const list = page({
      path: '/officers',
      headings: ['Officers'],
      controls: [control('link', 'Change', { href: '/officers/1', context: { row: 'H. Lindqvist No Change' } })],
      texts: [{ text: 'H. Lindqvist', role: 'cell', context: { row: 'H. Lindqvist No Change' } }],
    });
    const form = page({
      path: '/officers/1',
      headings: ['H. Lindqvist'],
      controls: [
        control('radio', 'Yes', { checked: false, form: 1 }),
        control('radio', 'No', { checked: true, form: 1 }),
        control('textbox', 'Extension', { value: '', form: 1 }),
        control('button', 'Save', { form: 1 }),
      ],
    });
    const journey = walk(createBuiltin(), step('Assign H. Lindqvist as its officer'));
    const change = await journey.decide(list);
    if (change.kind === 'act') {
      journey.did(change, list, { navigated: true, added: ['button "Save"'] });
      expect((await journey.decide(form)).kind).not.toBe('step-done');
    }
  });

  it('"continue" goes one page on, and does not finish what nobody has told yet', async () => {
    const wizard = (path: string, button: string) =>
      page({
        path,
        headings: ['New request'],
        controls: [
          control('textbox', 'Street', { value: 'Quay 3', form: 1 }),
          control('button', 'Back', { form: 1 }),
          control('button', button, { form: 1, attrs: { type: 'submit' } }),
        ],
      });
    const journey = walk(
      createBuiltin(),
      step('Enter "Quay 3" as the street and continue', { after: ['admin: Leave the processing as it is and hand it in'] }),
    );
    const next = await journey.decide(wizard('/new/2', 'Next'));
    expect(told(next)).toBe('click button Next');
    journey.did(next, wizard('/new/2', 'Next'), { requests: [sent('POST', '/new/2')], navigated: true, added: ['button "Finish"'] });
    expect((await journey.decide(wizard('/new/4', 'Finish'))).kind).toBe('step-done');
  });

  it('what asks where to is not confirmed before that is said', async () => {
    const list = page({
      path: '/episodes',
      headings: ['Episodes'],
      controls: [control('button', 'Move', { path: 'main/div', context: { row: 'Pickles Draft' } })],
      texts: [{ text: 'Pickles', role: 'cell', context: { row: 'Pickles Draft' } }],
    });
    const dialog = page({
      path: '/episodes',
      dialog: 'Move Pickles',
      controls: [
        control('combobox', 'Show', { popup: 'listbox', path: 'div/div' }),
        control('button', 'Cancel', { path: 'div' }),
        control('button', 'Move', { path: 'div' }),
      ],
    });
    const journey = walk(createBuiltin(), step('Move "Pickles" up'));
    const move = await journey.decide(list);
    journey.did(move, list, { added: ['dialog "Move Pickles"'] });
    expect(told(await journey.decide(dialog))).not.toBe('click button Move');
  });
});

describe('what belongs to something else is left alone', () => {
  it('the place that a sentence begins with is not what it moves', async () => {
    const list = page({
      path: '/episodes',
      headings: ['Episodes'],
      controls: [control('button', 'Move', { path: 'main/div', context: { row: 'Tides Draft' } })],
      texts: [{ text: 'Tides', role: 'cell', context: { row: 'Tides Draft' } }],
    });
    expect(await first('In the running order of "Tides", move the field recording up', list)).not.toBe('click button Move');
  });

  it('what a page does to its thing sends no field beside it, and a show is no guest', async () => {
    const one = page({
      path: '/episodes/7',
      headings: ['Pickles'],
      controls: [control('button', 'Publish', { path: 'main/p' }), control('combobox', 'Add a guest', { value: '', path: 'main/div' })],
    });
    const decided = await first('Move the episode "Pickles" to the show Deep Currents', one);
    expect(decided).not.toMatch(/^(?:fill|select|click)/);
  });
});

describe('what is made and who is put where', () => {
  it('a new request by somebody is none of theirs that is there', async () => {
    const list = page({
      path: '/requests',
      headings: ['Requests'],
      controls: [
        control('link', 'New request', { href: '/requests/new' }),
        control('link', 'R-1', { href: '/requests/1', context: { row: 'R-1 Ilse Vogt Felling' } }),
      ],
      texts: [{ text: 'Ilse Vogt', role: 'cell', context: { row: 'R-1 Ilse Vogt Felling' } }],
    });
    expect(await first('Register a new request by Ilse Vogt', list)).toBe('click link New request');
  });

  it('"as its officer" says which field it is', async () => {
    const form = page({
      path: '/requests/1/officer',
      headings: ['Assign officer to R-1'],
      controls: [
        control('combobox', 'Officer', { value: '', options: ['', 'H. Lindqvist', 'M. Okoye'], form: 1 }),
        control('button', 'Go', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
    expect(await first('Assign H. Lindqvist as its officer', form)).toBe('select combobox Officer = H. Lindqvist');
  });

  it('when something starts is said of it, and starts nothing', () => {
    expect(
      goalsOf(step('Register a request for felling, starting on 14 July 2027, with the purpose "Diseased ash"')).map(
        ({ clause }) => clause.verb,
      ),
    ).toEqual(['register']);
  });
});

describe('a list above rows is for what is ticked', () => {
  it.each(['Put M. Okoye on leave', 'Mark the site plan as received'])('with nothing ticked, it is not used to %s', async (sentence) => {
    const box = (row: string) => control('checkbox', '', { checked: false, form: 1, context: { row } });
    const list = page({
      path: '/requests',
      headings: ['Requests'],
      controls: [
        control('combobox', 'Action', { value: '---', options: ['---', 'Set status to Received', 'Assign to M. Okoye'], form: 1 }),
        control('button', 'Go', { form: 1, attrs: { type: 'submit' } }),
        box('P-2001 Felling'),
        box('P-2002 Signage'),
      ],
    });
    expect(await first(sentence, list)).not.toContain('select');
  });
});

it('a tab that was looked into is not turned back to', async () => {
  const at = (open: string) =>
    page({
      path: '/preferences',
      headings: ['Preferences'],
      texts: [`All about ${open}`],
      controls: ['Profile', 'Editing', 'Search'].map((name) => control('tab', name, { selected: name === open, path: 'main/div' })),
    });
  const journey = walk(createBuiltin(), step('Set the e-mail address kim@app.test'));
  const pressed: string[] = [];
  for (let open = 'Profile', turn = 0; turn < 4; turn++) {
    const decided = await journey.decide(at(open));
    if (decided.kind !== 'act') break;
    pressed.push(told(decided));
    journey.did(decided, at(open), { added: ['tabpanel'] });
    open = decided.target?.name ?? open;
  }
  expect(pressed.filter((line) => line === 'click tab Editing').length).toBeLessThan(2);
});

it('a page is not made without what the sentence says is in it', async () => {
  const form = page({
    headings: ['New page'],
    controls: [control('textbox', 'Title', { form: 1, value: 'About us' }), control('button', 'Create', { form: 1 })],
  });
  const decision = await walk(createBuiltin(), step('Create the page "About us" with the content "We sell oak."')).decide(form);
  expect(told(decision)).toContain('the form has no place for “We sell oak.”');
});

it('what somebody becomes is nothing that is made: the control in their row is used', async () => {
  const context = { row: 'Jo Park Editor' };
  const members = page({
    headings: ['Members'],
    controls: [control('button', 'Change role', { context }), control('button', 'Change role', { context: { row: 'Sam Hill Owner' } })],
    texts: [
      { text: 'Jo Park', role: 'cell', context },
      { text: 'Sam Hill', role: 'cell', context: { row: 'Sam Hill Owner' } },
    ],
  });
  const decision = await walk(createBuiltin(), step('Make "Jo Park" a viewer')).decide(members);
  expect(told(decision)).toBe('click button Change role');
  expect(decision).toMatchObject({ target: { row: 'Jo Park Editor' } });
});
