import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { suggested } from '../../src/cli/first-intent.ts';
import { configFile, firstIntentFile, firstInvariantFile, idOf, intentFile, scalar } from '../../src/cli/templates.ts';

const awkward = [
  'yes',
  'null',
  'A: b',
  '# not a comment',
  '- no list',
  '"quoted"',
  "it's",
  'ends with space ',
  '12',
  '1e3',
  '{x}',
  '[x]',
  '*a',
  '&a',
  '!t',
  '%d',
  '@x',
  '`x`',
  'tab\there',
  'line\nbreak',
  'Ünïcode 🎉',
  '${note} first',
  'a #b',
  'true',
  '~',
  '',
  '|',
  '>',
  'a: ',
  ': a',
];

describe('what init and new write', () => {
  test.each(awkward)('the text %j survives as a YAML scalar', (text) => {
    expect(parse(`value: ${scalar(text)}`)).toEqual({ value: text });
  });

  test.each(awkward.filter((text) => text.trim() !== ''))('a title and a sentence like %j come out as they went in', (text) => {
    const first = suggested({ url: 'http://localhost:3000', title: text, step: [text], proof: '/api', shows: text });
    const intent = parse(firstIntentFile(first)) as { intent: string; journey: string[] };
    expect(intent.intent).toBe(text);
    expect(intent.journey).toEqual([text]);
    const invariant = parse(firstInvariantFile(first)) as { 'it-is-stored': { eventually: { expect: unknown } } };
    expect(JSON.stringify(invariant['it-is-stored'].eventually.expect)).toContain(JSON.stringify(text));
  });

  test('variables of the sentences are declared, new in every run, and handed to the invariant', () => {
    const first = suggested({ url: 'localhost:3000', title: 'Add a note', step: ['Add the note "${note}"'], proof: 'api/notes' });
    const intent = parse(firstIntentFile(first)) as { vars: Record<string, string>; then: unknown[] };
    expect(intent.vars['note']).toContain('${run.id}');
    expect(intent.then).toEqual([{ 'it-is-stored': { note: '${note}' } }]);
    expect(parse(configFile(first))).toEqual({ targets: { local: { url: 'http://localhost:3000' } } });
  });

  test('sentences of several variables make files that fit together, with values that look like what they are', () => {
    const first = suggested({
      url: 'localhost:3000',
      title: 'Add a customer',
      step: ['Add the customer "${name}" with the e-mail address ${email}'],
      proof: 'api/customers',
    });
    const intent = parse(firstIntentFile(first)) as { vars: Record<string, string>; then: Record<string, object>[] };
    const invariant = parse(firstInvariantFile(first)) as { 'it-is-stored': { params: string[] } };
    expect(first.complete).toBe(true);
    expect(Object.keys(intent.vars)).toEqual(['name', 'email']);
    expect(intent.vars['email']).toMatch(/^\S+@\S+$/);
    expect(Object.keys(intent.then[0]!['it-is-stored']!)).toEqual(invariant['it-is-stored'].params);
  });

  test('a sentence without a variable is proven by what it quotes; without that, the example is left to be filled in', () => {
    expect(suggested({ url: 'localhost', title: 'T', step: ['Add the note "Milk"'], proof: '/api' })).toMatchObject({
      shows: 'Milk',
      complete: true,
    });
    expect(suggested({ url: 'localhost', title: 'T', step: ['Add a note'], proof: '/api' })).toMatchObject({ complete: false });
  });

  test('titles become ids that are file names everywhere', () => {
    expect(idOf('Invite a teammate as editor')).toBe('invite-a-teammate-as-editor');
    expect(idOf('Löschen & Ändern!')).toBe('loschen-andern');
    expect(idOf('🎉')).toBe('first');
    expect(idOf('CON')).not.toBe('con');
  });

  test('a new intent is YAML that says what it wants', () => {
    expect(Object.keys(parse(intentFile('X')) as object)).toEqual(['intent', 'why', 'priority', 'vars', 'journey', 'then', 'within']);
  });
});
