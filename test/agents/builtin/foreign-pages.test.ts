import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

type Page = ReturnType<typeof page>;
const first = async (sentence: string, on: Page, files: string[] = []) =>
  told(await walk(createBuiltin(), step(sentence, { files })).decide(on));
const partsOf = (sentence: string) =>
  goalsOf(step(sentence)).flatMap(({ parts }) => parts.map(({ role, value }) => `${role} ${value.text}`));
const save = control('button', 'Save', { form: 1, attrs: { type: 'submit' } });

describe('what is somebody else’s or something else’s', () => {
  it('the title of the wiki is not the name of the one who is signed in', async () => {
    const profile = page({
      path: '/me',
      headings: ['Profile'],
      controls: [
        control('link', 'Settings', { href: '/settings' }),
        control('textbox', 'Real name', { form: 1, value: 'Ada', context: { group: 'User profile' } }),
        save,
      ],
    });
    expect(await first('Change the title of the wiki to "Lab Notes"', profile)).toBe('click link Settings');
    expect(await first('Change my real name to "Ada Lane"', profile)).toBe('fill textbox Real name = Ada Lane');
  });

  it('who is to become something is not added once more', async () => {
    const form = page({
      path: '/people/new',
      title: 'Add new user',
      headings: ['Add new user'],
      controls: [
        control('link', 'People', { href: '/people' }),
        control('textbox', 'Username', { form: 1, value: '' }),
        control('textbox', 'Password', { form: 1, inputType: 'password', value: '' }),
        control('button', 'Add new user', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
    expect(await first('Make Sam Hill an editor', form)).toBe('click link People');
  });

  it('boxes that are settings select no rows for the list beside them', async () => {
    const row = (title: string, name: string) =>
      control('checkbox', name, { checked: false, form: 1, context: { row: `${title} ${name}` } });
    const form = page({
      path: '/people/5',
      headings: ['Edit user Sam Hill'],
      controls: [
        row('Writing', 'Disable the rich text'),
        row('Toolbar', 'Show the toolbar'),
        control('combobox', 'Role', { form: 1, options: ['Viewer', 'Editor'], value: 'Viewer' }),
        control('textbox', 'First name', { form: 1, value: 'Sam' }),
        control('button', 'Update user', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
    expect(await first('Make Sam Hill an editor', form)).toBe('select combobox Role = editor');
  });

  it('a market is not marked', async () => {
    const row = 'Mallory on Autumn market';
    const list = page({
      path: '/comments',
      headings: ['Comments'],
      controls: [control('link', 'Autumn market', { href: '/posts/4', context: { row } })],
      texts: [{ text: 'Mallory', role: 'cell', context: { row } }],
    });
    expect(await walk(createBuiltin(), step('Mark the comment from Mallory as spam')).decide(list)).not.toMatchObject({
      why: expect.stringContaining('says what is to be done'),
    });
  });
});

describe('pages that are not there yet', () => {
  const near = 'If you did not find what you were looking for, you can create the page :leek, named after your query.';
  const results = page({
    path: '/search?q=leek',
    headings: ['Search'],
    texts: [{ text: 'Leek soup.', role: 'definition', context: { column: 'kitchen' } }],
    controls: [control('link', ':leek', { href: '/leek?edit', near }), control('link', 'kitchen', { href: '/kitchen' })],
  });

  it('what is found is opened, and what could be made under that name is not', async () => {
    const journey = walk(createBuiltin(), step('Search for "leek", open the page that is found and change its text to "Leek and potato."'));
    const search = page({
      path: '/',
      controls: [
        control('searchbox', 'Search', { form: 1, inputType: 'search', value: 'leek' }),
        control('button', 'Search', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
    journey.did(await journey.decide(search), search, { navigated: true, requests: [{ ...sent('GET', '/search'), kind: 'document' }] });
    const opened = await journey.decide(results);
    expect(told(opened)).toBe('click link kitchen');
    journey.did(opened, results, { navigated: true });
    const kitchen = page({
      path: '/kitchen',
      title: 'kitchen [Docs]',
      controls: [
        control('link', 'Edit this page [e]', { href: '/kitchen?edit', context: { row: 'Edit this page' } }),
        control('link', 'Update profile', { href: '/me' }),
      ],
    });
    expect(told(await journey.decide(kitchen))).toBe('click link Edit this page [e]');
  });

  it('who deletes or edits is not led there, who makes it is', async () => {
    expect(await first('Delete the page "leek"', { ...results, candidates: results.candidates.slice(0, 1) })).not.toContain(':leek');
    expect(await first('Create the page "leek"', results)).toBe('click link :leek');
  });

  it('what is called by a code is behind a link of another name', async () => {
    const start = page({
      path: '/',
      headings: ['Start'],
      controls: [
        control('link', 'recipes', { href: '/page?id=recipes' }),
        control('link', 'handbook', { href: '/page?id=team:handbook' }),
        control('textbox', 'Search', { inputType: 'search', value: '' }),
      ],
    });
    expect(await first('On the page team:handbook, edit the section "Travel"', start)).toBe('click link handbook');
    expect(partsOf('Open the page team:handbook')).toEqual(['entity team:handbook']);
  });
});

describe('what is filled in is sent', () => {
  it('though the control that opened its form sent something itself', async () => {
    const shown = page({
      path: '/handbook',
      headings: ['Travel'],
      controls: [control('button', 'Edit', { attrs: { type: 'submit' }, context: { heading: 'Travel' } })],
    });
    const form = (value: string) =>
      page({ path: '/handbook?edit', headings: ['Travel'], controls: [control('textbox', 'Text', { form: 1, value }), save] });
    const journey = walk(createBuiltin(), step('Edit the section "Travel" so that its text is "Take the bus."'));
    journey.did(await journey.decide(shown), shown, { navigated: true, requests: [{ ...sent('POST', '/handbook'), kind: 'document' }] });
    const typed = await journey.decide(form('Take the train.'));
    expect(told(typed)).toBe('fill textbox Text = Take the bus.');
    journey.did(typed, form('Take the train.'));
    expect(told(await journey.decide(form('Take the bus.')))).toBe('click button Save');
  });

  it('what ticked rows are done away with may stand in a row of its own', async () => {
    const people = ['rolf Rolf Dean', 'wanda Wanda Field'];
    const list = page({
      path: '/people',
      headings: ['User list'],
      controls: [
        ...people.flatMap((row) => [
          control('checkbox', '', { checked: false, form: 1, context: { row } }),
          control('link', row.split(' ')[0]!, { href: `/people?edit=${row}`, context: { row } }),
        ]),
        control('button', 'Delete selected', { form: 1, context: { row: 'Delete selected Export' } }),
      ],
    });
    const journey = walk(createBuiltin(), step('Delete the user wanda'));
    const ticked = await journey.decide(list);
    expect(told(ticked)).toBe('check checkbox  on');
    journey.did(ticked, list);
    expect(
      told(
        await journey.decide({
          ...list,
          candidates: list.candidates.map((candidate) =>
            candidate.role === 'checkbox' && candidate.context.row === people[1] ? { ...candidate, checked: true } : candidate,
          ),
        }),
      ),
    ).toBe('click button Delete selected');
  });

  it('a field is called by its name, however much is explained below it', async () => {
    const settings = page({
      path: '/settings',
      headings: ['Settings'],
      controls: [
        control('textbox', 'Site title', { form: 1, value: 'Lab' }),
        control('textbox', 'Tagline', {
          form: 1,
          value: '',
          placeholder: 'Just another site of ours',
          description: 'In a few words, explain what this is about.',
        }),
        save,
      ],
    });
    expect(await first('Set the tagline to "News from the quay"', settings)).toBe('fill textbox Tagline = News from the quay');
  });

  it('“replace all of its text with …” is about the text', () => {
    expect(goalsOf(step('Replace all of its text with "Only bread."'))[0]!.parts[0]!.value.hints).toEqual(['text']);
  });

  it('a link that is called “start” makes nothing', async () => {
    const on = page({ path: '/change', headings: ['Change'], controls: [control('link', 'start', { href: '/start' })] });
    expect(await walk(createBuiltin(), step('Create the page "garden"')).decide(on)).not.toMatchObject({
      why: expect.stringContaining('says what is to be done'),
    });
  });
});

it('nobody is added with another password than the one that is said', async () => {
  const form = page({
    path: '/people/new',
    headings: ['Add user'],
    controls: [
      control('textbox', 'Username', { form: 1, value: 'nora' }),
      control('button', 'Add user', { form: 1, attrs: { type: 'submit' } }),
    ],
  });
  expect(await first('Add a user "nora" with the password ${secret:NEXT}', form)).toContain('the form has no place for secret NEXT');
});

it('what adds something beside a title does not save the title', async () => {
  const editor = page({
    path: '/pages/9',
    title: 'Opening hours',
    controls: [
      control('button', 'Update', { path: 'div/header/button', context: { landmark: 'region Top bar' } }),
      control('textbox', 'Add title', { value: 'Opening times', path: 'div/section/h1', context: { landmark: 'region Content' } }),
      control('button', 'Add default block', { path: 'div/section/button', context: { landmark: 'region Content' } }),
    ],
  });
  expect(await first('Rename the page "Opening hours" to "Opening times"', editor)).toBe('click button Update');
});

it('a password that was made up is written over', async () => {
  const row = 'Password (required) Strong';
  const form = page({
    path: '/people/new',
    headings: ['Add user'],
    controls: [
      control('textbox', 'Username', { form: 1, value: 'nora' }),
      control('button', 'Generate password', { form: 1, context: { row }, at: [200, 100] }),
      control('textbox', 'Password', { form: 1, value: '•••', context: { row }, at: [10, 100] }),
      control('button', 'Add user', { form: 1, attrs: { type: 'submit' } }),
    ],
  });
  expect(await first('Add a user "nora" with the password ${secret:NEXT}', form)).toBe('fill textbox Password = ${secret:NEXT}');
});
