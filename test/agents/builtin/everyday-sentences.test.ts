import { describe, expect, it } from 'vitest';
import { createBuiltin } from '../../../src/agents/builtin/agent.ts';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import type { Turn } from '../../../src/core/decision.ts';
import { namedBy } from '../../../src/journey/values.ts';
import { control, page, sent, step, told, walk } from '../pages.ts';

const read = (sentence: string): string[] =>
  goalsOf(step(sentence)).map(({ kind, parts, clause }) =>
    [
      kind,
      clause.verb,
      ...parts.map(({ role, value }) => `${role} ${value.text}`),
      ...clause.negated.filter((words) => words.length > 0).map((words) => `not ${words.join(' ')}`),
    ].join(' | '),
  );

describe('sentences as people write them', () => {
  it.each([
    ['Take the tag "spam" off the ticket "Slow dashboard"', ['do | delet | entity spam | entity Slow dashboard']],
    ['In the basket, take out the Stoneware Teapot', ['do | delet | entity Stoneware Teapot']],
    ['Switch off the reminder mails, but leave weekend bookings alone', ['do | disabl']],
    [
      'On "Invoice is wrong", leave the internal note "Be generous" — do not send it to the customer',
      ['do | leav | typed Be generous | entity Invoice is wrong | not send customer'],
    ],
    [
      'Answer the ticket "Cannot log in" with "It is reset." and then mark it as solved',
      ['do | answer | entity Cannot log in | typed It is reset.', 'do | mark | typed solved | entity Cannot log in'],
    ],
    [
      'Assign it to Tomas Berg, tag it "billing" and make it urgent',
      ['do | assign | typed Tomas Berg', 'do | tag | typed billing', 'do | mak | typed urgent'],
    ],
    ['Put two large blue Enamel Mugs into the basket', ['do | put | typed 2 | entity Enamel Mug']],
    ['Have it sent to Ines Alves, city "Porto", Portugal', ['do | send | typed Porto | typed Ines Alves | typed Portugal']],
    ['Look up order 7012 and cancel it', ['do | cancel | entity 7012']],
    ['Return the kettle of order 7012 because it does not fit', ['do | return | entity 7012']],
    [
      'Pay with the card 4242 4242 4242 4242 of "Avery Stone", expiry 12/30, CVC 123',
      ['do | pay | typed 4242 4242 4242 4242 | either Avery Stone | typed 12/30 | typed 123'],
    ],
    ['Apply the coupon WELCOME10 to my basket', ['do | appli | typed WELCOME10']],
    [
      'In the list of people, select Ada Lamm and Bo Ek and move them to the team "Support"',
      ['choose | select | typed Ada Lamm | typed Bo Ek', 'do | mov | typed Support'],
    ],
    [
      'Create a new customer: Priya Nair, priya@example.test, company Northwind',
      ['do | creat | typed priya@example.test | typed Priya Nair | typed Northwind'],
    ],
    [
      'Reply "It is reset." to "Cannot log in" and set its status to solved',
      ['do | repli | typed It is reset. | entity Cannot log in', 'do | set | typed solved | entity Cannot log in'],
    ],
    ['Add an internal note to the ticket "Cannot log in" that says "Be generous"', ['do | add | either Cannot log in | typed Be generous']],
    [
      'Turn down the request of Bo Ek and tell him "Too many of us are away"',
      ['do | declin | typed Too many of us are away | entity Bo Ek'],
    ],
    [
      'A customer, Mona Lind, is on the phone: create a ticket "Zip broke" for her, priority high',
      ['do | creat | typed Zip broke | either Mona Lind | typed high'],
    ],
    ['Jonas Weber has left. Deactivate him.', ['do | deactivat | entity Jonas Weber']],
    [
      'I received order 7012 and the Stoneware Teapot is broken: send it back as damaged',
      ['do | return | entity Stoneware Teapot | typed damaged | entity 7012'],
    ],
    ['Check out, signing in with uma@example.test and "pw-123"', ['do | checkout', 'do | signin | typed uma@example.test | typed pw-123']],
    [
      'Tick Ada Lamm and Bo Ek among the people and put both into the team "Support"',
      ['choose | tick | typed Ada Lamm | typed Bo Ek', 'do | put | typed Support'],
    ],
    ['Set how many days ahead rooms can be booked to 60', ['do | set | typed 60']],
    ['Void invoice F-1002, the reason is "Duplicate"', ['do | void | entity F-1002 | typed Duplicate']],
    ['Change the payment terms of Halden & Sons to 45 days', ['do | chang | typed 45 days | entity Halden & Sons']],
    ['Send a letter to Rua Nova 12, 4000 Porto', ['do | send | typed Rua Nova 12 | typed 4000 | typed Porto']],
    ['Throw away the draft F-1006', ['do | delet | entity F-1006']],
    [
      'Add Priya Nair of Northwind (priya@example.test) to the customers',
      ['do | add | typed priya@example.test | typed Priya Nair | either Northwind'],
    ],
  ])('%s', (sentence, goals) => {
    expect(read(sentence)).toEqual(goals);
  });

  it('a count may be said in a word and typed in digits, and nothing else may', () => {
    expect(namedBy('2', 'Put two mugs into the basket')).toBe(true);
    expect(namedBy('3', 'Put two mugs into the basket')).toBe(false);
    expect(namedBy('1', 'Put someone on the list')).toBe(false);
  });
});

describe('the wrong thing is not done, and nothing is taken for done that is not', () => {
  it('a value that the sentence names and no field took is told, and the step is not done', async () => {
    const journey = walk(createBuiltin(), step('Create a new customer: Priya Nair, priya@example.test, company Northwind'));
    const form = (name: string, email: string) =>
      page({
        path: '/new',
        headings: ['New customer'],
        controls: [
          control('textbox', 'Name', { value: name, form: 1 }),
          control('textbox', 'E-mail', { value: email, form: 1, inputType: 'email' }),
          control('button', 'Create customer', { form: 1, attrs: { type: 'submit' } }),
        ],
      });
    const fields: [string, string] = ['', ''];
    for (;;) {
      const next = await journey.decide(form(...fields));
      if (next.kind !== 'act' || next.action.kind !== 'fill') {
        expect(told(next)).toBe('click button Create customer');
        journey.did(next, form(...fields), { requests: [sent('POST', '/customers')], added: ['status "Saved"'] });
        break;
      }
      fields[next.target!.name === 'Name' ? 0 : 1] = 'text' in next.action.value ? next.action.value.text : '';
      journey.did(next, form('', ''));
    }
    expect(await journey.decide(page({ path: '/new', headings: ['New customer'], controls: [] }))).toMatchObject({
      kind: 'give-up',
      why: expect.stringContaining('“Northwind”'),
    });
  });

  it('a state in plain words is no text for a field that merely is there', async () => {
    const settings = page({
      path: '/settings',
      headings: ['Settings'],
      controls: [control('textbox', 'Company name', { value: 'Acme', form: 1 }), control('button', 'Save settings', { form: 1 })],
    });
    const decision = await walk(createBuiltin(), step('Set both to paid')).decide(settings);
    expect(told(decision)).not.toContain('fill');
  });

  it('a box in a form with a button that saves is on once it is saved', async () => {
    const form = (checked: boolean) =>
      page({
        path: '/settings',
        headings: ['Reminders'],
        controls: [
          control('checkbox', 'Charge late fees', { checked, form: 1 }),
          control('button', 'Save settings', { form: 1, attrs: { type: 'submit' } }),
        ],
      });
    const journey = walk(createBuiltin(), step('Turn late fees on'));
    const tick = await journey.decide(form(false));
    expect(tick).toMatchObject({ action: { kind: 'check', on: true } });
    journey.did(tick, form(false));
    expect(told(await journey.decide(form(true)))).toBe('click button Save settings');
  });

  it.each([
    ['Click "Print"', control('button', 'Send')],
    ['Click "Settings"', control('button', 'Account of Olivia Grant')],
    ['Click "Cast Iron Pan Lid"', control('link', 'Cast Iron Pan', { href: '/p/pan' })],
    ['Click "Open"', control('button', 'Status: Open')],
    ['Enter "12" into "Quantity of Teapot"', control('spinbutton', 'Quantity of Towel', { value: '2', inputType: 'number' })],
    ['Choose "Just me" in "Team size"', control('textbox', 'Workspace name', { value: '' })],
  ])('%s: what is quoted and not there is not taken for what is', async (sentence, other) => {
    const decision = await walk(createBuiltin(), step(sentence)).decide(page({ path: '/', controls: [other] }));
    expect(decision.kind === 'act' && decision.tentative !== true).toBe(false);
  });

  it('a box in the row that is named is ticked there or nowhere', async () => {
    const rows = ['Ada Lamm Sales', 'Bo Ek Sales'];
    const people = page({
      path: '/people',
      controls: [
        control('checkbox', 'Select row', { checked: false, context: { row: rows[0]! } }),
        control('button', 'Actions', { popup: 'menu', context: { row: rows[1]! } }),
      ],
      texts: rows.map((row) => ({ text: row.replace(' Sales', ''), role: 'cell', context: { row } })),
    });
    const decision = await walk(createBuiltin(), step('Tick "Select row" in the row of "Bo Ek"')).decide(people);
    expect(decision.kind === 'act' && decision.action.kind === 'check').toBe(false);
    expect(await walk(createBuiltin(), step('Tick "Select row" in the row of "Ada Lamm"')).decide(people)).toMatchObject({
      action: { kind: 'check' },
      target: { row: rows[0] },
    });
  });

  it('a tab that says the verb does not send what was written', async () => {
    const ticket = (value: string) =>
      page({
        path: '/tickets/1',
        headings: ['Cannot log in'],
        controls: [
          control('tab', 'Public reply', { selected: true }),
          control('textbox', 'Your reply', { value, path: 'main/div/textarea' }),
          control('button', 'Send'),
        ],
      });
    const journey = walk(createBuiltin(), step('Reply "It is reset." to "Cannot log in"'));
    const write = await journey.decide(ticket(''));
    expect(told(write)).toBe('fill textbox Your reply = It is reset.');
    journey.did(write, ticket(''));
    expect(told(await journey.decide(ticket('It is reset.')))).toBe('click button Send');
  });

  it('a form that asks for something is not sent empty as if it only asked whether one is sure', async () => {
    const signIn = page({ path: '/login', headings: ['Sign in'], controls: [control('link', 'Forgot password?', { href: '/forgot' })] });
    const forgot = page({
      path: '/forgot',
      headings: ['Reset your password'],
      controls: [control('textbox', 'Email', { value: '' }), control('button', 'Send reset link')],
    });
    const journey = walk(createBuiltin(), step('I forgot my password. Please have a link to reset it sent to uma@example.test'));
    const first = await journey.decide(signIn);
    expect(told(first)).toBe('click link Forgot password?');
    journey.did(first, signIn, { navigated: true, added: ['button "Send reset link"'] });
    expect(told(await journey.decide(forgot))).toBe('fill textbox Email = uma@example.test');
  });

  it('a box that selects a row does not say whether its person is active', async () => {
    const row = 'Jonas Weber jonas@example.test Sales active';
    const people = page({
      path: '/people',
      headings: ['People'],
      controls: [
        control('checkbox', 'Select row', { checked: false, context: { row } }),
        control('button', 'Actions', { popup: 'menu', context: { row } }),
        control('button', 'Actions', { popup: 'menu', context: { row: 'Ada Lamm ada@example.test Sales active' } }),
      ],
    });
    expect(await walk(createBuiltin(), step('Deactivate the account of Jonas Weber and confirm')).decide(people)).toMatchObject({
      kind: 'act',
      target: { name: 'Actions', row },
    });
  });

  it('what was uploaded and is only shown is still to be imported', async () => {
    const journey = walk(createBuiltin(), step('Import the people in "people.csv"', { files: ['people.csv'] }));
    const upload = page({
      path: '/import',
      headings: ['Import people'],
      controls: [
        control('button', 'Choose a file', { inputType: 'file', form: 1 }),
        control('button', 'Upload', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
    const first = await journey.decide(upload);
    expect(first).toMatchObject({ action: { kind: 'upload' } });
    journey.did(first, upload);
    const chosen = page({
      path: '/import',
      headings: ['Import people'],
      controls: [
        control('button', 'Choose a file', { inputType: 'file', value: 'people.csv', form: 1 }),
        control('button', 'Upload', { form: 1, attrs: { type: 'submit' } }),
      ],
    });
    const second = await journey.decide(chosen);
    expect(told(second)).toBe('click button Upload');
    journey.did(second, chosen, { navigated: true, requests: [sent('POST', '/import')], added: ['button "Import 3 people"'] });
    const preview = page({
      path: '/import',
      headings: ['Import people'],
      controls: [control('button', 'Import 3 people', { form: 1 }), control('link', 'Cancel', { href: '/people' })],
    });
    expect(told(await journey.decide(preview))).toBe('click button Import 3 people');
  });

  it('a form that comes back with a complaint was not accepted', async () => {
    const journey = walk(createBuiltin(), step('Join with the password "long enough 7"'));
    const form = (notices: Parameters<typeof page>[0]['notices'] = [], value = '') =>
      page({
        path: '/welcome',
        notices,
        controls: [
          control('textbox', 'New password', { inputType: 'password', value, form: 1 }),
          control('textbox', 'Code', { value: '', form: 1 }),
          control('button', 'Get started', { form: 1, attrs: { type: 'submit' } }),
        ],
      });
    const fill = await journey.decide(form());
    expect(told(fill)).toContain('fill textbox New password');
    journey.did(fill, form());
    const submit = await journey.decide(form([], '•••'));
    journey.did(submit, form([], '•••'), {
      navigated: true,
      requests: [sent('POST', '/welcome')],
      added: ['alert: Both must be the same.'],
    });
    expect((await journey.decide(form([{ kind: 'alert', text: 'Both must be the same.' }]))).kind).not.toBe('step-done');
  });

  it('what is for colleagues is not written where customers read it', async () => {
    const ticket = (internal: boolean) =>
      page({
        path: '/tickets/2',
        headings: ['Invoice is wrong'],
        controls: [
          control('tab', 'Public reply', { selected: !internal, path: 'section/div', context: { landmark: 'region Composer' } }),
          control('tab', 'Internal note', { selected: internal, path: 'section/div', context: { landmark: 'region Composer' } }),
          control('textbox', internal ? 'Only your team sees this…' : 'Write to the customer…', {
            value: '',
            path: 'section/textarea',
            context: { landmark: 'region Composer' },
          }),
          control('button', 'Send', { path: 'section/button', context: { landmark: 'region Composer' } }),
        ],
      });
    const journey = walk(
      createBuiltin(),
      step('On "Invoice is wrong", leave the internal note "Be generous" — do not send it to the customer'),
    );
    const first = await journey.decide(ticket(false));
    expect(told(first)).toBe('click tab Internal note');
  });

  it('a button beside another field does not send what was typed into this one', async () => {
    const journey = walk(createBuiltin(), step('Tag it "billing"'));
    const ticket = (value: string) =>
      page({
        path: '/tickets/3',
        headings: ['Refund please'],
        controls: [
          control('textbox', 'Subject', { value: 'Refund please', path: 'div/input', at: [10, 20] }),
          control('button', 'Save', { path: 'div/button', at: [130, 20] }),
          control('textbox', 'Add a tag', { value, path: 'div/input', at: [10, 200] }),
        ],
      });
    const fill = await journey.decide(ticket(''));
    expect(told(fill)).toBe('fill textbox Add a tag = billing');
    journey.did(fill, ticket(''));
    expect(told(await journey.decide(ticket('billing')))).toBe('press textbox Add a tag Enter');
  });

  it('a day of a calendar is picked once', async () => {
    const days = Array.from({ length: 31 }, (_, day) =>
      control('button', String(day + 1), { path: 'div/button', context: { group: 'Day' } }),
    );
    const rooms = page({
      path: '/rooms',
      headings: ['Rooms'],
      texts: ['March 2027'],
      controls: [
        control('button', 'Next month', { path: 'div/button', context: { group: 'Day' } }),
        ...days,
        control('textbox', 'What for?', { value: '', path: 'div/input' }),
        control('button', 'Book', { path: 'div/p/button' }),
      ],
    });
    const journey = walk(createBuiltin(), step('Book a room on 17 March 2027 for "Quarterly review"'));
    const day = await journey.decide(rooms);
    expect(told(day)).toBe('click button 17');
    journey.did(day, rooms);
    expect(told(await journey.decide(rooms))).toBe('fill textbox What for? = Quarterly review');
  });

  it('people are selected by the box in their row', async () => {
    const rows = ['Ada Lamm ada@example.test', 'Bo Ek bo@example.test', 'Bodil Eklund bodil@example.test'];
    const people = page({
      path: '/people',
      headings: ['People'],
      controls: rows.map((row) => control('checkbox', 'Select row', { checked: false, context: { row } })),
    });
    expect(await walk(createBuiltin(), step('Select Bo Ek and Ada Lamm')).decide(people)).toMatchObject({
      action: { kind: 'check', on: true },
      target: { row: rows[1] },
    });
  });

  it('a form in pages asks for what has a list first, and for the name on its next page', async () => {
    const row = 'Step 1 of 2 Start from template';
    const place = { path: 'main/form/div', form: 1, context: { row } };
    const first = (value: string, open = false) =>
      page({
        path: '/projects/new',
        headings: ['New project'],
        controls: [
          control('searchbox', 'Search records', { value: '', path: 'header/form/input', form: 2, context: { landmark: 'search' } }),
          control('combobox', 'Start from template', { value, popup: 'listbox', expanded: open, ...place, path: 'main/form/div/button' }),
          ...(open ? ['Blank', 'Product launch Plan, build, ship'].map((name) => control('option', name, place)) : []),
          control('button', 'Continue', place),
        ],
      });
    const journey = walk(createBuiltin(), step('Create the project "Spring launch" from the template "Product launch"'));
    const opens = await journey.decide(first('Blank'));
    expect(told(opens)).toBe('click combobox Start from template');
    journey.did(opens, first('Blank'), { added: ['option "Blank"', 'option "Product launch Plan, build, ship"'] });
    const takes = await journey.decide(first('Blank', true));
    expect(told(takes)).toBe('click option Product launch Plan, build, ship');
    journey.did(takes, first('Blank', true));
    expect(told(await journey.decide(first('Product launch')))).toBe('click button Continue');
  });

  it.each([
    [
      'Create the project "Spring launch" from the template "Product launch"',
      { kind: 'click', target: 2 },
      { role: 'option', name: 'Product launch' },
      'Create project',
    ],
    [
      'Import the file "customers.csv" into the project "Roadmap"',
      { kind: 'upload', target: 2, file: 'customers.csv' },
      { role: 'button', name: 'CSV file' },
      'Import records',
    ],
    [
      'Cancel the plan with the reason "Too expensive"',
      { kind: 'click', target: 1 },
      { role: 'button', name: 'Cancel plan' },
      'Cancel plan',
    ],
  ] as const)('%s: a question that follows what was replayed is answered', async (sentence, before, target, sends) => {
    const asks = page({ path: '/acme', dialog: 'Please confirm', controls: [control('button', 'Cancel'), control('button', 'Confirm')] });
    const journey = walk(createBuiltin(), step(sentence));
    const form = page({ path: '/acme', dialog: sends, controls: [] });
    const replayed = (action: Turn['action'], on: Turn['target']): Turn => ({
      step: 0,
      agent: 'replay',
      action,
      digest: form.digest,
      path: '/acme',
      added: [],
      ...(on ? { target: on } : {}),
      outcome: { ok: true, requests: [], events: [], navigated: false, ms: 1 },
    });
    journey.turns.push(replayed(before, target), replayed({ kind: 'click', target: 3 }, { role: 'button', name: sends, dialog: sends }));
    expect(told(await journey.decide(asks))).toBe('click button Confirm');
  });
});

it('presses the button where Enter starts no search, and leaves it alone where it does', async () => {
  const movies = (...buttons: string[]) =>
    page({
      path: '/',
      controls: [
        control('textbox', 'Director', { value: 'Slater' }),
        control('textbox', 'Year', { value: '1993' }),
        ...buttons.map((name) => control('button', name)),
      ],
    });
  const entered = async (outcome: Partial<Turn['outcome']>) => {
    const journey = walk(createBuiltin(), step('Search for movies directed by "Slater" from year "1993"'));
    const enter = await journey.decide(movies());
    expect(enter).toMatchObject({ action: { kind: 'press', key: 'Enter' } });
    journey.did(enter, movies(), outcome);
    return journey.decide(movies('Search'));
  };
  expect(await entered({})).toMatchObject({ kind: 'act', target: { name: 'Search' } });
  expect(await entered({ requests: [sent('GET', '/search')] })).toMatchObject({ kind: 'step-done' });
});
