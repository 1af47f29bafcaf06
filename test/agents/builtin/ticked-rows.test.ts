import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

const ROWS = ['Buy milk Open', 'Buy milk and eggs Open', 'Order paper Open'];

/** A list whose toolbar acts on what is ticked: its buttons are off until something is. */
const tasks = (ticked: string[], more: { own?: string[]; dialog?: string; rows?: string[]; label?: (row: string) => string } = {}) => {
  const rows = more.rows ?? ROWS;
  const name = (row: string) => row.replace(/ (?:Open|Read|Unread)$/, '');
  return page({
    path: '/tasks',
    headings: ['Tasks'],
    ...(more.dialog === undefined ? {} : { dialog: more.dialog }),
    controls:
      more.dialog === undefined
        ? [
            ...['Archive', 'Delete', 'Mark as done'].map((button) =>
              control('button', button, { context: { heading: 'Tasks' }, ...(ticked.length === 0 ? { disabled: true } : {}) }),
            ),
            ...rows.flatMap((row) => [
              control('checkbox', more.label?.(row) ?? `Select ${name(row)}`, {
                checked: ticked.includes(name(row)),
                context: { row, heading: 'Tasks' },
              }),
              control('link', name(row), { href: `/tasks/${rows.indexOf(row)}`, context: { row, heading: 'Tasks' } }),
              ...(more.own ?? []).map((own) => control('button', own, { context: { row, heading: 'Tasks' } })),
            ]),
          ]
        : [control('button', 'Cancel'), control('button', 'Delete')],
    texts: rows.map((row) => ({ text: name(row), role: 'cell', context: { row } })),
  });
};

/** All that is done, one line an action, on a page that ticks what it is told to tick. */
async function carriedOut(sentence: string, draw: (ticked: string[]) => ReturnType<typeof page>, ticked: string[] = []): Promise<string[]> {
  const journey = walk(createBuiltin(), step(sentence));
  const lines: string[] = [];
  for (let turn = 0; turn < 8; turn++) {
    const on = draw(ticked);
    const decision = await journey.decide(on);
    lines.push(told(decision));
    if (decision.kind !== 'act') return lines;
    const name = decision.target?.name.replace(/^Select /, '') ?? '';
    if (decision.action.kind === 'check') ticked = decision.action.on ? [...ticked, name] : ticked.filter((other) => other !== name);
    const commits = decision.action.kind === 'click' && decision.target?.row === undefined;
    journey.did(decision, on, {
      added: decision.action.kind === 'check' ? ['button "Archive"', 'button "Delete"', 'button "Mark as done"'] : [],
      requests: commits ? [sent('POST', '/api/tasks')] : [],
    });
  }
  return lines;
}

describe('rows are ticked before what is done to all that is ticked', () => {
  it.each([
    ['Archive the tasks "Buy milk" and "Order paper"', 'click button Archive'],
    ['Select the rows of "Buy milk" and "Order paper" and delete them', 'click button Delete'],
    ['Mark the tasks "Buy milk" and "Order paper" as done', 'click button Mark as done'],
  ])('%s', async (sentence, last) => {
    expect((await carriedOut(sentence, tasks)).slice(0, 3)).toEqual([
      'check checkbox Select Buy milk on',
      'check checkbox Select Order paper on',
      last,
    ]);
  });

  it('what is ticked already and not named is unticked first', async () => {
    expect(
      (await carriedOut('Archive the tasks "Buy milk" and "Order paper"', tasks, ['Buy milk and eggs', 'Buy milk'])).slice(0, 3),
    ).toEqual(['check checkbox Select Buy milk and eggs off', 'check checkbox Select Order paper on', 'click button Archive']);
  });

  it('where one of them is missing, nothing is done to the other', async () => {
    const [first, ...rest] = await carriedOut('Archive the tasks "Buy milk" and "Sell the car"', tasks);
    expect(first).toContain('give-up: “Sell the car”');
    expect(rest).toEqual([]);
  });

  it('all of them that are called so, by a list of what to do and its button', async () => {
    const rows = ['Invoice 12 Unread', 'Minutes Read', 'Parking Unread'];
    const messages = (ticked: string[]) =>
      page({
        path: '/messages',
        headings: ['Messages'],
        controls: [
          control('combobox', 'Action', {
            options: ['-----', 'Mark as read', 'Mark as unread'],
            value: ticked.includes('chosen') ? 'Mark as read' : '-----',
            form: 1,
          }),
          control('button', 'Go', { form: 1 }),
          ...rows.map((row) => control('checkbox', '', { checked: ticked.includes(row), form: 1, context: { row, heading: 'Messages' } })),
        ],
      });
    const journey = walk(createBuiltin(), step('Mark all unread messages as read'));
    const ticked: string[] = [];
    const lines: string[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const on = messages(ticked);
      const decision = await journey.decide(on);
      if (decision.kind !== 'act') throw new Error(decision.why);
      lines.push([told(decision), decision.target?.row].filter(Boolean).join(' in '));
      ticked.push(decision.action.kind === 'check' ? decision.target!.row! : 'chosen');
      journey.did(decision, on);
    }
    expect(lines).toEqual([
      'check checkbox  on in Invoice 12 Unread',
      'check checkbox  on in Parking Unread',
      'select combobox Action = Mark as read',
      'click button Go',
    ]);
  });

  it('a page that asks whether one is sure is answered before it is done', async () => {
    const asks = page({
      path: '/tasks/delete',
      headings: ['Delete tasks'],
      texts: ['Are you sure that you want to delete 2 tasks?'],
      controls: [control('button', 'Yes, I’m sure', { form: 1 }), control('link', 'No, take me back', { href: '/tasks' })],
    });
    const journey = walk(createBuiltin(), step('Delete the tasks "Buy milk" and "Order paper"'));
    for (const ticked of [[], ['Buy milk']])
      journey.did(await journey.decide(tasks(ticked)), tasks(ticked), { added: ['button "Delete"'] });
    const both = tasks(['Buy milk', 'Order paper']);
    const pressed = await journey.decide(both);
    expect(told(pressed)).toBe('click button Delete');
    journey.did(pressed, both, { requests: [sent('POST', '/tasks')], navigated: true, added: ['button "Yes, I’m sure"'] });
    expect(told(await journey.decide(asks))).toBe('click button Yes, I’m sure');
  });

  it('all of a list that goes on elsewhere is not what is in sight', async () => {
    const longer = (ticked: string[]) => {
      const on = tasks(ticked);
      return {
        ...on,
        candidates: [
          ...on.candidates,
          { ...page({ controls: [control('link', 'Next', { href: '/tasks?page=2' })] }).candidates[0]!, id: 99 },
        ],
      };
    };
    expect(await carriedOut('Archive all tasks', longer)).not.toContain('click button Archive');
  });

  it('a box that is no selection is not ticked for it, and the page’s own button is not pressed for its rows', async () => {
    const project = (ticked: string[]) => {
      const on = tasks(ticked, { label: (row) => row });
      return { ...on, candidates: on.candidates.map(({ disabled: _, ...candidate }) => candidate) };
    };
    const lines = await carriedOut('Delete the tasks "Buy milk" and "Order paper"', project);
    expect(lines.join('\n')).not.toMatch(/click button Delete|check checkbox/);
  });
});

describe('what is asked of several things is asked of each', () => {
  it('one after the other, where each has a control of its own', async () => {
    const listed = (left: string[]) =>
      page({
        path: '/files',
        headings: ['Files'],
        controls: left.map((row) => control('button', 'Delete', { context: { row } })),
        texts: left.map((row) => ({ text: row, role: 'cell', context: { row } })),
      });
    const journey = walk(createBuiltin(), step('Delete "plan.pdf" and "song.mp3"'));
    const first = await journey.decide(listed(['plan.pdf', 'photo.png', 'song.mp3']));
    expect(first).toMatchObject({ target: { name: 'Delete', row: 'plan.pdf' } });
    journey.did(first, listed(['plan.pdf', 'photo.png', 'song.mp3']), { requests: [sent('DELETE', '/files/1')] });
    const second = await journey.decide(listed(['photo.png', 'song.mp3']));
    expect(second).toMatchObject({ target: { name: 'Delete', row: 'song.mp3' } });
    journey.did(second, listed(['photo.png', 'song.mp3']), { requests: [sent('DELETE', '/files/3')] });
    expect((await journey.decide(listed(['photo.png']))).kind).toBe('step-done');
  });

  it('one thing is not ticked where no control is there that would do it to what is ticked', async () => {
    const invoices = page({
      path: '/invoices',
      headings: ['Invoices'],
      controls: ['F-1002', 'F-1003'].flatMap((row) => [
        control('checkbox', `Select ${row}`, { checked: false, context: { row } }),
        control('link', row, { href: `/invoices/${row}`, context: { row } }),
      ]),
    });
    expect(told(await walk(createBuiltin(), step('Void invoice F-1002, giving "Duplicate" as the reason')).decide(invoices))).toBe(
      'click link F-1002',
    );
  });

  it('a list and its button that came with the first tick are for all that is ticked, also where ticking was an order of its own', async () => {
    const people = (ticked: string[]) =>
      page({
        path: '/people',
        headings: ['People'],
        controls: [
          ...['Ada Lamm', 'Bo Ek', 'Cy Holt'].map((row) =>
            control('checkbox', 'Select row', { checked: ticked.includes(row), context: { row } }),
          ),
          ...(ticked.length > 0
            ? [control('combobox', 'Team', { options: ['Sales', 'Support'], value: 'Sales' }), control('button', 'Move')]
            : []),
        ],
      });
    const journey = walk(createBuiltin(), step('Select Ada Lamm and Bo Ek and move them to the team "Support"'));
    const ada = await journey.decide(people([]));
    journey.did(ada, people([]), { added: ['combobox "Team"', 'button "Move"'] });
    const bo = await journey.decide(people(['Ada Lamm']));
    journey.did(bo, people(['Ada Lamm']));
    const on = people(['Ada Lamm', 'Bo Ek']);
    const team = await journey.decide(on);
    expect(told(team)).toBe('select combobox Team = Support');
    journey.did(team, on);
    const chosen = { ...on, candidates: on.candidates.map((one) => (one.name === 'Team' ? { ...one, value: 'Support' } : one)) };
    expect(told(await journey.decide(chosen))).toBe('click button Move');
  });

  it('the page of one of them is not enough', async () => {
    const one = page({ path: '/tasks/2', headings: ['Buy milk'], controls: [control('button', 'Archive')] });
    expect(told(await walk(createBuiltin(), step('Archive the tasks "Buy milk" and "Order paper"')).decide(one))).not.toBe(
      'click button Archive',
    );
  });
});

it('what is marked as something is not typed into a field', async () => {
  const settings = page({
    path: '/settings',
    headings: ['Settings'],
    controls: [control('textbox', 'Notes', { value: '', form: 1 }), control('button', 'Save', { form: 1 })],
  });
  expect(told(await walk(createBuiltin(), step('Mark all unread messages as read')).decide(settings))).not.toContain('fill');
});

describe('each of a list of values goes where it is called to', () => {
  const settings = page({
    path: '/settings',
    headings: ['Settings'],
    controls: [
      ...['Name', 'City', 'Phone', 'Notes'].map((name) => control('textbox', name, { value: 'old', form: 1 })),
      control('combobox', 'Plan', { options: ['Basic', 'Pro'], value: 'Basic', form: 1 }),
      control('button', 'Save', { form: 1 }),
    ],
  });
  it.each([
    [
      'Set the name to "X", the city to "Y", and the plan to "Pro"',
      ['fill textbox Name = X', 'fill textbox City = Y', 'select combobox Plan = Pro', 'click button Save'],
    ],
    [
      'Set Name to "A", City to "B", Phone to "12", Notes to "C" and Plan to "Pro"',
      [
        'fill textbox Name = A',
        'fill textbox City = B',
        'fill textbox Phone = 12',
        'fill textbox Notes = C',
        'select combobox Plan = Pro',
        'click button Save',
      ],
    ],
    [
      'Fill in Name with "X", City with "Y" and Phone with "7", then save',
      ['fill textbox Name = X', 'fill textbox City = Y', 'fill textbox Phone = 7', 'click button Save'],
    ],
    [
      'Change the name to "x" and save, then change the city to "y" and save',
      ['fill textbox Name = x', 'click button Save', 'fill textbox City = y', 'click button Save'],
    ],
  ])('%s', async (sentence, lines) => {
    const journey = walk(createBuiltin(), step(sentence));
    let on = settings;
    const done: string[] = [];
    for (const _ of lines) {
      const decision = await journey.decide(on);
      done.push(told(decision));
      if (decision.kind !== 'act') break;
      const { action } = decision;
      journey.did(decision, on, action.kind === 'click' ? { requests: [sent('POST', '/settings')], navigated: true } : {});
      const text = action.kind === 'fill' ? action.value : action.kind === 'select' ? action.option : undefined;
      if (text && 'text' in text)
        on = {
          ...on,
          digest: `${on.digest}!`,
          candidates: on.candidates.map((candidate) =>
            candidate.name === decision.target?.name ? { ...candidate, value: text.text } : candidate,
          ),
        };
    }
    expect(done).toEqual(lines);
  });

  it('nothing is sent while one of them has no place', async () => {
    const journey = walk(createBuiltin(), step('Set the name to "X" and the colour to "Y"'));
    const named = {
      ...settings,
      candidates: settings.candidates.map((candidate) => (candidate.name === 'Name' ? { ...candidate, value: 'X' } : candidate)),
    };
    expect(told(await journey.decide(named))).not.toContain('Save');
  });
});
