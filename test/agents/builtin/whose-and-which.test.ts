import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

const first = async (sentence: string, observation: ReturnType<typeof page>) =>
  told(await walk(createBuiltin(), step(sentence)).decide(observation));
const partsOf = (sentence: string) =>
  goalsOf({ template: sentence, values: [], hasMailbox: false }).map(({ parts }) =>
    parts.map(({ role, value }) => `${role} ${value.text} [${value.hints.join(' ')}]`),
  );

/** Remarks of a guest book, each about an entry: two are Ida's, two are about the harvest. */
const remarks = (actions: string[], rows = ['Ida Berg Harvest', 'Ida Berg Winter', 'Noel Vance Harvest']) =>
  page({
    path: '/remarks',
    headings: ['Remarks'],
    controls: rows.flatMap((row) => [
      control('link', /Ida Berg|Noel Vance/.exec(row)![0], { href: '/people', context: { row } }),
      control('link', row.split(' ').at(-1)!, { href: '/entries', context: { row } }),
      ...actions.map((name) => control('button', name, { context: { row } })),
    ]),
  });

describe('which of several things is meant', () => {
  it('what is somebody’s and about something is in the row of both', async () => {
    const journey = walk(createBuiltin(), step('Approve Ida Berg\'s remark on "Harvest"'));
    expect(await journey.decide(remarks(['Approve', 'Spam']))).toMatchObject({ target: { name: 'Approve', row: 'Ida Berg Harvest' } });
  });

  it('where nothing is theirs, what is somebody else’s is left alone', async () => {
    const others = remarks(['Approve', 'Spam'], ['Noel Vance Harvest']);
    expect(await first('Approve Ida Berg\'s remark on "Harvest"', others)).not.toMatch(/Approve/);
  });

  it('a row is pointed at when it is the only one that names both', async () => {
    const rows = remarks([]);
    rows.veiled = ['Ida Berg Harvest', 'Ida Berg Winter', 'Noel Vance Harvest'];
    const decision = await walk(createBuiltin(), step('Approve Ida Berg\'s remark on "Harvest"')).decide(rows);
    expect(decision).toMatchObject({ action: { kind: 'hover' }, target: { row: 'Ida Berg Harvest' } });
  });

  it('who wrote it says which one it is, and is typed nowhere', () => {
    expect(partsOf('Mark the remark by Noel Vance as spam')[0]![0]).toMatch(/^entity Noel Vance/);
    expect(partsOf('Delete the review by "Ann"')[0]![0]).toMatch(/^entity Ann/);
    expect(partsOf('Sort the list by Name')[0]![0]).toMatch(/^either Name/);
  });

  it('what something is marked as is the name of the control in its row that makes it so', async () => {
    const journey = walk(createBuiltin(), step('Mark the remark by Noel Vance as spam'));
    expect(await journey.decide(remarks(['Approve', 'Spam']))).toMatchObject({ target: { name: 'Spam', row: 'Noel Vance Harvest' } });
  });
});

describe('what a value is called', () => {
  it('first and last names without quotes go where they are called to', async () => {
    const form = page({
      path: '/people/new',
      headings: ['Add a person'],
      controls: [
        control('textbox', 'Username (required)', { value: 'ida', form: 1 }),
        control('textbox', 'First name', { value: '', form: 1 }),
        control('textbox', 'Last name', { value: '', form: 1 }),
        control('button', 'Add person', { form: 1 }),
      ],
    });
    const sentence = 'Add a person with the username "ida", first name Ida and last name Berg';
    const journey = walk(createBuiltin(), step(sentence));
    const filled = await journey.decide(form);
    expect(told(filled)).toBe('fill textbox First name = Ida');
    expect(partsOf(sentence)[0]).toEqual(['typed ida [usernam]', 'typed Ida [first nam]', 'typed Berg [last nam]']);
  });

  it('a number that is bounded is what the setting is given', async () => {
    const settings = page({
      path: '/settings',
      headings: ['Settings'],
      controls: [
        control('spinbutton', 'Feeds show at most', { value: '10', form: 1, inputType: 'number' }),
        control('spinbutton', 'List pages show at most', { value: '10', form: 1, inputType: 'number' }),
        control('button', 'Save changes', { form: 1 }),
      ],
    });
    expect(await first('Set list pages to show at most 4 entries', settings)).toBe('fill spinbutton List pages show at most = 4');
  });
});

describe('where it is done', () => {
  const menu = (name: string, entries: string, href: string) =>
    control('link', name, {
      href,
      popup: 'true',
      context: { landmark: 'navigation Main', row: `${name} ${entries}` },
    });
  const home = page({
    path: '/desk',
    headings: ['Desk'],
    controls: [
      control('link', 'Home', { href: '/home', context: { landmark: 'navigation Main' } }),
      menu('Entries', 'All Entries Add New Genres Labels', '/entries'),
      menu('Options', 'General Viewing Addresses', '/options'),
      control('link', 'News (opens in a new tab)', { href: 'http://elsewhere.test/' }),
    ],
  });

  it('a menu leads to what it lists, though that is not in sight yet', async () => {
    expect(await first('Create a genre "Summer" under the parent genre News', home)).toBe('click link Entries');
    expect(await first('Change the addresses to "Short"', home)).toBe('click link Options');
  });

  it('what has a place of its own in the menu is not made with what makes something else', async () => {
    const entries = page({
      path: '/entries',
      headings: ['Entries'],
      controls: [
        control('link', 'All Entries', { href: '/entries', context: { landmark: 'navigation Main' } }),
        control('link', 'Add New', { href: '/entries/new', context: { landmark: 'navigation Main' } }),
        control('link', 'Genres', { href: '/genres', context: { landmark: 'navigation Main' } }),
        control('link', 'News', { href: '/entries?genre=news', context: { row: 'Staff picnic News' } }),
      ],
    });
    expect(await first('Create a genre "Summer" under the parent genre News', entries)).toBe('click link Genres');
  });

  it('where the sentence says is gone to before what else it speaks of', async () => {
    const options = page({
      path: '/options',
      headings: ['General options'],
      controls: [
        control('link', 'Entries', { href: '/entries', context: { landmark: 'navigation Main' } }),
        control('link', 'Viewing', { href: '/options/viewing', context: { landmark: 'navigation Main' } }),
      ],
    });
    expect(await first('Set list pages to show at most 4 entries in the viewing options', options)).toBe('click link Viewing');
  });

  it('a number is not put where only one word of what it is called is said', async () => {
    const columns = page({
      path: '/pages',
      headings: ['Pages'],
      controls: [
        control('spinbutton', 'Number of items per page', { value: '20', form: 1, inputType: 'number' }),
        control('button', 'Apply', { form: 1 }),
      ],
    });
    expect(await first('Set list pages to show at most 4 entries', columns)).not.toMatch(/^fill/);
  });
});

describe('what is not done yet', () => {
  const uploads = page({
    path: '/pictures',
    headings: ['Pictures'],
    controls: [control('link', 'Import', { href: '/import', context: { landmark: 'navigation Main' } })],
  });

  it('a file is uploaded once it is given, and not when something was pressed for it', async () => {
    const sentence = 'Upload the picture window.png to the pictures';
    const journey = walk(createBuiltin(), step(sentence, { files: ['window.png'] }));
    const decision = await journey.decide(uploads);
    if (decision.kind === 'act') journey.did(decision, uploads, { navigated: true, added: ['heading "Import"'] });
    const imports = page({ path: '/import', headings: ['Import'], texts: ['Choose a system to import from'], controls: [] });
    expect((await journey.decide(imports)).kind).not.toBe('step-done');
  });

  it('where no field for it is in sight, the file is given to what asks for one', async () => {
    const drop = page({
      path: '/pictures/new',
      headings: ['Upload pictures'],
      texts: ['Drop files here'],
      controls: [control('button', 'Select Files Up to 2 MB')],
    });
    const journey = walk(createBuiltin(), step('Upload the picture window.png to the pictures', { files: ['window.png'] }));
    expect(await journey.decide(drop)).toMatchObject({ action: { kind: 'upload', file: 'window.png' } });
  });

  it('what stands under the title of a section opens it to be edited, and what it says is its text', async () => {
    const manual = page({
      path: '/manual',
      headings: ['Manual', 'Opening', 'Parcels'],
      controls: ['Opening', 'Parcels'].map((heading) =>
        control('button', 'Edit', { form: heading === 'Opening' ? 1 : 2, context: { heading } }),
      ),
    });
    const journey = walk(createBuiltin(), step('Edit the section "Parcels" of the manual so that it says "Ring twice."'));
    const opened = await journey.decide(manual);
    expect(opened).toMatchObject({ action: { kind: 'click' }, target: { heading: 'Parcels' } });
    journey.did(opened, manual, { navigated: true, added: ['button "Save"'], requests: [sent('POST', '/page')] });
    const editor = page({
      path: '/page',
      title: 'manual',
      controls: [
        control('textbox', 'Wiki text', { value: '== Parcels == Ring once.', form: 3 }),
        control('button', 'Save', { form: 3 }),
        control('button', 'Cancel', { form: 3 }),
      ],
    });
    const filled = await journey.decide(editor);
    expect(told(filled)).toBe('fill textbox Wiki text = Ring twice.');
  });
});

describe('what is of another kind, or another', () => {
  it('a form that saves something else is not used for what is made', async () => {
    const desk = page({
      path: '/desk',
      title: 'Desk',
      headings: ['Desk', 'Quick draft'],
      controls: [
        control('textbox', 'Title', { value: '', form: 1, context: { heading: 'Quick draft' } }),
        control('textbox', 'Content', { value: '', form: 1, context: { heading: 'Quick draft' } }),
        control('button', 'Save draft', { form: 1, context: { heading: 'Quick draft' } }),
      ],
    });
    desk.candidates[1]!.print.tag = 'textarea';
    expect(await first('Add a new tag named "Hot" with the description "Chilli."', desk)).not.toMatch(/^fill/);
    expect(await first('Write a new post titled "Hot" with the content "Chilli."', desk)).toMatch(/^fill textbox Title/);
  });

  it('where a thing cannot be opened, nothing else is changed in its place', async () => {
    const another = page({
      path: '/pages/start',
      title: 'start',
      headings: ['start'],
      controls: [control('textbox', 'Text', { value: 'Welcome.', form: 1 }), control('button', 'Save', { form: 1 })],
    });
    expect(await first('Open the page "saw" and change its text to "Wear goggles."', another)).toMatch(/^give-up/);
  });

  it('what is called by a code is open where the address says so', async () => {
    const journey = walk(createBuiltin(), step('Open the page tools:saw'));
    const start = page({
      path: '/wiki?id=start',
      headings: ['Start'],
      controls: [control('link', 'table saw', { href: '/wiki?id=tools:saw', context: { landmark: 'main' } })],
    });
    const opened = await journey.decide(start);
    expect(told(opened)).toBe('click link table saw');
    journey.did(opened, start, { navigated: true });
    const saw = page({
      path: '/wiki?id=tools:saw',
      headings: ['Table saw'],
      controls: [control('link', 'Edit', { href: '/wiki?id=tools:saw&do=edit' })],
    });
    expect((await journey.decide(saw)).kind).toBe('step-done');
  });
});
