import { describe, expect, it } from 'vitest';
import { quotedControl } from '../../src/agents/model/literal.ts';
import { candidate, page } from '../journey/page.ts';
import { agentWith, answer, task, wish } from './model-step.ts';

const saying = (text: string, value = 'Edit project') => task({ template: text, text, values: [{ value }] });
const edit = candidate(4, 'button', 'Edit project', { popup: 'dialog' });
const members = page({ digest: 'a', path: '/p', candidates: [candidate(1, 'link', 'Roadmap'), edit, candidate(5, 'textbox', 'Name')] });
const opened = page({
  digest: 'b',
  path: '/p',
  dialog: 'Edit project',
  candidates: [candidate(9, 'textbox', 'Project name', { context: { dialog: 'Edit project' } })],
});

describe('a sentence that calls a control by its own name', () => {
  it.each(['Click "Edit project"', 'Press the button "Edit project".', 'Please click on the “Edit project” button', 'open Edit project'])(
    '%s: needs no opinion',
    (sentence) => {
      expect(quotedControl(saying(sentence), members)?.id).toBe(4);
    },
  );

  it.each([
    ['asks for more', 'Click "Edit project" and save it'],
    ['asks for something else', 'Rename "Edit project"'],
    ['says what it is not', 'Do not click "Edit project"'],
    ['types it', 'Enter "Edit project"'],
  ])('is weighed as soon as it %s', (_, sentence) => {
    expect(quotedControl(saying(sentence), members)).toBeUndefined();
  });

  it('is weighed when two are called so, when it is no control, disabled, covered, only to be tried, or a secret', () => {
    const on = (...more: ReturnType<typeof candidate>[]) => page({ digest: 'c', candidates: [...more] });
    const step = saying('Click "Edit project"');
    expect(quotedControl(step, on(edit, candidate(6, 'link', 'Edit project')))).toBeUndefined();
    expect(quotedControl(step, on(candidate(4, 'textbox', 'Edit project')))).toBeUndefined();
    expect(quotedControl(step, on({ ...edit, disabled: true }))).toBeUndefined();
    expect(quotedControl(step, on({ ...edit, coveredBy: 'a banner' }))).toBeUndefined();
    expect(quotedControl({ ...step, tries: true }, members)).toBeUndefined();
    expect(quotedControl({ ...step, values: [{ value: 'Edit project', secret: true }] }, members)).toBeUndefined();
  });

  it('is carried out without a call, and done when its dialog is there', async () => {
    const { decide, did, calls } = agentWith([]);
    const step = saying('Click "Edit project"');
    const decision = await decide(members, step);
    expect(decision).toMatchObject({ kind: 'act', action: { kind: 'click', target: 4 }, last: true });
    did(decision, members);
    expect(await decide(opened, step)).toMatchObject({ kind: 'step-done' });
    expect(calls).toEqual([]);
  });

  it('is asked about after all when nothing came of it', async () => {
    const { decide, did, calls } = agentWith([answer([], { why: 'it does not open' })]);
    const step = saying('Click "Edit project"');
    did(await decide(members, step), members);
    expect(await decide(members, step)).toMatchObject({ kind: 'give-up', why: expect.stringContaining('it does not open') });
    expect(calls).toHaveLength(1);
  });
});

describe('a step that only tries', () => {
  it('is carried out when the application refuses, without another call', async () => {
    const { decide, did, calls } = agentWith([answer([wish('click', 4)], { done: true })]);
    const step = { ...task(), tries: true };
    const decision = await decide(members, step);
    did(decision, members, {
      requests: [{ id: 1, method: 'POST', url: '', template: '/p/:id', status: 403, kind: 'fetch', changes: true, own: true }],
    });
    expect(await decide({ ...members, digest: 'd', notices: [{ kind: 'alert', text: 'You may not.' }] }, step)).toMatchObject({
      kind: 'step-done',
      why: expect.stringContaining('answered 403'),
    });
    expect(calls).toHaveLength(1);
  });
});
