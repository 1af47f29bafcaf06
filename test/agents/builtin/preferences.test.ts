import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

interface Form {
  preferred?: string;
  news?: boolean;
  name?: string;
}

const form = ({ preferred = 'E-mail', news = false, name = '' }: Form) =>
  page({
    path: '/customers/new',
    headings: ['New customer'],
    controls: [
      control('textbox', 'Name', { value: name, required: true, form: 1 }),
      ...['E-mail', 'Phone', 'Post'].map((way) =>
        control('radio', way, { checked: way === preferred, form: 1, attrs: { name: 'pref' }, context: { group: 'Preferred contact' } }),
      ),
      control('checkbox', 'Send newsletter', { checked: news, form: 1 }),
      control('button', 'Create customer', { form: 1, attrs: { type: 'submit' } }),
    ],
  });

/** What is done in the form until it is sent or given up. */
async function filledIn(sentence: string, begins: Form = {}): Promise<string[]> {
  const journey = walk(createBuiltin(), step(sentence));
  let now = begins;
  const lines: string[] = [];
  for (let turn = 0; turn < 6; turn++) {
    const on = form(now);
    const decision = await journey.decide(on);
    lines.push(decision.kind === 'step-done' ? 'done' : told(decision));
    if (decision.kind !== 'act') return lines;
    const { action, target } = decision;
    if (action.kind === 'fill') now = { ...now, name: 'Ann' };
    if (action.kind === 'check') now = target!.role === 'radio' ? { ...now, preferred: target!.name } : { ...now, news: action.on };
    journey.did(decision, on, action.kind === 'click' ? { requests: [sent('POST', '/customers')], navigated: true } : {});
  }
  return lines;
}

describe('what somebody who is added wants is chosen, or told', () => {
  it.each<[string, string[]]>([
    [
      'Add the customer "Ann", who wants to be contacted by phone',
      ['fill textbox Name = Ann', 'check radio Phone on', 'click button Create customer', 'done'],
    ],
    ['Add the customer "Ann" who prefers to be contacted by e-mail', ['fill textbox Name = Ann', 'click button Create customer', 'done']],
    [
      'Add the customer "Ann", who wants the newsletter',
      ['fill textbox Name = Ann', 'check checkbox Send newsletter on', 'click button Create customer', 'done'],
    ],
  ])('%s', async (sentence, lines) => {
    expect(await filledIn(sentence)).toEqual(lines);
  });

  it('what is not wanted is not chosen', async () => {
    expect(await filledIn('Add the customer "Ann", who does not want to be contacted by phone')).toEqual([
      'fill textbox Name = Ann',
      'click button Create customer',
      'done',
    ]);
  });

  it('what is not wanted and ticked is unticked', async () => {
    expect(await filledIn('Add the customer "Ann", who does not want the newsletter', { news: true })).toEqual([
      'fill textbox Name = Ann',
      'check checkbox Send newsletter off',
      'click button Create customer',
      'done',
    ]);
  });

  it('what no answer says is told, and nothing is sent', async () => {
    const lines = await filledIn('Add the customer "Ann", who wants to be contacted by fax');
    expect(lines).toEqual(['fill textbox Name = Ann', 'give-up: no answer that is chosen here says “fax”']);
  });

  it('what is not wanted and chosen already is told, and nothing is sent', async () => {
    const lines = await filledIn('Add the customer "Ann", who does not want to be contacted by phone', { preferred: 'Phone' });
    expect(lines).toEqual(['fill textbox Name = Ann', 'give-up: an answer that is chosen here says “phone”, and that is not wanted']);
  });
});
