import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { control, page, type PageTold, sent, step, walk } from '../pages.ts';

const decide = (sentence: string, told: PageTold, vars: Record<string, string> = {}) =>
  walk(createBuiltin(), step(sentence, { vars })).decide(page(told));
const save = control('button', 'Save');

describe('a sentence that asks for a look', () => {
  it.each<[string, PageTold]>([
    ['Check that the page says "Saved"', { controls: [save], notices: [{ kind: 'status', text: 'Saved.' }] }],
    ['Verify that the total is "12.00"', { controls: [save], texts: ['Total: €12.00'] }],
    ['Make sure there is a button "Save"', { controls: [save] }],
    ['Check that "Milk" is no longer listed', { controls: [save], texts: ['Bread'] }],
    [
      'Check that "Milk" is no longer listed',
      { controls: [save], texts: ['Bread'], notices: [{ kind: 'status', text: 'Milk was removed' }] },
    ],
    ['Check that "Bread" is shown but "Milk" is not', { controls: [save], texts: ['Bread'] }],
    ['Verify that ${name} is a member', { controls: [save], texts: ['Dana Reyes · editor'] }],
    ['Check whether there are any errors', { controls: [save] }],
    ['Check that the button "Save" is disabled', { controls: [control('button', 'Save', { disabled: true })] }],
    ['Verify that "Milk" is not ticked', { controls: [control('checkbox', 'Milk', { checked: false })] }],
    [
      'Check that the price of "Milk" is "2"',
      {
        controls: [save],
        texts: [
          { text: 'Milk', role: 'cell', context: { row: 'Milk Dana 2' } },
          { text: '2', role: 'cell', context: { row: 'Milk Dana 2' } },
        ],
      },
    ],
    ['Check that the first name is "Dana"', { controls: [save], texts: ['Dana'] }],
  ])('is over when the page shows it: %s', async (sentence, told) => {
    expect(await decide(sentence, told, { name: 'Dana Reyes' })).toMatchObject({ kind: 'step-done' });
  });

  it.each<[string, PageTold, string]>([
    ['Check that the page says "Saved"', { controls: [save] }, 'the page does not show “Saved”'],
    ['Verify that "Milk" is gone', { controls: [save], texts: ['Milk'] }, 'the page still shows “Milk”'],
    ['Check that the total is "12"', { controls: [save], texts: ['Total: 120'] }, 'the page does not show “12”'],
    ['Check that the button "Save" is disabled', { controls: [save] }, '“Save” is not disabled'],
    ['Check that "Milk" is ticked', { controls: [control('checkbox', 'Milk', { checked: false })] }, '“Milk” is not ticked'],
    ['Verify that "Milk" is not ticked', { controls: [control('checkbox', 'Milk', { checked: true })] }, '“Milk” is ticked'],
    ['Check that "Milk" is ticked', { controls: [save], texts: ['Milk'] }, 'the page does not tell whether “Milk” is ticked'],
    [
      'Check that the price of "Milk" is "2"',
      {
        controls: [save],
        texts: [
          { text: 'Milk', role: 'cell', context: { row: 'Milk Dana 12' } },
          { text: '2', role: 'cell', context: { row: 'Bread Eli 2' } },
        ],
      },
      'no row shows both “Milk” and “2”',
    ],
    [
      'Check that only "Milk" is listed',
      { controls: [save], texts: ['Milk', 'Bread'] },
      'whether it is so (“only”) is not seen by looking for what is named: let an invariant say it',
    ],
    [
      'Check that "Bread" is listed before "Milk"',
      { controls: [save], texts: ['Milk', 'Bread'] },
      'whether it is so (“before …”) is not seen by looking for what is named: let an invariant say it',
    ],
    [
      'Check that "Milk" is listed twice',
      { controls: [save], texts: ['Milk'] },
      'whether it is so (“twice”) is not seen by looking for what is named: let an invariant say it',
    ],
    ['Verify the order is paid', { controls: [save], texts: ['Order 12, open'] }, 'the page does not say so: the order is paid'],
  ])('waits, touches nothing and gives up when the page never shows it: %s', async (sentence, told, why) => {
    const way = walk(createBuiltin(), step(sentence));
    const observation = page(told);
    let decision = await way.decide(observation);
    for (let looks = 0; decision.kind === 'act' && looks < 20; looks++) {
      expect(decision.action).toEqual({ kind: 'wait' });
      way.did(decision, observation);
      decision = await way.decide(observation);
    }
    expect(decision).toMatchObject({ kind: 'give-up', why });
  });

  it('sees a message that has gone again', async () => {
    const way = walk(createBuiltin(), step('Save it and check that the page says "All saved"'));
    const observation = page({ controls: [save] });
    const press = await way.decide(observation);
    expect(press).toMatchObject({ kind: 'act', action: { kind: 'click' } });
    way.did(press, observation, { requests: [sent('PATCH', '/x')], added: ['! status: "All saved"'] });
    expect(await way.decide(observation)).toMatchObject({ kind: 'step-done' });
  });
});
