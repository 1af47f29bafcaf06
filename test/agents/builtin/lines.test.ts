import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

const first = async (sentence: string, on: ReturnType<typeof page>) => told(await walk(createBuiltin(), step(sentence)).decide(on));
const roles = ['Owner', 'Architect', 'Builder'];
const line = (name: string, y: number, role = 'Owner') => [
  control('textbox', 'Contact name', {
    value: name,
    form: 1,
    at: [10, y],
    context: { heading: 'Contact persons', row: 'Owner Architect Builder' },
  }),
  control('combobox', 'Contact role', {
    value: role,
    options: roles,
    form: 1,
    at: [200, y],
    context: { heading: 'Contact persons', row: 'Owner Architect Builder' },
  }),
];
const firm = (...lines: ReturnType<typeof line>[]) =>
  page({
    path: '/firms/3',
    headings: ['Northgate Bakery', 'Contact persons'],
    controls: [
      control('textbox', 'Phone', { value: '555', form: 1, at: [10, 10] }),
      ...lines.flat(),
      control('link', 'Add another row', { form: 1, href: '#', at: [10, 400] }),
      control('button', 'Save', { form: 1, at: [10, 440], attrs: { type: 'submit' } }),
    ],
  });
const sentence = 'Add Lena Moravec as an architect to the contact persons of Northgate Bakery';

describe('what is added to a list of lines gets a line of its own', () => {
  it('a line is added where all of them hold something else', async () => {
    expect(await first(sentence, firm(line('Bo Nygaard', 100)))).toBe('click link Add another row');
  });

  it('and what stands there already is not written over', async () => {
    const journey = walk(createBuiltin(), step(sentence));
    const before = firm(line('Bo Nygaard', 100));
    journey.did(await journey.decide(before), before);
    const after = firm(line('Bo Nygaard', 100), line('', 140));
    const name = await journey.decide(after);
    expect(name).toMatchObject({ action: { kind: 'fill', target: 4 } });
    journey.did(name, after);
    expect(await journey.decide(firm(line('Bo Nygaard', 100), line('Lena Moravec', 140)))).toMatchObject({
      action: { kind: 'select', target: 5 },
    });
  });

  it('a document is not called anew by the next one', async () => {
    const field = (value: string, y: number) =>
      control('textbox', 'Document', { value, form: 1, at: [10, y], context: { column: 'Document' } });
    const documents = page({
      path: '/requests/P-2002/documents',
      headings: ['Documents of P-2002'],
      controls: [
        field('Site plan', 100),
        field('Fire certificate', 140),
        control('button', 'Save', { form: 1, at: [10, 400], attrs: { type: 'submit' } }),
      ],
    });
    expect(await first('Add the document "Noise report" to the request P-2002', documents)).not.toContain('= Noise report');
  });

  it('what was sent is not followed by sending something of another kind', async () => {
    const form = page({
      path: '/requests/7/documents',
      headings: ['Documents'],
      controls: [control('textbox', 'Document', { value: '', form: 1 }), control('button', 'Save', { form: 1, attrs: { type: 'submit' } })],
    });
    const journey = walk(createBuiltin(), step('Add the document "Noise report"'));
    journey.did(await journey.decide(form), form);
    const filled = page({
      path: '/requests/7/documents',
      headings: ['Documents'],
      controls: [
        control('textbox', 'Document', { value: 'Noise report', form: 1 }),
        control('button', 'Save', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
    journey.did(await journey.decide(filled), filled, {
      requests: [sent('POST', '/requests/7/documents')],
      navigated: true,
      added: ['button "Add remark"'],
    });
    expect(
      (
        await journey.decide(
          page({
            path: '/requests/7',
            headings: ['Request 7'],
            controls: [control('textbox', 'Remark', { value: '', form: 2 }), control('button', 'Add remark', { form: 2 })],
          }),
        )
      ).kind,
    ).toBe('step-done');
  });
});

describe('what only narrows a list, or makes the place, is not what is to be done', () => {
  const shows = ['All shows', 'Deep Currents', 'Kitchen Radio'];
  const list = page({
    path: '/episodes',
    headings: ['Episodes'],
    controls: [
      control('searchbox', 'Search episodes', { value: 'Pickles' }),
      control('combobox', 'Show', { value: 'All shows', options: shows }),
      control('button', 'New episode'),
      control('link', 'Pickles', { href: '/episodes/7', context: { row: 'Pickles Kitchen Radio Draft' } }),
    ],
  });

  it('moved to another show is not filtered by it', async () => {
    expect(await first('Move the episode "Pickles" to the show Deep Currents', list)).not.toContain('select');
  });

  it('whom an episode gets is no new episode', async () => {
    expect(await first('Add Bruno Sather as a guest to the episode "Pickles"', list)).not.toContain('New episode');
  });
});

describe('all of a form is told in one sentence', () => {
  it('what the sentence calls it is ticked: an internal remark', async () => {
    const form = (text: string) =>
      page({
        path: '/requests/P-2005',
        headings: ['Request P-2005', 'Remarks'],
        controls: [
          control('textbox', 'Remark', { value: text, form: 1 }),
          control('checkbox', 'Internal only', { checked: false, form: 1 }),
          control('button', 'Add remark', { form: 1, attrs: { type: 'submit' } }),
        ],
      });
    expect(await first('Leave the internal remark "Neighbour called twice" on the request P-2005', form('Neighbour called twice'))).toBe(
      'check checkbox Internal only on',
    );
  });

  it('one control under all the fields saves them all, and nothing is sent with Enter from another field', async () => {
    const form = (zone: string) =>
      page({
        path: '/preferences',
        headings: ['Preferences'],
        controls: [
          control('combobox', 'Time zone', { value: zone, options: ['Oslo', 'Lisbon'], path: 'main/div/select' }),
          control('textbox', 'Loudness', { value: '-16', path: 'main/div/input' }),
          control('button', 'Save preferences', { path: 'main/button' }),
        ],
      });
    expect(await first('Change the time zone to Lisbon', form('Lisbon'))).toBe('click button Save preferences');
  });

  it('days are a number where the field says days', async () => {
    const form = page({
      path: '/settings',
      headings: ['Settings'],
      controls: [control('textbox', 'Objection deadline (days)', { value: '30', form: 1 }), control('button', 'Save', { form: 1 })],
    });
    expect(await first('Set the objection deadline to 21 days', form)).toBe('fill textbox Objection deadline (days) = 21');
  });

  it('what is published and what is set are two orders', async () => {
    const form = page({
      path: '/settings',
      headings: ['Settings'],
      controls: [
        control('textbox', 'Objection deadline (days)', { value: '30', form: 1 }),
        control('checkbox', 'Publish decisions on the website', { checked: false, form: 1 }),
        control('button', 'Save', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
    expect(await first('In the settings, publish decisions on the website and set the objection deadline to 21 days', form)).toBe(
      'check checkbox Publish decisions on the website on',
    );
  });
});

describe('what stands in a list goes there', () => {
  it.each(['', ', airing on 2 October 2027'])('a show is picked from the list that is called so, and is not the title%s', async (more) => {
    const dialog = page({
      path: '/episodes',
      dialog: 'New episode',
      controls: [
        control('textbox', 'Title', { value: 'Foghorns', path: 'div' }),
        control('combobox', 'Show', { popup: 'listbox', path: 'div' }),
        control('textbox', 'Air date', { value: '', inputType: 'date', path: 'div' }),
        control('button', 'Create episode', { path: 'div' }),
      ],
    });
    expect(await first(`Create an episode called "Foghorns" in the show Night Shift${more}`, dialog)).toBe('click combobox Show');
  });

  it('what is said of "their" status is done to what was ticked before', async () => {
    const box = (row: string, checked: boolean) => control('checkbox', '', { checked, form: 1, context: { row } });
    const list = (ticked: boolean) =>
      page({
        path: '/requests',
        headings: ['Requests'],
        texts: ['P-2001', 'P-2002', 'P-2003'].map((text) => ({ text, role: 'cell', context: { row: `${text} Received` } })),
        controls: [
          control('combobox', 'Action', { value: '---', options: ['---', 'Set status to Approved', 'Set status to Refused'], form: 1 }),
          control('button', 'Go', { form: 1, attrs: { type: 'submit' } }),
          box('P-2001 Received', true),
          box('P-2002 Received', ticked),
          box('P-2003 Received', false),
        ],
      });
    const journey = walk(createBuiltin(), step('Tick the requests P-2001 and P-2002 and set their status to Approved'));
    journey.did(await journey.decide(list(false)), list(false));
    expect(told(await journey.decide(list(true)))).toBe('select combobox Action = Set status to Approved');
  });
});
