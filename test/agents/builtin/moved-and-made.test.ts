import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { control, page, step, told, walk } from '../pages.ts';

const inForm = (role: string, name: string, more: object = {}) =>
  control(role, name, { form: 1, ...more, context: { heading: 'Move page' } });

describe('what is moved in a form for moving gets the name that the sentence says', () => {
  const form = (label: string, now: string, button = 'Move page') =>
    page({
      path: '/move/plan',
      title: 'Move Plan',
      headings: ['Move Plan'],
      controls: [
        inForm('combobox', '(Main)', { value: '(Main)', popup: 'listbox' }),
        inForm('textbox', label, { value: now }),
        inForm('textbox', 'Reason', { value: '' }),
        inForm('checkbox', 'Leave a redirect behind', { checked: true }),
        inForm('button', button, { attrs: { type: 'submit' } }),
      ],
    });
  const first = async (sentence: string, on: ReturnType<typeof page>) => told(await walk(createBuiltin(), step(sentence)).decide(on));

  it.each(['', 'New title'])('into the field that holds its name now, called “%s”', async (label) => {
    expect(await first('Move "Plan" to "Plan 2027" without leaving a redirect', form(label, 'Plan'))).toContain('= Plan 2027');
  });

  it.each([
    ['Title', 'Move page'],
    ['New title', 'Save'],
  ])('but not over its name in “%s” with “%s”', async (label, button) => {
    expect(await first('Move "Plan" to "Shelf 3"', form(label, 'Plan', button))).not.toContain('= Shelf 3');
  });
});

it('somebody’s name and telephone say nothing of the kind of thing that is made', async () => {
  const customer = page({
    path: '/customers/1',
    headings: ['Brightwater Ltd'],
    controls: [control('tab', 'Details'), control('tab', 'Contacts', { selected: true }), control('button', 'Add contact')],
  });
  const journey = walk(
    createBuiltin(),
    step('Add Ruth Adler (ruth@example.test, phone "+44 20 7946 0102") to the contacts of Brightwater Ltd'),
  );
  expect(told(await journey.decide(customer))).toBe('click button Add contact');
});

it('what is renamed gets its new name where its present one stands, though other fields speak of the same kind of thing', async () => {
  const inForm = (name: string, value: string, y: number) =>
    control('textbox', name, { value, form: 1, at: [10, y], context: { heading: 'Edit project' } });
  const form = page({
    path: '/projects/3/edit',
    headings: ['Edit project'],
    controls: [inForm('About this project', 'What we build next.', 100), inForm('Name of the project', 'Roadmap', 200)],
  });
  expect(told(await walk(createBuiltin(), step('Rename the project "Roadmap" to "Roadmap 2027"')).decide(form))).toBe(
    'fill textbox Name of the project = Roadmap 2027',
  );
});
