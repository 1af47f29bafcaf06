import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { ModelError } from '../../src/models/port.ts';
import { candidate, page, request } from '../journey/page.ts';
import { agentWith, answer, task, wish } from './model-step.ts';

const form = (more: Partial<Observation> = {}): Observation =>
  page({
    digest: 'form',
    path: '/members',
    candidates: [
      candidate(1, 'link', 'Members'),
      candidate(2, 'textbox', 'Email'),
      candidate(3, 'combobox', 'Role', { options: ['Viewer', 'Editor'] }),
      candidate(4, 'button', 'Send invitation'),
      candidate(5, 'button', 'Old', { disabled: true }),
    ],
    ...more,
  });
const fillIn = answer([wish('fill', 2, '$1'), wish('select', 3, 'page:editor'), wish('click', 4)], { done: true });
const sentAll = { requests: [request({ status: 201 })] };

describe('the model agent', () => {
  it('fills in a whole form from one answer, and is done when it was sent', async () => {
    const { decide, did, model, calls } = agentWith([fillIn]);
    const first = await decide(form());
    expect(first).toMatchObject({
      kind: 'act',
      action: { kind: 'fill', target: 2, value: { from: 'var', name: 'invitee' } },
      target: { role: 'textbox', name: 'Email' },
    });
    did(first, form());
    const second = await decide(form({ digest: 'typed' }));
    expect(second).toMatchObject({ kind: 'act', action: { kind: 'select', target: 3, option: { from: 'page', text: 'Editor' } } });
    did(second, form({ digest: 'typed' }));
    const third = await decide(form({ digest: 'chosen' }));
    expect(third).toMatchObject({ kind: 'act', action: { kind: 'click', target: 4 }, last: true });
    did(third, form({ digest: 'chosen' }), sentAll);
    expect(await decide(form({ digest: 'sent', notices: [{ kind: 'alert', text: 'Invitation sent' }] }))).toMatchObject({
      kind: 'step-done',
    });
    expect(model.requests).toHaveLength(1);
    expect(calls).toMatchObject([{ outcome: 'ok', promptTokens: 100 }]);
  });

  it('finds the queued elements again under other numbers', async () => {
    const { decide, did, model } = agentWith([fillIn]);
    did(await decide(form()), form());
    const moved = form({
      digest: 'typed',
      candidates: [candidate(1, 'status', 'Looks good'), ...form().candidates.map((known) => ({ ...known, id: known.id + 10 }))],
    });
    expect(await decide(moved)).toMatchObject({ action: { kind: 'select', target: 13 } });
    expect(model.requests).toHaveLength(1);
  });

  it('asks again when a queued element has gone, moved into another dialog or twinned', async () => {
    for (const change of [
      form({ digest: 'x', candidates: form().candidates.filter((known) => known.name !== 'Role') }),
      form({ digest: 'x', dialog: 'Really?' }),
      form({ digest: 'x', candidates: [...form().candidates, candidate(9, 'combobox', 'Role')] }),
      form({ digest: 'x', path: '/elsewhere' }),
      form({ digest: 'x', notices: [{ kind: 'validation', text: 'No such address' }] }),
    ]) {
      const { decide, did, model } = agentWith([fillIn, answer([wish('click', 1)])]);
      did(await decide(form()), form());
      expect(await decide(change)).toMatchObject({ action: { kind: 'click', target: 1 } });
      expect(model.requests).toHaveLength(2);
    }
  });

  it('asks again when its action failed, telling why', async () => {
    const { decide, did, model, prompt } = agentWith([fillIn, answer([wish('click', 4)])]);
    did(await decide(form()), form(), { ok: false, error: 'the field is read-only' });
    await decide(form());
    expect(model.requests).toHaveLength(2);
    expect(prompt()).toContain('1 fill textbox "Email" $1 FAILED: the field is read-only');
  });

  it('does not believe that it is done when the page complains', async () => {
    const { decide, did, model } = agentWith([
      answer([wish('click', 4)], { done: true }),
      answer([], { done: false, why: 'no other way' }),
    ]);
    did(await decide(form()), form());
    expect(await decide(form({ digest: 'refused', notices: [{ kind: 'validation', text: 'Enter an address' }] }))).toMatchObject({
      kind: 'give-up',
      why: 'the model sees no way: no other way',
    });
    expect(model.requests).toHaveLength(2);
  });

  it('never goes on past the first action that may change something, and does not take the rest for done', async () => {
    const { decide, did, model } = agentWith([answer([wish('click', 4), wish('click', 1)], { done: true }), answer([], { done: true })]);
    did(await decide(form()), form(), sentAll);
    expect(await decide(form({ digest: 'sent' }))).toMatchObject({ kind: 'step-done' });
    expect(model.requests).toHaveLength(2);
  });

  it('ticks what it is asked to click, and sends the form in the same answer', async () => {
    const boxes = page({
      digest: 'boxes',
      candidates: [
        candidate(1, 'radio', 'Monthly', { checked: false }),
        candidate(2, 'checkbox', 'News', { checked: true }),
        candidate(3, 'button', 'Save'),
      ],
    });
    const { decide, did, model } = agentWith([answer([wish('click', 1), wish('click', 2), wish('click', 3)], { done: true })]);
    for (const action of [
      { kind: 'check', target: 1, on: true },
      { kind: 'check', target: 2, on: false },
      { kind: 'click', target: 3 },
    ]) {
      const decision = await decide(boxes);
      expect(decision).toMatchObject({ action });
      did(decision, boxes);
    }
    expect(model.requests).toHaveLength(1);
  });

  it('marks a value where the sentence quotes it, not where it stands inside a word', async () => {
    const { decide, prompt } = agentWith([answer([])]);
    await decide(form(), task({ text: 'Click the button in the dialog box labeled "x"', values: [{ value: 'x' }] }));
    expect(prompt()).toContain('dialog box labeled "[$1 x]"');
  });

  it('tells a secret by its handle only', async () => {
    const { decide, prompt } = agentWith([answer([wish('fill', 2, '$1')])]);
    const step = task({ text: 'Sign in with password ${secret:PW}', values: [{ name: 'PW', secret: true, value: '${secret:PW}' }] });
    expect(await decide(form(), step)).toMatchObject({ action: { value: { from: 'secret', name: 'PW' } } });
    expect(prompt()).toContain('SENTENCE Sign in with password [$1 secret PW]');
  });

  it('looks into the mailbox before it asks, where the sentence speaks of a mail', async () => {
    const { decide, did, model } = agentWith([answer([wish('mail', 1)], { done: true })]);
    const step = task({ text: 'Open the invitation mail and accept it', hasMailbox: true, values: [] });
    const first = await decide(form(), step);
    expect(first).toMatchObject({ action: { kind: 'read-mail' } });
    expect(model.requests).toHaveLength(0);
    did(first, form());
    const mail = [
      {
        id: 'm-1',
        to: 'a@example.test',
        from: 'b@example.test',
        subject: 'You are invited',
        text: 'Accept',
        at: '',
        links: [{ id: 4, text: 'Accept', url: 'https://app.test/accept' }],
        codes: [],
      },
    ];
    expect(await decide(form({ digest: 'mail', mail }), step)).toMatchObject({ action: { kind: 'mail', mail: 'm-1', link: 4 } });
  });

  it('is unsure when the model is, and names what it wavers between', async () => {
    const { decide } = agentWith([answer([wish('click', 1), wish('click', 4)], { sure: false, why: 'both could be meant' })]);
    expect(await decide(form())).toEqual({
      kind: 'unsure',
      why: 'the model is not sure: both could be meant',
      between: ['link “Members”', 'button “Send invitation”'],
    });
  });

  it('does not pay twice for a page on which it found nothing to do', async () => {
    const { decide, model } = agentWith([answer([])]);
    expect(await decide(form())).toMatchObject({ kind: 'give-up' });
    expect(await decide(form())).toMatchObject({ kind: 'give-up' });
    expect(model.requests).toHaveLength(1);
  });

  it('starts every request with the same text, whatever the run', async () => {
    const { decide, model } = agentWith([answer([]), answer([])]);
    await decide(form());
    await decide(form({ digest: 'y', path: '/other' }), task({ actor: 'other', text: 'Something else' }));
    expect(model.requests[0]!.messages[0]).toEqual(model.requests[1]!.messages[0]);
    expect(model.requests[0]!.messages.map((message) => message.role)).toEqual(['system', 'user']);
  });
});

describe('what the model agent refuses', () => {
  const refused = async (bad: ReturnType<typeof wish>, observation = form(), step = task()): Promise<string> => {
    const { decide, calls, prompt, model } = agentWith([answer([bad]), answer([wish('click', 4)])]);
    expect(await decide(observation, step)).toMatchObject({ action: { kind: 'click', target: 4 } });
    expect(calls.map((call) => call.outcome)).toEqual([expect.stringMatching(/^refused: /), 'ok']);
    expect(model.requests[1]!.messages.at(-1)!.content).toMatch(/^Refused: /);
    expect(prompt()).toContain(JSON.stringify(bad));
    return calls[0]!.outcome;
  };

  it('a number that is not on the page', async () => expect(await refused(wish('click', 99))).toContain('no number 99'));
  it('a number between two numbers', async () => expect(await refused(wish('click', 3.4))).toContain('no number 3.4'));
  it('a control that is disabled', async () => expect(await refused(wish('click', 5))).toContain('disabled'));
  it('a value made up', async () =>
    expect(await refused(wish('fill', 2, 'owner@evil.test'))).toContain('does not say where it comes from'));
  it('a value said to be of the sentence', async () =>
    expect(await refused(wish('fill', 2, 'step:owner@evil.test'))).toContain('SENTENCE does not say'));
  it('a value said to be of the page', async () =>
    expect(await refused(wish('fill', 2, 'page:owner@evil.test'))).toContain('PAGE does not show'));
  it('a value that is not there', async () => expect(await refused(wish('fill', 2, '$2'))).toContain('no value $2'));
  it('a secret spelled out', async () =>
    expect(await refused(wish('fill', 2, 'step:${secret:PW}'), form(), task({ text: 'Use ${secret:PW}' }))).toContain('use its $n'));
  it('a key that types', async () => expect(await refused(wish('press', 2, 'a'))).toContain('not a key'));
  it('a path that nobody named', async () => expect(await refused(wish('goto', 0, 'page:/admin'))).toContain('PAGE does not show'));
  it('another host', async () =>
    expect(
      await refused(
        wish('goto', 0, 'page://evil.test/x'),
        form({ passages: [{ text: 'see //evil.test/x', role: 'paragraph', context: {} }] }),
      ),
    ).toContain('not a path'));
  it('a mail link that is not there', async () => expect(await refused(wish('mail', 1))).toContain('no mail link L1'));
  it('a mailbox that the actor has not', async () => expect(await refused(wish('read-mail'))).toContain('no mailbox'));
  it('a file that is not beside the intent', async () => expect(await refused(wish('upload', 2, '/etc/passwd'))).toContain('no file'));
  it('a native dialog that is not open', async () => expect(await refused(wish('accept'))).toContain('no native dialog'));

  it('gives up after the second refusal and acts on nothing', async () => {
    const { decide, model } = agentWith([answer([wish('click', 99)]), answer([wish('click', 98)])]);
    expect(await decide(form())).toEqual({
      kind: 'unsure',
      why: 'the model’s answer was refused twice: there is no number 98 in PAGE',
      because: 'model',
    });
    expect(model.requests).toHaveLength(2);
  });

  it('refuses an unknown action and extra keys by schema, tells them back once, and never guesses', async () => {
    for (const bad of [
      { ...(answer([]) as object), selector: '#send' },
      { ...(answer([]) as object), do: [{ act: 'pass-the-test', on: 1, value: '' }] },
    ]) {
      const { decide, calls, model } = agentWith([bad, answer([wish('click', 4)])]);
      expect(await decide(form())).toMatchObject({ action: { target: 4 } });
      expect(calls.map((call) => call.outcome)).toEqual(['malformed', 'ok']);
      expect(model.requests[1]!.messages.at(-1)!.content).toContain('does not fit its schema');
    }
  });

  it('refuses to do again what changed nothing', async () => {
    const { decide, did, calls } = agentWith([answer([wish('click', 4)]), answer([wish('click', 4)]), answer([wish('click', 1)])]);
    did(await decide(form()), form());
    expect(await decide(form())).toMatchObject({ action: { target: 1 } });
    expect(calls[1]!.outcome).toContain('done already');
  });
});

describe('when the model fails', () => {
  for (const fault of ['rate_limited', 'unavailable', 'timeout', 'refused', 'filtered', 'denied', 'unrecorded'] as const) {
    it(`hands over naming the fault: ${fault}`, async () => {
      const { decide, calls } = agentWith([new ModelError(fault, 'what the endpoint said')]);
      expect(await decide(form())).toEqual({ kind: 'unsure', why: `${fault}: what the endpoint said`, because: 'model' });
      expect(calls).toMatchObject([{ outcome: fault }]);
    });
  }

  it('asks once more about a smaller page when the answer was cut, and never takes half of one', async () => {
    const big = form({
      passages: Array.from({ length: 300 }, (_, line) => ({
        text: `A long line about nothing in particular, number ${line}`,
        role: 'paragraph',
        context: {},
      })),
    });
    const cut = new ModelError('truncated', 'the answer was cut');
    const { decide, model } = agentWith([cut, cut]);
    expect(await decide(big)).toMatchObject({ kind: 'unsure', because: 'model' });
    const [first, second] = model.requests.map((asked) => asked.messages.at(-1)!.content.length);
    expect(model.requests).toHaveLength(2);
    expect(second!).toBeLessThan(first! / 2);
  });

  it('ends by budget, before the call that would exceed it', async () => {
    const { decide, did, model } = agentWith([answer([wish('click', 1)])], { calls: 1 });
    did(await decide(form()), form());
    expect(await decide(form({ digest: 'next' }))).toEqual({
      kind: 'give-up',
      why: 'the budget of 1 model calls is spent',
      because: 'budget',
    });
    expect(model.requests).toHaveLength(1);
  });
});

describe('what a later look costs', () => {
  const rows = Array.from({ length: 60 }, (_, row) =>
    candidate(100 + row, 'button', 'Remove', {
      context: { landmark: 'main', row: `Person Number ${row} person${row}@example.test viewer` },
    }),
  );
  const list = page({
    digest: 'list',
    path: '/members',
    candidates: [candidate(1, 'button', 'Invite', { context: { landmark: 'main' } }), ...rows],
  });
  const panel = {
    ...list,
    digest: 'panel',
    candidates: [
      ...list.candidates,
      candidate(200, 'textbox', 'Email', { context: { landmark: 'main', group: 'New' } }),
      candidate(201, 'button', 'Send', { context: { landmark: 'main', group: 'New' } }),
    ],
  };

  it('tells only what is new on a page that it has told before', async () => {
    const { decide, did, model, prompt } = agentWith([
      answer([wish('click', 1)]),
      answer([wish('fill', 200, '$1'), wish('click', 201)], { done: true }),
    ]);
    did(await decide(list), list);
    expect(await decide(panel)).toMatchObject({ action: { kind: 'fill', target: 200 } });
    expect(prompt()).toContain('200 textbox "Email"');
    expect(prompt()).not.toContain('Person Number 7 ');
    expect(prompt()).toMatch(/60 other lines of the page: look/);
    expect(model.requests[1]!.messages[1]!.content.length).toBeLessThan(model.requests[0]!.messages[1]!.content.length / 5);
  });

  it('shows the rest when it is asked for', async () => {
    const { decide, did, prompt, model } = agentWith([answer([wish('click', 1)]), answer([wish('look')]), answer([wish('click', 107)])]);
    did(await decide(list), list);
    expect(await decide(panel)).toMatchObject({ action: { kind: 'click', target: 107 } });
    expect(prompt()).toContain('Person Number 7 ');
    expect(model.requests).toHaveLength(3);
  });

  it('tells an open dialog without what lies under it', async () => {
    const dialog = {
      ...list,
      dialog: 'Invite',
      candidates: [...list.candidates, candidate(200, 'textbox', 'Email', { context: { dialog: 'Invite' } })],
    };
    const { decide, prompt } = agentWith([answer([wish('fill', 200, '$1')])]);
    await decide(dialog);
    expect(prompt()).toContain('200 textbox "Email"');
    expect(prompt()).not.toContain('Person Number');
  });
});
