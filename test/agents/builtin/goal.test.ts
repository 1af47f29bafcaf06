import { describe, expect, it } from 'vitest';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { step } from '../pages.ts';

const vars = { invitee: 'casey@example.test', 'dana.name': 'Dana Reyes', workspace: 'Northwind' };

function read(sentence: string): string[] {
  return goalsOf(step(sentence, { vars, hasMailbox: true })).map(({ kind, parts, clause }) =>
    [
      kind,
      ...parts.map(({ role, value }) => `${role} ${value.text}${value.hints.length > 0 ? ` (${value.hints.join(' ')})` : ''}`),
      ...(clause.until ? [`until ${clause.until.join(' ')}`] : []),
      ...clause.negated.map((words) => `not ${words.join(' ')}`),
    ].join(' | '),
  );
}

describe('a sentence is read', () => {
  it.each([
    ['Invite ${invitee} as an editor', ['do | typed casey@example.test | typed editor']],
    ['Send ${invitee} an invitation with the role Editor', ['do | typed casey@example.test | typed Editor (rol)']],
    ['Rename the project "Roadmap" to "Roadmap 2027"', ['do | entity Roadmap (project) | typed Roadmap 2027 (project)']],
    ['Call the project "Roadmap" "Roadmap 2027" from now on', ['do | entity Roadmap (project) | typed Roadmap 2027 (nam)']],
    ['Delete the project "Apollo"', ['do | entity Apollo (project)']],
    ["Change ${dana.name}'s role to viewer", ['do | entity Dana Reyes | typed viewer (rol)']],
    ['Make ${dana.name} a viewer', ['do | entity Dana Reyes | typed viewer (rol)']],
    ['Please change ${dana.name} from editor to viewer', ['do | entity Dana Reyes | typed viewer (editor)']],
    ['Upgrade to Pro', ['do | typed Pro']],
    ['As Admin, block Editor1 for one week', ['do | typed one week | entity Editor1']],
    ['As Admin, move "Plan" to "Plan 2027" without leaving a redirect', ['do | entity Plan | typed Plan 2027 | not leav redirect']],
    ['Enter 12/05/2016 as the date and hit submit.', ['put | typed 12/05/2016 (dat)', 'press']],
    ['Type "Roadmap" as the project name and save the changes', ['put | typed Roadmap (project nam)', 'do']],
    ['Look at the members', ['open']],
    ['Look for "Quartz Bakery"', ['search | typed Quartz Bakery']],
    ['Search for "Quartz Bakery"', ['search | typed Quartz Bakery']],
    ['Add the book "Dune" to the basket as well', ['do | entity Dune (book)']],
    ['Add "Dune" as well as "Emma" to the basket', ['do | entity Dune | entity Emma']],
    ['Put the book "Dune" on the wish list "Birthday"', ['do | entity Dune (book) | either Birthday (wish list)']],
    ['Put the task "Milk" on the list "Groceries"', ['do | typed Milk (task) | either Groceries (list)']],
    ['Create a page titled "Hours" at the address /hours/', ['do | typed Hours | typed /hours/ (address)']],
    ['Create a page under the name "Fees"', ['do | typed Fees (nam)']],
    ['In the list of users, delete "olga"', ['do | entity olga']],
    ['Add a mug; it comes from "Nordic" and it costs 12.00', ['do | typed Nordic | typed 12.00 (cost)']],
    ['Go to the checkout and have it sent to "Casey Novak"', ['open', 'do | typed Casey Novak']],
  ])('%s', (sentence, goals) => {
    expect(read(sentence)).toEqual(goals);
  });

  it('splits what is done one after the other', () => {
    expect(read('Open the invitation mail and accept it as "Casey User" with the password ${secret:PW}')).toEqual([
      'mail',
      'do | typed Casey User | typed ${secret:PW} (password)',
    ]);
    expect(read('Select abc, read and click Submit.')).toEqual(['choose | typed abc | typed read', 'press']);
    expect(read('Open the project "Roadmap" to edit it')).toEqual(['open | entity Roadmap (project)', 'open | entity Roadmap (project)']);
  });

  it('joins what goes on about the same thing', () => {
    expect(read('Create a project; its name is "Apollo" and its template "Launch"')).toEqual([
      'do | typed Apollo (nam) | typed Launch (templat)',
    ]);
    expect(read('Name the workspace "${workspace}", choose "2–10 people" as its team size and create it')).toEqual([
      'do | typed Northwind (workspac) | typed 2–10 people (team siz)',
    ]);
    expect(read('Delete the project "Roadmap" and confirm with its name')).toEqual(['do | entity Roadmap (project)']);
    expect(read('Open the verification mail and follow its link')).toEqual(['mail']);
  });

  it('takes "it" for what was named last', () => {
    expect(read('Open the project "Apollo" and delete it')).toEqual(['open | entity Apollo (project)', 'do | entity Apollo (project)']);
  });

  it('keeps what has to be so first apart from what is done', () => {
    expect(read('Download the export when it is ready')).toEqual(['do | until readi']);
    expect(read('As soon as the export is ready, download it')).toEqual(['do | until export readi']);
    expect(read('Wait until the import is completed')).toEqual(['wait | until import complet']);
  });

  it('never turns a secret into text', () => {
    const [goal] = goalsOf(step('Sign in as ${invitee} with the password ${secret:PW}', { vars }));
    expect(goal!.parts.map(({ value }) => value.ref)).toEqual([
      { from: 'var', name: 'invitee' },
      { from: 'secret', name: 'PW' },
    ]);
  });

  it('reads a value that is glued to a variable as one', () => {
    const [goal] = goalsOf(step('Invite casey+${workspace}@example.test', { vars }));
    expect(goal!.parts[0]!.value).toMatchObject({
      text: 'casey+Northwind@example.test',
      kind: 'email',
      ref: { from: 'step', text: 'casey+Northwind@example.test' },
    });
  });

  it.each([
    ['Check that the page says "Saved"', ['check: the page says "Saved"']],
    ['Verify the note is listed', ['check: the note is listed']],
    ['Confirm that the order is "Paid"', ['check: the order is "Paid"']],
    ['Ensure "Milk" is visible', ['check: "Milk" is visible']],
    ['Expect the total to be "12.00"', ['check: the total to be "12.00"']],
    ['The page should say "Saved"', ['check: The page should say "Saved"']],
    ['"Milk" is no longer listed', ['check: "Milk" is no longer listed']],
    ['I should see "Welcome"', ['check: "Welcome"']],
    ['Check the list for "Milk"', ['check: "Milk"']],
    ['Wait until the page says "Ready"', ['check: the page says "Ready"']],
    ['Wait for "Saved" to appear', ['check: "Saved" to appear']],
    ['Save the changes and check that the page says "Saved"', ['do', 'check: the page says "Saved"']],
    ['Then I should see "Welcome" and click "Next"', ['check: "Welcome"', 'press | entity Next']],
    ['Check that "Milk" is listed and delete it', ['check: "Milk" is listed', 'do | entity Milk']],
    ['Make sure that the page shows "Pro", then sign out', ['check: the page shows "Pro"', 'do']],
  ])('as something to look at: %s', (sentence, goals) => {
    expect(
      goalsOf(step(sentence)).map(({ kind, check, parts }) =>
        check ? `check: ${check.text}` : [kind, ...parts.map(({ role, value }) => `${role} ${value.text}`)].join(' | '),
      ),
    ).toEqual(goals);
  });

  it.each([
    ['Check "Accept terms"', ['choose | typed Accept terms']],
    ['Check the box "Email is fine"', ['choose | typed Email is fine']],
    ['Confirm the booking that is pending', ['do']],
    ['Verify your e-mail address', ['do']],
    ['Make sure to save', ['do']],
    ['Wait until the import "Contacts" is completed', ['wait | entity Contacts']],
    ['Make sure the box "Accept" is ticked', ['choose | typed Accept']],
    ['Ensure notifications are off', ['do']],
    ['Create the project "Apollo"; it should be private', ['do | typed Apollo']],
  ])('as something to do: %s', (sentence, goals) => {
    expect(
      goalsOf(step(sentence)).map(({ kind, parts }) => [kind, ...parts.map(({ role, value }) => `${role} ${value.text}`)].join(' | ')),
    ).toEqual(goals);
  });
});
