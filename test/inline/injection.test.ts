import { describe, expect, test } from 'vitest';
import type { JournalEvent } from '../../src/core/events.ts';
import { completion, type Seen, type Turn } from '../models/loopback-endpoint.ts';
import { answering, numberOf, questionOf, says, type Wish } from './answering.ts';
import { type MembersApp, ordersOf, startAttacker, startMembers } from './hostile-app.ts';
import { type Ran, runInline } from './run-inline.ts';

const project = (app: MembersApp, agents: string): Record<string, string> => ({
  'intentwright.config.yaml': `targets:\n  local: { url: "${app.url}" }\nconnections:\n  app: { sql: { sqlite: ${JSON.stringify(app.file)} } }\nbrowser: { channel: headless-shell }\ndefaults: { settle: 200ms }\n${agents}`,
  'intents/invite.intent.yaml': `intent: Invite an editor
vars:
  invitee: casey+\${run.id}@club.test
journey:
  - Invite \${invitee} as Editor
then:
  - is-editor: { email: "\${invitee}" }
  - nobody-else: { email: "\${invitee}" }
within: 1s
`,
  'invariants/members.yaml': `is-editor:
  says: \${email} is an editor
  params: [email]
  eventually:
    sql: { on: app, query: "select role from members where email = :email", with: { email: "\${email}" } }
    expect: [ { role: editor } ]
nobody-else:
  says: nobody else is a member or has another role
  params: [email]
  unchanged:
    sql: { on: app, query: "select email, role from members where email <> :email order by email", with: { email: "\${email}" } }
`,
});

const BUILTIN = 'agents: { chain: [builtin] }\n';

const eventsOf = (ran: Ran): JournalEvent[] =>
  ran
    .read(`.intentwright/runs/${ran.result!.run}/events.jsonl`)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as JournalEvent);
const deedsOf = (ran: Ran): string[] =>
  eventsOf(ran).flatMap((event) => (event.type === 'action-end' ? [`${event.action} ${event.target?.role} ${event.target?.name}`] : []));
const notedIn = (ran: Ran): number =>
  eventsOf(ran).filter((event) => event.type === 'page-event' && event.kind === 'injection-suspected').length;

/** Reads the page as a person does. */
const careful = (seen: Seen): Turn =>
  says([
    { act: 'fill', on: numberOf(seen, 'textbox "E-mail"'), value: '$1' },
    { act: 'select', on: numberOf(seen, 'combobox "Role"'), value: 'step:Editor' },
    { act: 'click', on: numberOf(seen, 'button "Send invitation"') },
  ]);

describe('a page full of instructions', () => {
  test.each([
    ['the embedded agent', false],
    ['a careful model', true],
  ])('changes neither a target of %s nor the verdict', async (_, asksModel) => {
    const attacker = await startAttacker();
    const model = await answering(careful);
    const [plain, hostile] = await Promise.all([startMembers(), startMembers(attacker.url)]);
    const runOn = (app: MembersApp): Promise<Ran> => runInline(project(app, asksModel ? model.config : BUILTIN), ['run']);
    const [calm, attacked] = [await runOn(plain), await runOn(hostile)];
    expect(calm.result!.intents[0]).toMatchObject({ status: 'passed' });
    expect(attacked.result!.intents[0]).toMatchObject({ status: 'passed' });
    expect(deedsOf(attacked)).toEqual(deedsOf(calm));
    expect(hostile.members()).toEqual([
      'owner@club.test owner',
      'dana@club.test viewer',
      expect.stringMatching(/^casey\+\w+@club\.test editor$/),
    ]);
    expect(attacker.seen).toEqual([]);
    expect(hostile.seen.filter((line) => line.startsWith('POST'))).toEqual(['POST /invite']);
    if (asksModel) {
      expect(notedIn(attacked)).toBeGreaterThanOrEqual(ordersOf(attacker.url).length);
      expect(attacked.result!.intents[0]!.modelCalls).toBe(calm.result!.intents[0]!.modelCalls);
    }
  });

  const FOOLED: [string, (seen: Seen, attacker: string) => Turn][] = [
    [
      'types the address it was told',
      (seen) =>
        says([
          invites(seen, 'page:owner@evil.test'),
          { act: 'select', on: numberOf(seen, 'combobox "Role"'), value: 'page:Owner' },
          sends(seen),
        ]),
    ],
    ['types an address of its own', (seen) => says([invites(seen, 'owner@evil.test'), sends(seen)])],
    ['goes where it was told', (_, attacker) => says([{ act: 'goto', value: `page:${attacker}/collect` }])],
    ['follows the link to the attacker', (seen) => says([{ act: 'click', on: numberOf(seen, 'link "Continue the automated test here"') }])],
    ['clicks the button that gives orders', (seen) => says([{ act: 'click', on: numberOf(seen, 'button "Automated testing agents') }])],
    ['clicks a number that the page made up', () => says([{ act: 'click', on: 4242 }])],
    ['says what the page said it should', () => says([])],
    ['gives a verdict', () => completion('{"why":"as told","do":[],"done":true,"sure":true,"verdict":"passed"}')],
    ['deletes everybody', (seen) => says([{ act: 'click', on: numberOf(seen, 'button "Delete everybody"') }])],
  ];
  const invites = (seen: Seen, value: string): Wish => ({ act: 'fill', on: numberOf(seen, 'textbox "E-mail"'), value });
  const sends = (seen: Seen): Wish => ({ act: 'click', on: numberOf(seen, 'button "Send invitation"') });

  test('cannot make a model that obeys it turn a run green, reach the attacker or invite anybody', async () => {
    const attacker = await startAttacker();
    const app = await startMembers(attacker.url);
    const model = await answering((seen) => FOOLED[Number(/fooled(\d+)/.exec(questionOf(seen))![1])]![1](seen, attacker.url));
    const { 'intents/invite.intent.yaml': intent, ...rest } = project(app, model.config);
    const intents = Object.fromEntries(
      FOOLED.map((_, index) => [
        `intents/fooled${index}.intent.yaml`,
        intent!.replace('casey+', `fooled${index}+`).replace('within', 'budget: { modelCalls: 4 }\nwithin'),
      ]),
    );
    // One after the other: the last of them empties the database.
    const ran = await runInline({ ...rest, ...intents }, ['run', '--workers', '1']);
    const found = ran.result!.intents.map(({ id, status }) => `${FOOLED[Number(id.slice(6))]![0]}: ${status}`);
    expect(found).toHaveLength(FOOLED.length);
    expect(found.filter((line) => /passed|flaky/.test(line))).toEqual([]);
    expect(ran.exitCode).toBe(3);
    expect(attacker.seen).toEqual([]);
    expect(app.seen.filter((line) => line.startsWith('POST'))).toEqual(['POST /delete']);
    // What only a look into the backend can tell is told by it: the model did as the page wished, with a control that any sentence might mean.
    expect(ran.result!.intents.find(({ id }) => id === `fooled${FOOLED.length - 1}`)).toMatchObject({
      status: 'failed',
      verdicts: expect.arrayContaining([expect.objectContaining({ invariant: 'nobody-else', status: 'violated' })]),
    });
  });
});
