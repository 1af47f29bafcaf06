import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

type Page = ReturnType<typeof page>;
const first = async (sentence: string, on: Page) => told(await walk(createBuiltin(), step(sentence)).decide(on));
const partsOf = (sentence: string) =>
  goalsOf(step(sentence)).flatMap(({ parts }) => parts.map(({ role, value }) => `${role} ${value.text}`));

/** All that is done on one page that holds what is put into it. */
async function carriedOut(sentence: string, on: Page): Promise<string[]> {
  const journey = walk(createBuiltin(), step(sentence));
  const lines: string[] = [];
  let shown = on;
  for (let turn = 0; turn < 6; turn++) {
    const decision = await journey.decide(shown);
    lines.push(told(decision));
    if (decision.kind !== 'act') break;
    journey.did(decision, shown, decision.action.kind === 'click' ? { requests: [sent('POST', '/save')] } : {});
    if (decision.action.kind !== 'fill') break;
    const { target, value } = decision.action;
    shown = {
      ...shown,
      candidates: shown.candidates.map((candidate) =>
        candidate.id === target ? { ...candidate, value: value.from === 'secret' ? '•••' : 'text' in value ? value.text : '' } : candidate,
      ),
    };
  }
  return lines;
}

/** A start page with a small form that makes a note of whatever is typed. */
const start = page({
  path: '/desk',
  headings: ['Overview', 'Jot down'],
  controls: [
    control('link', 'People', { href: '/people', context: { landmark: 'navigation' } }),
    control('link', 'Articles', { href: '/articles', context: { landmark: 'navigation' } }),
    control('textbox', 'Title', { form: 1, value: '', context: { heading: 'Jot down' } }),
    control('textbox', 'Body', { form: 1, value: '', context: { heading: 'Jot down' } }),
    control('button', 'Save draft', { form: 1, attrs: { type: 'submit' }, context: { heading: 'Jot down' } }),
  ],
});

describe('a form that would take anything is not the form for it', () => {
  it.each([
    ['Make Sam Hill an editor', 'click link People'],
    ['Search the articles for "timetable"', 'click link Articles'],
    ['Change the title of the article to "Summer"', 'click link Articles'],
    ['Publish the draft "Soup of the day"', /^click link/],
  ])('%s', async (sentence, expected) => {
    const line = await first(sentence, start);
    if (typeof expected === 'string') expect(line).toBe(expected);
    else expect(line).toMatch(expected);
  });

  it('who is made anew is not written over the one who is signed in', async () => {
    const profile = page({
      path: '/me',
      title: 'Update profile',
      headings: ['Update profile'],
      controls: [
        control('link', 'People', { href: '/people', context: { landmark: 'navigation' } }),
        control('textbox', 'Real name', { form: 1, value: 'Ada Admin' }),
        control('textbox', 'E-mail', { form: 1, inputType: 'email', value: 'ada@lab.test' }),
        control('button', 'Save', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
    expect(await first('Add a user with the real name "Nils Orr" and the e-mail address nils@lab.test', profile)).toBe('click link People');
  });

  it('a page is not added for a user, though a word of it is beside the link', async () => {
    const home = page({
      path: '/desk',
      controls: [
        control('link', 'Add a new page', { href: '/pages/new', context: { row: 'Author rich pages with patterns' } }),
        control('link', 'People', { href: '/people', context: { landmark: 'navigation' } }),
      ],
    });
    expect(await first('Add a user "nora" with the role Author', home)).toBe('click link People');
  });

  it('what is new under the name of other things makes one of those', async () => {
    const articles = page({
      path: '/articles',
      headings: ['Articles'],
      controls: [
        control('link', 'Add new', { href: '/articles/new', context: { heading: 'Articles' } }),
        control('link', 'Categories', { href: '/categories' }),
      ],
    });
    expect(await first('Create the category "Gardening"', articles)).toBe('click link Categories');
    expect(await first('Create the article "Gardening"', articles)).toBe('click link Add new');
  });
});

describe('the password that holds and a new one', () => {
  const form = page({
    path: '/me',
    headings: ['Profile'],
    controls: [
      control('textbox', 'E-mail', { form: 1, inputType: 'email', value: 'wanda@lab.test' }),
      control('textbox', 'New password', { form: 1, inputType: 'password', value: '' }),
      control('textbox', 'Once again', { form: 1, inputType: 'password', value: '' }),
      control('textbox', 'Confirm current password', { form: 1, inputType: 'password', value: '', required: true }),
      control('button', 'Save', { form: 1, attrs: { type: 'submit' } }),
    ],
  });

  it('the current one is typed where that is asked for, and nowhere else', async () => {
    expect(await carriedOut('Change my e-mail address to w@lab.test; my current password is ${secret:NOW}', form)).toEqual([
      'fill textbox E-mail = w@lab.test',
      'fill textbox Confirm current password = ${secret:NOW}',
      'click button Save',
    ]);
  });

  it('both, where the sentence has both', async () => {
    expect(await carriedOut('Change my password from ${secret:NOW} to ${secret:NEXT}', form)).toEqual([
      'fill textbox New password = ${secret:NEXT}',
      'fill textbox Once again = ${secret:NEXT}',
      'fill textbox Confirm current password = ${secret:NOW}',
      'click button Save',
    ]);
  });

  it('a new one is not given for the current one', async () => {
    expect((await carriedOut('Change my password to ${secret:NEXT}', form)).at(-1)).toContain(
      'Confirm current password” has to be filled in',
    );
  });
});

describe('links that only lead to a list', () => {
  it.each([
    ['Delete the comment of Greta', 'Trash (1)'],
    ['Approve the comment of Greta', '1 approved comment'],
  ])('%s: not with “%s”', async (sentence, name) => {
    const row = 'Greta Lovely';
    const list = page({
      path: '/comments',
      title: 'Greta',
      headings: ['Comments'],
      controls: [control('link', name, { href: '/comments?state=x', context: name.startsWith('1') ? { row } : {} })],
      texts: [{ text: 'Greta', role: 'cell', context: { row } }],
    });
    const journey = walk(createBuiltin(), step(sentence));
    const decision = await journey.decide(list);
    if (decision.kind === 'act') journey.did(decision, list, { navigated: true });
    expect(decision.kind === 'act' && !decision.tentative).toBe(false);
    expect((await journey.decide({ ...list, path: '/comments?state=x', digest: 'other' })).kind).not.toBe('step-done');
  });

  it('a bin is looked into for what is to be restored', async () => {
    const list = page({
      path: '/articles',
      headings: ['Articles'],
      controls: [control('link', 'All (6)', { href: '/articles?all' }), control('link', 'Trash (1)', { href: '/articles?trash' })],
    });
    expect(await first('Restore the article "Spring fair" from the bin', list)).toBe('click link Trash (1)');
  });

  it('a link to the very page is no way to do it', async () => {
    const home = page({
      path: '/wiki?page=start',
      headings: ['Start'],
      controls: [control('link', 'start', { href: '/wiki?page=start' }), control('link', 'People', { href: '/people' })],
    });
    expect(await first('Add a user "nils"', home)).toBe('click link People');
  });
});

describe('what is shown only while something is pointed at', () => {
  const row = 'Old notice Ada 1 May';
  const list = (open: boolean) => ({
    ...page({
      path: '/articles',
      headings: ['Articles'],
      controls: [
        control('link', '“Old notice” (Edit)', { href: '/articles/7', context: { row } }),
        control('link', 'Ada', { href: '/by/ada', context: { row } }),
        ...(open ? [control('link', 'Move to trash', { href: '/articles/7?trash', context: { row } })] : []),
      ],
    }),
    ...(open ? {} : { veiled: [row] }),
  });

  it('the row of what is named is pointed at, then its control is used', async () => {
    const journey = walk(createBuiltin(), step('Move the article "Old notice" to the bin'));
    const pointed = await journey.decide(list(false));
    expect(told(pointed)).toBe('hover link “Old notice” (Edit)');
    journey.did(pointed, list(false), { added: ['link "Move to trash"'] });
    expect(told(await journey.decide(list(true)))).toBe('click link Move to trash');
  });

  it('nothing is pointed at where nothing is hidden', async () => {
    const { veiled: _, ...plain } = list(false);
    expect(await first('Move the article "Old notice" to the bin', plain)).not.toContain('hover');
  });

  it('the menu that makes its kind of thing', async () => {
    const menu = {
      ...page({
        path: '/desk',
        controls: [control('link', 'New', { href: '/articles/new', popup: 'true', context: { row: 'New Article User' } })],
      }),
      veiled: ['New Article User'],
    };
    expect(await first('Add a user "nora"', menu)).toBe('hover link New');
  });
});

describe('what stands in the way or is only asked', () => {
  it('a tour is closed, not gone through', async () => {
    const tour = page({
      path: '/articles/7',
      dialog: 'Welcome to the editor',
      controls: [control('button', 'Close dialog'), control('button', 'Next')],
    });
    expect(await first('Rename the article "Old notice" to "New notice"', tour)).toBe('click button Close dialog');
  });

  it('a welcome that asks for something is not closed', async () => {
    const asks = page({
      path: '/',
      dialog: 'Welcome',
      controls: [control('textbox', 'Workspace name', { value: '' }), control('button', 'Close'), control('button', 'Create')],
    });
    expect(await first('Create the workspace "Harbour"', asks)).toBe('fill textbox Workspace name = Harbour');
  });

  it('what unfolds another setting confirms nothing', async () => {
    const before = page({ path: '/articles/8', title: 'Soup of the day', controls: [control('button', 'Publish')] });
    const after = page({
      path: '/articles/8',
      title: 'Soup of the day',
      dialog: 'Checklist',
      controls: [control('button', 'Publish: Immediately', { expanded: false }), control('button', 'Cancel')],
    });
    const journey = walk(createBuiltin(), step('Publish the draft "Soup of the day"'));
    const pressed = await journey.decide(before);
    expect(told(pressed)).toBe('click button Publish');
    journey.did(pressed, before, { added: ['button "Publish: Immediately"'] });
    expect(told(await journey.decide(after))).not.toContain('Immediately');
  });

  it('what is asked once more in another part of the page is pressed there', async () => {
    const before = page({
      path: '/articles/8',
      title: 'Soup of the day',
      controls: [control('button', 'Publish', { context: { landmark: 'region Top bar' } })],
    });
    const after = page({
      path: '/articles/8',
      title: 'Soup of the day',
      texts: ['Are you ready to publish?'],
      controls: [control('button', 'Publish', { context: { landmark: 'region Checklist' } }), control('button', 'Cancel')],
    });
    const journey = walk(createBuiltin(), step('Publish the draft "Soup of the day"'));
    journey.did(await journey.decide(before), before, { added: ['button "Cancel"'] });
    expect(told(await journey.decide(after))).toBe('click button Publish');
  });

  it('what a page sends by itself is not the doing of the link that led there', async () => {
    const row = 'Harbour walk 1 May';
    const list = page({
      path: '/articles',
      controls: [control('link', 'Edit', { href: '/articles/5', context: { row } })],
      texts: [{ text: 'Harbour walk', role: 'cell', context: { row } }],
    });
    const form = page({
      path: '/articles/5',
      headings: ['Harbour walk'],
      controls: [
        control('combobox', 'Category', { form: 1, options: ['News', 'Travel'], value: 'News' }),
        control('button', 'Save', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
    const journey = walk(createBuiltin(), step('Put the article "Harbour walk" into the category "Travel"'));
    const opened = await journey.decide(list);
    journey.did(opened, list, { navigated: true, requests: [{ ...sent('GET', '/articles/5'), kind: 'document' }, sent('POST', '/locks')] });
    expect(told(await journey.decide(form))).toBe('select combobox Category = Travel');
  });
});

describe('how sentences about what is there are read', () => {
  it.each([
    ['Restore the post "Spring fair" from the bin', ['entity Spring fair']],
    ['Publish the draft "Soup"', ['entity Soup']],
    ['Publish the post "Soup" with the text "Leek"', ['typed Soup', 'typed Leek']],
    ['Put the post "Harbour walk" into the category "Travel"', ['entity Harbour walk', 'typed Travel']],
    ['Delete the user cora', ['entity cora']],
    [
      'Search the posts for "time" and change the title of the one that is found to "Summer"',
      ['typed time', 'typed posts', 'typed Summer', 'entity time'],
    ],
  ])('%s', (sentence, parts) => expect(partsOf(sentence)).toEqual(parts));

  it('“at most” asks for no greatest', () => expect(goalsOf(step('Show at most 5 posts'))[0]!.clause.extreme).toBeUndefined());

  it('a path is gone to as it is written', async () =>
    expect(await walk(createBuiltin(), step('Open /admin/ and sign in')).decide(page({ path: '/', controls: [] }))).toMatchObject({
      action: { kind: 'goto', path: '/admin/' },
    }));

  it('the one that is found is the only row that has it', async () => {
    const results = page({
      path: '/posts?q=time',
      headings: ['Posts'],
      controls: [
        control('link', 'Winter timetable', { href: '/posts/6', context: { row: 'Winter timetable Ada' } }),
        control('button', 'Edit', { context: { row: 'Winter timetable Ada' } }),
      ],
    });
    const found = walk(createBuiltin(), step('Search the posts for "timetable" and change the title of the one that is found to "Summer"'));
    const search = page({
      path: '/posts',
      controls: [
        control('searchbox', 'Search posts', { form: 1, inputType: 'search', value: 'timetable' }),
        control('button', 'Search', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
    const pressed = await found.decide(search);
    found.did(pressed, search, { navigated: true, requests: [{ ...sent('GET', '/posts'), kind: 'document' }] });
    expect(told(await found.decide(results))).toBe('click button Edit');
  });
});

describe('where it goes from', () => {
  it('is put into the field that is called so, whatever else stands beside that', async () => {
    const form = page({
      controls: [
        control('textbox', 'From:', { form: 1, value: '', beside: 'Book your one-way flight today' }),
        control('textbox', 'To:', { form: 1, value: '' }),
        control('button', 'Search', { form: 1 }),
      ],
    });
    const lines = await carriedOut('Book a one-way flight from: Emmonak, AK to: Steamboat Springs, CO.', form);
    expect(lines.slice(0, 2)).toEqual(['fill textbox From: = Emmonak, AK', 'fill textbox To: = Steamboat Springs, CO']);
  });
});
