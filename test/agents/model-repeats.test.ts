import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { candidate, page, request } from '../journey/page.ts';
import { agentWith, answer, task, wish } from './model-step.ts';

const MONTHS = ['December', 'November', 'October', 'September'];
/** A calendar that is drawn anew, under new numbers, whenever it is turned. */
const calendar = (month: number, more: Partial<Observation> = {}): Observation =>
  page({
    digest: MONTHS[month]!,
    candidates: [candidate(10 * month + 1, 'button', 'Prev'), candidate(10 * month + 2, 'link', '1')],
    passages: [{ text: MONTHS[month]!, role: 'text', context: {} }],
    ...more,
  });
const back = (times: number) => answer(Array.from({ length: times }, () => wish('click', 1)));
const elsewhere = answer([], { why: 'asked again' });

describe('the same click listed several times', () => {
  it('is done as often, from one answer, on a page that is drawn anew each time', async () => {
    const { decide, did, model } = agentWith([back(3), answer([wish('click', 32)], { done: true })]);
    for (const month of [0, 1, 2]) {
      const decision = await decide(calendar(month));
      expect(decision).toMatchObject({ kind: 'act', action: { kind: 'click', target: 10 * month + 1 } });
      did(decision, calendar(month));
    }
    expect(model.requests).toHaveLength(1);
    expect(await decide(calendar(3))).toMatchObject({ action: { kind: 'click', target: 32 } });
    expect(model.requests).toHaveLength(2);
  });

  it('lets nothing else follow before the page was seen', async () => {
    const { decide, did, model } = agentWith([answer([wish('click', 1), wish('click', 1), wish('click', 2)], { done: true }), elsewhere]);
    did(await decide(calendar(0)), calendar(0));
    did(await decide(calendar(1)), calendar(1));
    expect(await decide(calendar(2))).toMatchObject({ kind: 'give-up' });
    expect(model.requests).toHaveLength(2);
  });

  it('ends when it sent something, changed nothing, or the control is another one by now', async () => {
    const sent = { requests: [request({ status: 201 })] };
    for (const [after, outcome] of [
      [calendar(1), sent],
      [calendar(0), {}],
      [calendar(1, { notices: [{ kind: 'alert', text: 'No earlier month' }] }), {}],
      [calendar(1, { dialog: 'Really?' }), {}],
      [calendar(1, { candidates: [candidate(11, 'button', 'Prev'), candidate(12, 'button', 'Prev')] }), {}],
      [calendar(1, { candidates: [candidate(11, 'button', 'Prev', { disabled: true })] }), {}],
    ] as const) {
      const { decide, did, model } = agentWith([back(2), elsewhere]);
      did(await decide(calendar(0)), calendar(0), outcome);
      expect(await decide(after)).toMatchObject({ kind: 'give-up' });
      expect(model.requests).toHaveLength(2);
    }
  });

  it('is done once where the control has a twin', async () => {
    const twins = page({ digest: 'twins', candidates: [candidate(1, 'button', 'Remove'), candidate(2, 'button', 'Remove')] });
    const { decide, did, model } = agentWith([back(2), elsewhere]);
    did(await decide(twins), twins);
    expect(await decide(page({ digest: 'one left', candidates: [candidate(2, 'button', 'Remove')] }))).toMatchObject({ kind: 'give-up' });
    expect(model.requests).toHaveLength(2);
  });

  it('goes for keys too', async () => {
    const { decide, did, model } = agentWith([
      answer([wish('press', 0, 'ArrowDown'), wish('press', 0, 'ArrowDown'), wish('press', 0, 'Enter')]),
      elsewhere,
    ]);
    for (const month of [0, 1]) {
      const decision = await decide(calendar(month));
      expect(decision).toMatchObject({ action: { kind: 'press', key: 'ArrowDown' } });
      did(decision, calendar(month));
    }
    expect(await decide(calendar(2))).toMatchObject({ kind: 'give-up' });
    expect(model.requests).toHaveLength(2);
  });
});

describe('what the model is told of the way', () => {
  it('is one line for what was done several times in a row', async () => {
    const { decide, did, prompt } = agentWith([answer([wish('fill', 3, '$1')]), back(3), elsewhere]);
    const form = page({ digest: 'form', candidates: [candidate(3, 'textbox', 'Email')] });
    did(await decide(form), form);
    for (const month of [0, 1, 2]) did(await decide(calendar(month)), calendar(month));
    await decide(calendar(3));
    expect(prompt()).toContain('DONE\n1 fill textbox "Email" $1\n2-4 click button "Prev"\n');
  });

  it('is the deed as it was asked for', async () => {
    const boxes = page({
      digest: 'boxes',
      candidates: [candidate(1, 'checkbox', 'News', { checked: true }), candidate(2, 'button', 'Prev')],
    });
    for (const [asked, told] of [
      [wish('uncheck', 1), 'uncheck checkbox "News"'],
      [wish('double-click', 2), 'double-click button "Prev"'],
      [wish('right-click', 2), 'right-click button "Prev"'],
      [wish('press', 2, 'Enter'), 'press Enter button "Prev"'],
      [wish('scroll', 0, 'up'), 'scroll up'],
    ] as const) {
      const { decide, did, prompt } = agentWith([answer([asked]), elsewhere]);
      did(await decide(boxes), boxes);
      await decide({ ...boxes, digest: 'after' });
      expect(prompt()).toContain(`DONE\n1 ${told}\n`);
    }
  });

  it('is how many actions are left, once they are few', async () => {
    for (const [left, told] of [
      [25, false],
      [10, false],
      [9, true],
      [0, true],
    ] as const) {
      const { decide, prompt } = agentWith([elsewhere]);
      await decide(calendar(0), task(), left);
      expect(prompt().includes(`LEFT ${left} actions`)).toBe(told);
    }
  });
});
