import { describe, expect, it } from 'vitest';
import { addressAt } from '../../../src/agents/builtin/address.ts';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

const pieces = (text: string): string => {
  const found = addressAt(text, 0);
  return found.map(({ called, text: piece }) => `${called[0]} ${piece}`).join(' | ');
};

describe('a postal address without quotes', () => {
  it.each([
    [
      '12 Harbour Street, Bristol BS1 4ST, United Kingdom',
      'street 12 Harbour Street | citi Bristol | postcod BS1 4ST | countri United Kingdom',
    ],
    ['221B Baker Street, London and pay', 'street 221B Baker Street | citi London'],
    ['742 Evergreen Terrace, Springfield, IL 62704', 'street 742 Evergreen Terrace | citi Springfield | stat IL | postcod 62704'],
    ['9 Hill Road, Newcastle upon Tyne NE1 4ST', 'street 9 Hill Road | citi Newcastle upon Tyne | postcod NE1 4ST'],
    ['Hauptstraße 5, 10115 Berlin, Germany', 'street Hauptstraße 5 | postcod 10115 | citi Berlin | countri Germany'],
    ['12 Harbour Street', ''],
    ['3 Apples, Pears', ''],
    ['12 Harbour Street, and go on', ''],
  ])('%s', (text, expected) => {
    expect(pieces(text)).toBe(expected);
  });

  it('is no part of the name before it, nor of the order behind it', () => {
    const [order, next] = goalsOf(step('Ship it to Casey Novak, 12 Harbour Street, Bristol BS1 4ST, and open the order "A-12"'));
    expect(order!.parts.map(({ value }) => value.text).sort()).toEqual(['12 Harbour Street', 'BS1 4ST', 'Bristol', 'Casey Novak']);
    expect(next!.parts.map(({ value }) => value.text)).toEqual(['A-12']);
  });

  it('is something to be typed, whatever stands before it', () => {
    const [save] = goalsOf(step('Save a new address in my address book for Robin Hale, 5 Mill Lane, York YO1 7EP'));
    const pieces = save!.parts.map(({ role, value }) => `${role} ${value.text}`);
    expect(pieces.sort()).toEqual(['typed 5 Mill Lane', 'typed Robin Hale', 'typed YO1 7EP', 'typed York']);
  });

  const SENTENCE = 'Have it sent to Casey Novak, 12 Harbour Street, Bristol BS1 4ST, United Kingdom';

  /** All that is put into a form whose fields keep what they are given, until it is sent. */
  async function filledIn(sentence: string, fields: readonly string[], countries: string[] = []): Promise<string[]> {
    const journey = walk(createBuiltin(), step(sentence));
    const held = new Map<string, string>();
    const lines: string[] = [];
    for (let turn = 0; turn < 9; turn++) {
      const on = page({
        path: '/checkout/address',
        headings: ['Where shall it be sent?'],
        controls: [
          ...fields.map((name) => control('textbox', name, { value: held.get(name) ?? '', form: 1 })),
          ...(countries.length > 0
            ? [control('combobox', 'Country', { options: countries, value: held.get('Country') ?? '', form: 1 })]
            : []),
          control('button', 'Continue', { form: 1, attrs: { type: 'submit' } }),
        ],
      });
      const decision = await journey.decide(on);
      lines.push(told(decision));
      if (decision.kind !== 'act' || decision.action.kind === 'click') return lines;
      if (decision.action.kind === 'fill' && 'text' in decision.action.value) held.set(decision.target!.name, decision.action.value.text);
      if (decision.action.kind === 'select' && 'text' in decision.action.option)
        held.set(decision.target!.name, decision.action.option.text);
      journey.did(decision, on, { requests: [sent('GET', '/')] });
    }
    return lines;
  }

  it('is put into the fields that ask for its pieces', async () => {
    const fields = ['First name', 'Last name', 'First line of address', 'Second line of address', 'City', 'Post/Zip-code'];
    expect(await filledIn(SENTENCE, fields, ['---------', 'United Arab Emirates', 'United Kingdom', 'United States'])).toEqual([
      'fill textbox First name = Casey',
      'fill textbox Last name = Novak',
      'fill textbox First line of address = 12 Harbour Street',
      'fill textbox City = Bristol',
      'fill textbox Post/Zip-code = BS1 4ST',
      'select combobox Country = United Kingdom',
      'click button Continue',
    ]);
  });

  it('is put into one field as a whole where there is but one', async () => {
    expect(await filledIn(SENTENCE, ['Full name', 'Address'])).toEqual([
      'fill textbox Full name = Casey Novak',
      'fill textbox Address = 12 Harbour Street, Bristol BS1 4ST, United Kingdom',
      'click button Continue',
    ]);
  });
});
