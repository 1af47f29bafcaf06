import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

/** A post that is being edited: tags with a sign to remove them, a list of topics, and a button that deletes the post itself. */
const post = (tags: string[], { name = (tag: string) => `Remove ${tag}`, heading = 'Edit Autumn menu' } = {}) =>
  page({
    path: '/posts/1',
    headings: [heading],
    controls: [
      control('textbox', 'Title', { value: 'Autumn menu', form: 1 }),
      control('listbox', 'Topics', { options: ['Food', 'Season', 'News', 'Staff'], value: 'Food, Season', form: 1 }),
      ...tags.map((tag) => control('button', name(tag), { form: 1, attrs: { type: 'button' }, context: { row: tag, group: 'Tags' } })),
      control('button', 'Save post', { form: 1, attrs: { type: 'submit' } }),
      control('button', 'Delete post'),
      control('button', '×', { form: 1, context: { row: 'urgent', heading: 'Audience' } }),
    ],
  });

async function lines(sentence: string, more: Parameters<typeof post>[1] & { after?: string[] } = {}): Promise<string[]> {
  const journey = walk(createBuiltin(), step(sentence, { after: more.after ?? [] }));
  const done: string[] = [];
  let tags = ['urgent', 'draft', 'menu'];
  for (let turn = 0; turn < 6; turn++) {
    const on = post(tags, more);
    const decision = await journey.decide(on);
    done.push(
      decision.kind === 'step-done'
        ? 'done'
        : [told(decision), decision.kind === 'act' ? decision.target?.row : undefined].filter(Boolean).join(' in '),
    );
    if (decision.kind !== 'act') return done;
    const { row } = decision.target ?? {};
    // The tags that stay are drawn anew.
    journey.did(
      decision,
      on,
      row === undefined
        ? { requests: [sent('POST', '/posts/1')], navigated: true }
        : { added: tags.filter((tag) => tag !== row).map((tag) => `button "Remove ${tag}"`) },
    );
    tags = tags.filter((tag) => tag !== row);
  }
  return done;
}

describe('what is taken out of something leaves the rest of it, and the thing itself', () => {
  it.each([
    ['Remove the tag "urgent"', ['click button Remove urgent in urgent', 'click button Save post', 'done']],
    ['Remove the tag "urgent" from the post "Autumn menu"', ['click button Remove urgent in urgent', 'click button Save post', 'done']],
    [
      'Remove the tags "urgent" and "draft" from the post "Autumn menu" and save',
      ['click button Remove urgent in urgent', 'click button Remove draft in draft', 'click button Save post', 'done'],
    ],
  ])('%s', async (sentence, done) => {
    expect(await lines(sentence)).toEqual(done);
  });

  it('by a mere sign on it', async () => {
    expect(await lines('Remove the tag "draft"', { name: () => '×' })).toEqual([
      'click button × in draft',
      'click button Save post',
      'done',
    ]);
  });

  it('who goes on with the form saves it then', async () => {
    expect(await lines('Remove the tag "urgent"', { after: ['admin: Change the title to "Winter menu"'] })).toEqual([
      'click button Remove urgent in urgent',
      'done',
    ]);
  });

  it.each([
    'Remove the tag "kitchen" from the post "Autumn menu"',
    'Remove the tags "urgent" and "kitchen" from the post "Autumn menu"',
    'Remove the topic "Season" from the post "Autumn menu"',
  ])('what is not there to be removed removes nothing else: %s', async (sentence) => {
    expect((await lines(sentence)).join('\n')).not.toMatch(/click button (?:Remove|Delete|Save)/);
  });

  it.each(['Deselect "Season" in Topics and save', 'Remove "Season" from Topics'])(
    'an answer of a list that cannot be taken out is told: %s',
    async (sentence) => {
      const [first] = await lines(sentence);
      expect(first).toContain('cannot be taken out of such a list');
    },
  );

  it('what is off already is not chosen to take it out', async () => {
    expect((await lines('Deselect "Staff" in Topics'))[0]).not.toContain('select listbox');
  });
});

describe('what deletes is not tried out to see what it does', () => {
  const furniture = page({
    path: '/furniture',
    headings: ['Furniture'],
    controls: ['Blue chair', 'Red table'].map((row) => control('link', 'Delete', { href: `/furniture/${row}/delete`, context: { row } })),
    texts: ['Blue chair', 'Red table'].map((text) => ({ text, role: 'cell', context: { row: text } })),
  });

  it.each(['Delete "Green lamp"', 'Remove the lamp "Green lamp" from the furniture'])(
    'in the rows of other things: %s',
    async (sentence) => {
      expect(told(await walk(createBuiltin(), step(sentence)).decide(furniture))).not.toContain('click link Delete');
    },
  );

  it('on the page of another thing', async () => {
    const chair = page({
      path: '/furniture/1',
      headings: ['Blue chair'],
      controls: [control('link', 'Delete', { href: '/furniture/1/delete' })],
    });
    expect(told(await walk(createBuiltin(), step('Delete "Green lamp"')).decide(chair))).not.toContain('click link Delete');
  });

  it('nor what deletes the whole, once a row of it is deleted', async () => {
    const folder = (rows: string[]) =>
      page({
        path: '/folders/1',
        headings: ['Invoices'],
        controls: [control('button', 'Delete folder'), ...rows.map((row) => control('button', 'Delete', { context: { row } }))],
        texts: rows.map((text) => ({ text, role: 'cell', context: { row: text } })),
      });
    const journey = walk(createBuiltin(), step('Delete "plan.pdf"'));
    const first = await journey.decide(folder(['plan.pdf', 'song.mp3']));
    journey.did(first, folder(['plan.pdf', 'song.mp3']), { added: ['status "plan.pdf is in the trash"'] });
    expect(told(await journey.decide(folder(['song.mp3'])))).not.toContain('click');
  });

  it('that of the thing itself is', async () => {
    expect(await walk(createBuiltin(), step('Delete "Red table"')).decide(furniture)).toMatchObject({
      target: { name: 'Delete', row: 'Red table' },
    });
  });
});
