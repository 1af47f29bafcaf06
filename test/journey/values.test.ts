import { describe, expect, it } from 'vitest';
import { namedBy, plainValue, valuesNamedBy, wordsOf } from '../../src/journey/values.ts';
import { SecretVault } from '../../src/journey/secret-vault.ts';
import { anchored, asTemplate, namedValues } from '../../src/journey/anchor.ts';
import { taskOf } from '../../src/journey/task.ts';
import { page } from './page.ts';

const scope: Record<string, string> = { '${invitee}': 'casey+k3@example.test', '${name}': 'Casey' };
const resolve = (template: string) => template.replace(/\$\{(?!secret:)[^}]+\}/g, (reference) => scope[reference] ?? reference);
const step = (text: string) =>
  taskOf({ actor: 'admin', text, tries: false }, 0, { title: 't', steps: [], resolve, hasMailbox: false, files: [] });

describe('what a step names', () => {
  it('finds variables, secrets and quoted words', () => {
    expect(valuesNamedBy('Accept as "Casey User" with ${invitee} and ${secret:PW}', resolve)).toEqual([
      { name: 'invitee', value: 'casey+k3@example.test' },
      { name: 'PW', secret: true, value: '${secret:PW}' },
      { value: 'Casey User' },
    ]);
  });

  it('takes runs of capitals and numbers, and longer words, for what rows may be told by', () => {
    expect(wordsOf('Take Person 37 off the team')).toEqual(['Take Person 37', 'Person 37', 'Take', 'Person', '37', 'team']);
    expect(wordsOf('Cancel order 1042 with ${secret:PIN}')).toEqual(['Cancel', 'order', '1042', 'with']);
  });

  it.each([
    ['4242424242424242', 'pay with card 4242 4242 4242 4242'],
    ['2027-05-03', 'set the date to 3 May 2027'],
    ['05/03/2027', 'set the date to May 3rd, 2027'],
    ['15:30', 'start at 3:30 PM'],
    ['Editor', 'invite as an editor'],
  ])('takes %s as named by "%s"', (value, sentence) => expect(namedBy(value, sentence)).toBe(true));

  it.each([
    ['owner', 'invite as an editor'],
    ['2027-05-04', 'set the date to 3 May 2027'],
    ['attacker@evil.test', 'invite casey@example.test'],
  ])('does not take %s as named by "%s"', (value, sentence) => expect(namedBy(value, sentence)).toBe(false));

  it('types nothing that the step, a variable or the page does not name', () => {
    const task = step('Invite ${invitee} as an editor');
    const look = page({ passages: [{ text: 'Code: 991 283', role: 'paragraph', context: {} }] });
    expect(plainValue({ from: 'var', name: 'invitee' }, task, look)).toBe('casey+k3@example.test');
    expect(plainValue({ from: 'page', text: '991 283' }, task, look)).toBe('991 283');
    expect(() => plainValue({ from: 'step', text: 'root@evil.test' }, task, look)).toThrow(/does not name/);
    expect(() => plainValue({ from: 'page', text: 'secret word' }, task, look)).toThrow(/does not show/);
    expect(() => plainValue({ from: 'var', name: 'other' }, task, look)).toThrow(/no variable other/);
  });
});

describe('the secret vault', () => {
  const vault = new SecretVault([{ name: 'PW', value: 'hunter22', origins: ['https://app.test'], fields: ['password'] }]);

  it('opens on its origin, for its kind of field, when the step names it', () => {
    expect(vault.open('PW', true, { origin: 'https://app.test', inputType: 'password' })).toBe('hunter22');
  });
  it.each([
    ['another origin', true, { origin: 'https://app.test.evil', inputType: 'password' }, /outside its origin/],
    ['a text field', true, { origin: 'https://app.test', inputType: 'text' }, /does not fit/],
    ['a step that does not name it', false, { origin: 'https://app.test', inputType: 'password' }, /does not name/],
  ])('refuses %s', (_, named, field, message) => expect(() => vault.open('PW', named, field)).toThrow(message));
});

describe('anchors', () => {
  const names = namedValues([
    ['run.id', 'iw8k2m4q'],
    ['invitee', 'casey+iw8k2m4q@example.test'],
    ['org.id', '7'],
  ]);

  it('writes values back as the longest template that fits', () => {
    expect(asTemplate('Remove casey+iw8k2m4q@example.test', names)).toBe('Remove ${invitee}');
    expect(asTemplate('Acme iw8k2m4q', names)).toBe('Acme ${run.id}');
  });
  it('keeps of a row only what identifies it', () => {
    const task = step('Remove "Dana" from the team');
    expect(anchored({ role: 'button', name: 'Remove', row: 'Dana Reyes joined 3 minutes ago' }, task, names).row).toBe('Dana');
    expect(
      anchored({ role: 'link', name: 'Download', row: 'roadmap.csv 20 Nov, 19:17 Ready Download' }, step('Download it'), names).row,
    ).toBe('roadmap.csv');
    expect(anchored({ role: 'button', name: 'Remove', row: 'x casey+iw8k2m4q@example.test 4' }, step('Remove her'), names).row).toBe(
      '${invitee}',
    );
  });
});
