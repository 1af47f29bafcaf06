import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { control, page, step, told, walk } from '../pages.ts';

const first = async (sentence: string, on: ReturnType<typeof page>): Promise<string> =>
  told(await walk(createBuiltin(), step(sentence)).decide(on));

describe('fields for a first and a last name', () => {
  const profile = (heading: string, value: string) =>
    page({
      path: '/profile',
      headings: [heading],
      controls: [
        control('link', 'Home', { href: '/' }),
        control('textbox', 'First name', { form: 1, value, context: { heading } }),
        control('textbox', 'Last name', { form: 1, value, context: { heading } }),
        control('button', 'Save', { form: 1, attrs: { type: 'submit' } }),
      ],
    });

  it('take no words that are nobody', async () => {
    expect(await first('Leave the note "Fixed the mail settings"', profile('Details', ''))).not.toContain('fill');
    expect(await first('Leave the note "Fixed the mail settings"', profile('My account', 'Ada'))).not.toContain('fill');
  });

  it('take a name in two pieces', async () => {
    expect(await first('Create a user for Nora West', profile('New user', ''))).toBe('fill textbox First name = Nora');
    expect(await first('Register with the name "nora west"', profile('Register', ''))).toBe('fill textbox First name = nora');
  });
});

it('where something is made is not what a form asks for', async () => {
  const form = page({
    path: '/projects/new',
    headings: ['New project'],
    controls: [
      control('link', 'Home', { href: '/' }),
      control('textbox', 'Name', { form: 1, value: '', context: { heading: 'New project' } }),
      control('button', 'Create', { form: 1, attrs: { type: 'submit' }, context: { heading: 'New project' } }),
    ],
  });
  expect(await first('Archive the bugs in the project "Shop"', form)).toBe('click link Home');
});

it('a link beside a search field does not send it', async () => {
  const home = (value: string) =>
    page({
      path: '/',
      controls: [
        control('link', 'Search', { href: '/search', form: 1, context: { landmark: 'banner' } }),
        control('textbox', 'Search:', { form: 1, value, context: { landmark: 'banner' } }),
      ],
    });
  const journey = walk(createBuiltin(), step('Search for "Mug"'));
  journey.did(await journey.decide(home('')), home(''));
  expect(told(await journey.decide(home('Mug')))).toBe('press textbox Search: Enter');
});

it('what is called as the page itself leads nowhere from it', async () => {
  const overview = page({
    path: '/shop',
    title: 'Overview - Shop',
    headings: ['Shop', 'Overview'],
    controls: [control('generic', 'Shop'), control('link', 'Issues', { href: '/shop/issues' })],
  });
  expect(await first('Report a bug with the subject "Blank page" in the project "Shop"', overview)).toBe('click link Issues');
});

it('a link that says only "Report" reports nothing', async () => {
  const overview = page({
    path: '/shop',
    title: 'Shop',
    headings: ['Shop'],
    controls: [control('link', 'Report', { href: '/shop/report' }), control('link', 'Report a bug', { href: '/shop/bugs/new' })],
  });
  expect(await first('Report a bug with the subject "Blank page" in the project "Shop"', overview)).toBe('click link Report a bug');
});

it('a link to the page that it stands on may open what is to be filled in, where it says what is made', async () => {
  const news = page({
    path: '/shop/news',
    title: 'News - Shop',
    headings: ['Shop', 'News'],
    controls: [control('link', 'News', { href: '/shop/news' }), control('link', 'Add news', { href: '/shop/news' })],
  });
  expect(await first('Publish a news item titled "Open" in the project "Shop" saying "Come."', news)).toBe('click link Add news');
});

it("one's own account is not where somebody else gets one", async () => {
  const home = page({
    path: '/',
    controls: [
      control('link', 'My account', { href: '/me' }),
      control('link', 'Administration', { href: '/admin' }),
      control('link', 'Help', { href: '/help' }),
    ],
  });
  expect(await first('Create a user account for Nora West', home)).toBe('click link Administration');
  expect(await first('Change the language of my account to German', home)).toBe('click link My account');
});

it('a button that says how something is does nothing', async () => {
  const task = page({
    path: '/tasks/7',
    title: 'Menu',
    headings: ['Menu'],
    controls: [
      control('button', 'Deleted', { context: { row: 'Strong Italic Deleted Code' } }),
      control('button', 'Actions', { popup: 'menu', context: { row: 'Edit Watch Actions' } }),
      control('link', 'Edit', { href: '/tasks/7/edit', context: { row: 'Edit Watch Actions' } }),
      control('link', 'Watch', { href: '/tasks/7/watch', context: { row: 'Edit Watch Actions' } }),
      control('link', 'Quote', { href: '/tasks/7/quote' }),
    ],
  });
  expect(await first('Delete the task "Menu"', task)).toBe('click button Actions');
});

it('what stands in a bar of deeds is the page’s own', async () => {
  const task = page({
    path: '/tasks/7',
    title: 'Menu',
    headings: ['Menu'],
    controls: [
      control('link', 'Updated tasks', { href: '/tasks?view=3' }),
      ...['Edit', 'Log time', 'Watch', 'Copy'].map((name) =>
        control('link', name, { href: `/tasks/7/${name}`, context: { row: 'Edit Log time Watch Copy Link' } }),
      ),
    ],
  });
  expect(await first('Change its urgency to High', task)).toBe('click link Edit');
});

it('what a number in a field stands for is not written over it', async () => {
  const sheet = page({
    path: '/tasks/7/time/new',
    headings: ['Spent time'],
    controls: [
      control('textbox', 'Task', { form: 1, value: '7', near: 'Task Menu card' }),
      control('textbox', 'Hours', { form: 1, value: '' }),
      control('button', 'Create', { form: 1, attrs: { type: 'submit' } }),
    ],
  });
  expect(await first('Log 2 hours on the task "Menu card"', sheet)).toBe('fill textbox Hours = 2');
});

describe('what is said of a thing in the same sentence', () => {
  const sentence = 'Set the status of the task "Menu" to Closed and leave the note "Printed"';

  it('is about the thing that was named', () => {
    expect(goalsOf(step(sentence))[1]!.parts.map(({ role, value }) => `${role} ${value.text}`)).toEqual(['typed Printed', 'entity Menu']);
    expect(goalsOf(step('Rename the task "Menu" to "Card" and leave the note "Printed"'))[1]!.parts).toHaveLength(1);
  });

  it('is looked for where the thing is edited', async () => {
    const task = page({
      path: '/tasks/7',
      title: 'Menu',
      headings: ['Menu'],
      controls: [
        control('link', 'My account', { href: '/me' }),
        control('link', 'Edit', { href: '/tasks/7/edit', context: { row: 'Edit Watch Copy' } }),
        control('link', 'Watch', { href: '/tasks/7/watch', context: { row: 'Edit Watch Copy' } }),
      ],
    });
    expect(await first('Leave the note "Printed" on the task "Menu"', task)).toBe('click link Edit');
    expect(await first('Close the task "Menu" with the note "Printed"', task)).not.toBe('click link Edit');
  });
});

it('who is added to something with a part in it becomes a member', async () => {
  const settings = page({
    path: '/shop/settings',
    title: 'Settings - Shop',
    headings: ['Shop', 'Settings'],
    controls: [
      control('link', 'Projects', { href: '/projects', context: { landmark: 'banner' } }),
      control('link', 'Releases', { href: '/shop/releases' }),
      control('link', 'Members', { href: '/shop/members' }),
    ],
  });
  expect(await first('Add Kim Larsen to the project "Shop" as a tester', settings)).toBe('click link Members');
});

it('a menu that was opened for it is not opened again', async () => {
  const row = '+ New issue New version';
  const shop = (...more: string[]) =>
    page({
      path: '/shop',
      title: 'Shop',
      headings: ['Shop'],
      controls: [
        control('link', '+', { href: '#', context: { row } }),
        ...more.map((name) => control('link', name, { href: `/shop/${name.split(' ')[1]}s/new`, context: { row } })),
      ],
    });
  const journey = walk(createBuiltin(), step('Create the version "2.0" in the project "Shop"'));
  const opens = await journey.decide(shop());
  expect(told(opens)).toBe('click link +');
  journey.did(opens, shop(), { added: ['link "New issue"', 'link "New version"'] });
  expect(told(await journey.decide(shop('New issue', 'New version')))).toBe('click link New version');
});

it('a text goes where there is room for it, and not into a line that is called something like it', async () => {
  const editor = page({
    path: '/wiki/checklist',
    title: 'Checklist',
    headings: ['Checklist'],
    controls: [
      control('textbox', '', { form: 1, value: '', beside: 'Preview' }),
      control('textbox', 'Comment', { form: 1, value: '' }),
      control('button', 'Save', { form: 1, attrs: { type: 'submit' } }),
    ],
  });
  editor.candidates[0]!.print.tag = 'textarea';
  expect(await walk(createBuiltin(), step('Create the page "Checklist" with the text "Check the backups."')).decide(editor)).toMatchObject({
    action: { kind: 'fill', target: 1 },
  });
  expect(await walk(createBuiltin(), step('Leave the note "Printed" on "Checklist"')).decide(editor)).toMatchObject({
    action: { kind: 'fill', target: 1 },
  });
});
