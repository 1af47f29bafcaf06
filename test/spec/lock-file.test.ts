import { describe, expect, test } from 'vitest';
import { ACTION_EFFECT, type ActionKind, type Target } from '../../src/core/action.ts';
import type { LockedAction, Lockfile } from '../../src/core/lock.ts';
import { parseLockfile, printLockfile } from '../../src/spec/lock-file.ts';
import { parseLine, printLine } from '../../src/spec/lock-line.ts';

const email: Target = { role: 'textbox', name: 'Email', dialog: 'Invite a teammate' };
const print = {
  tag: 'input',
  attrs: { name: 'email', type: 'email' },
  path: 'dialog/form#invite/input',
  box: { x: 1.5, y: 2, w: 200, h: 30 },
  text: '',
  near: 'Email Role',
};

const lock: Lockfile = {
  version: 1,
  intent: 'invite-editor',
  actors: ['admin session', 'teammate mailbox'],
  steps: [
    {
      actor: 'admin',
      text: 'Invite ${invitee} as an editor',
      actions: [
        { kind: 'click', target: { role: 'link', name: 'Members', landmark: 'navigation Main' }, page: '/o/:slug', commits: [] },
        { kind: 'click', target: { role: 'button', name: 'Invite' }, page: '/o/:slug/members', commits: [] },
        { kind: 'fill', target: email, value: '${invitee}', from: 'var', page: '/o/:slug/members', commits: [], print },
        {
          kind: 'select',
          target: { role: 'combobox', name: 'Role', dialog: 'Invite a teammate' },
          value: 'Editor',
          from: 'step',
          page: '/o/:slug/members',
          commits: [],
        },
        {
          kind: 'click',
          target: { role: 'button', name: 'Send invitation', dialog: 'Invite a teammate' },
          page: '/o/:slug/members',
          commits: ['POST /o/:slug/members/invite'],
        },
      ],
    },
    { actor: 'system', text: 'wait 2s', actions: [] },
    {
      actor: 'teammate',
      text: 'Accept it as "Casey: User" with ${secret:TEAMMATE_PASSWORD}',
      actions: [
        { kind: 'mail', value: 'You are invited → Accept invitation', from: 'page', page: 'about:blank', commits: [] },
        {
          kind: 'fill',
          target: { role: 'textbox', name: 'Password' },
          value: '${secret:TEAMMATE_PASSWORD}',
          from: 'secret',
          page: '/join/:id',
          commits: [],
        },
        { kind: 'check', target: { role: 'checkbox', name: 'I agree' }, value: 'on', page: '/join/:id', commits: [] },
        { kind: 'press', value: 'Enter', page: '/join/:id', commits: ['POST /join/:id', 'POST /events'] },
      ],
    },
  ],
  converges: { 'one-mail': 120, 'active-member': 340 },
};

test('a lockfile reads like a list of what was done, and its fingerprints are at the end', () => {
  expect(printLockfile(lock)).toBe(`# Written by Intentwright after the invariants of this intent held: how it was carried out.
# Review its diff like that of any lockfile. A passing run on a developer's machine updates it:  intentwright run invite-editor
version: 1
intent: invite-editor
actors:
  - admin session
  - teammate mailbox
steps:
  - actor: admin
    step: Invite \${invitee} as an editor
    do:
      - at: /o/:slug
      - click link "Members" in landmark "navigation Main"
      - at: /o/:slug/members
      - click button "Invite"
      - fill textbox "Email" in dialog "Invite a teammate" with \${invitee}
      - select combobox "Role" in dialog "Invite a teammate" choosing "Editor"
      - click button "Send invitation" in dialog "Invite a teammate" => POST /o/:slug/members/invite
  - actor: system
    step: wait 2s
    do: []
  - actor: teammate
    step: 'Accept it as "Casey: User" with \${secret:TEAMMATE_PASSWORD}'
    do:
      - at: about:blank
      - mail opening "You are invited → Accept invitation"
      - at: /join/:id
      - fill textbox "Password" with \${secret:TEAMMATE_PASSWORD}
      - check checkbox "I agree" turned on
      - press key Enter => POST /join/:id, POST /events
# Usual time until each invariant holds, ms.
converges:
  active-member: 340
  one-mail: 120
# What the elements looked like (step/action), to find one again that has changed its name.
prints:
  1/3: {"tag":"input","attrs":{"name":"email","type":"email"},"path":"dialog/form#invite/input","box":[1.5,2,200,30],"text":"","near":"Email Role"}
`);
});

test('what was printed is read back the same', () => {
  expect(parseLockfile(printLockfile(lock), 'a.lock.yaml')).toEqual({ lock, problems: [] });
});

test('one more action is one more line in the diff', () => {
  const more = structuredClone(lock);
  more.steps[0]!.actions.splice(1, 0, { kind: 'click', target: { role: 'button', name: 'More' }, page: '/o/:slug/members', commits: [] });
  const before = printLockfile(lock)
    .split('\n')
    .filter((line) => !line.startsWith('  1/'));
  const after = printLockfile(more)
    .split('\n')
    .filter((line) => !line.startsWith('  1/'));
  expect(after.filter((line) => !before.includes(line))).toEqual(['      - click button "More"']);
  expect(before.every((line) => after.includes(line))).toBe(true);
});

describe('any lockfile is read back the same', () => {
  const texts = [
    '',
    ' ',
    'Email',
    '=> POST',
    'a "quoted" name',
    "it's",
    '${invitee}',
    '${secret:A}',
    'x ${y} z',
    'on',
    'with',
    'line\nbreak',
    'tab\there',
    'colon: here',
    ' # no comment',
    '- dash',
    'Ümläut ✓ 漢字',
    '\u202eRTL',
    '\u0085\u2028',
    '"',
    '\\',
    '\\n',
    '{a: 1}',
    '[x]',
    '@growth',
    '*a',
    '&a',
    '!t',
    '%d',
    '0123',
    'true',
    'null',
    '~',
    '’',
    '\ud83d\ude80',
    '\ue0f0x\ue0f1',
    '${unclosed',
    'trailing ',
    '\u0000\u001b[31m',
    '1.2',
    '---',
    '...',
    '?',
    'a'.repeat(300),
  ];
  const kinds = Object.keys(ACTION_EFFECT) as ActionKind[];

  /** Numerical Recipes' generator: the same cases on every machine. */
  function randomFrom(seed: number) {
    let state = seed >>> 0;
    const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
    return {
      next,
      pick,
      some: <T>(make: () => T, most: number): T[] => Array.from({ length: Math.floor(next() * (most + 1)) }, make),
      maybe: <T extends object>(make: () => T): T | object => (next() < 0.5 ? make() : {}),
    };
  }

  function randomLock(seed: number): Lockfile {
    const { next, pick, some, maybe } = randomFrom(seed);
    const text = () => pick(texts);
    const target = (): Target => ({
      role: pick(['button', 'textbox', 'link', 'with', 'menu item', '']),
      name: text(),
      ...maybe(() => ({ row: text() })),
      ...maybe(() => ({ dialog: text() })),
      ...maybe(() => ({ group: text() })),
      ...maybe(() => ({ landmark: text() })),
      ...maybe(() => ({ frame: text() })),
      ...maybe(() => ({ heading: text() })),
    });
    const action = (): LockedAction => ({
      kind: pick(kinds),
      ...maybe(() => ({ target: target() })),
      ...maybe(() => ({ value: text(), ...maybe(() => ({ from: pick(['step', 'var', 'secret', 'page'] as const) })) })),
      ...maybe(() => ({ to: target() })),
      page: pick(['/', '/o/:slug', text()]),
      commits: some(() => pick(['POST /a', 'PUT /b/:id', text()]), 3),
      ...maybe(() => ({
        print: { tag: 'a', attrs: { id: text() }, path: text(), box: { x: next(), y: 1, w: -3, h: 1e21 }, text: text(), near: text() },
      })),
    });
    return {
      version: 1,
      intent: text(),
      actors: some(text, 3),
      steps: some(() => ({ actor: pick(['admin', 'system', text()]), text: text(), actions: some(action, 5) }), 4),
      converges: Object.fromEntries(some(() => [pick(['member', 'mail#2', 'a b', 'true']), Math.floor(next() * 1000)], 3)),
    };
  }

  test.each(Array.from({ length: 40 }, (_, index) => index * 50))('seeds from %i', (first) => {
    for (let seed = first; seed < first + 50; seed++) {
      const made = randomLock(seed);
      const read = parseLockfile(printLockfile(made), 'x.lock.yaml');
      expect({ seed, ...read }).toEqual({ seed, lock: made, problems: [] });
    }
  });
});

test('every kind of action has a line that is read back', () => {
  for (const kind of Object.keys(ACTION_EFFECT) as ActionKind[]) {
    for (const value of [undefined, 'on', 'two words', '${name}']) {
      const action = { kind, target: email, ...(value === undefined ? {} : { value }), commits: [] };
      expect(parseLine(printLine(action))).toEqual(action);
    }
  }
});

test.each([
  ['an unknown action', 'clik button "x"', 'steps[0].do[0]: "clik" is no action'],
  [
    'an unknown anchor',
    'click button "x" in table "y"',
    'steps[0].do[0]: a target stands in row, group, dialog, landmark, frame, heading, not in "table"',
  ],
  ['a value without its text', 'fill textbox "x" with', 'steps[0].do[0]: "with" is not understood'],
  ['more than a line says', 'click button "x" twice', 'steps[0].do[0]: "twice" is not understood'],
])('%s in a lockfile is a problem at its line', (_, line, message) => {
  const { lock: none, problems } = parseLockfile(
    `version: 1\nintent: a\nactors: []\nsteps:\n  - actor: a\n    step: b\n    do:\n      - ${line}\n`,
    'a.lock.yaml',
  );
  expect(none).toBeUndefined();
  expect(problems).toMatchObject([
    { where: { line: 8, col: 9 }, message, hint: 'a lockfile is not written by hand: delete it, and the next passing run writes it anew' },
  ]);
});

test('a lockfile of another version is not trusted', () => {
  expect(parseLockfile('version: 2\nsteps: {}\n', 'a.lock.yaml').problems).toMatchObject([
    { message: 'the lockfile is of version 2, this Intentwright reads version 1' },
  ]);
});

test('a merge conflict in a lockfile is a problem, not a plan', () => {
  const text = printLockfile(lock).replace(
    '      - click button "Invite"\n',
    '<<<<<<< HEAD\n      - click button "Invite"\n=======\n      - click button "Add"\n>>>>>>> other\n',
  );
  const { lock: none, problems } = parseLockfile(text, 'a.lock.yaml');
  expect(none).toBeUndefined();
  expect(problems.length).toBeGreaterThan(0);
});
