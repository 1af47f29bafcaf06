import { expect, test } from 'vitest';
import type { Intent } from '../../src/core/intent.ts';
import type { LockedAction, LockedStep } from '../../src/core/lock.ts';
import { newLock } from '../../src/journey/lock.ts';

const intent = { id: 'order', actors: {}, journey: [] } as unknown as Intent;
const print = (near: string): NonNullable<LockedAction['print']> => ({
  tag: 'a',
  attrs: {},
  path: 'main/a',
  box: { x: 1, y: 2, w: 3, h: 4 },
  text: 'Open',
  near,
});
const step = (...actions: LockedAction[]): LockedStep => ({ actor: 'buyer', text: 'Open the order', actions });

/** As a lockfile is read, and as a journey is recorded: the same, its keys in another order. */
const read: LockedAction = {
  kind: 'click',
  target: { role: 'link', name: 'Open' },
  page: '/orders',
  commits: [],
  print: print('Order 1, 17:27'),
};
const recorded: LockedAction = {
  page: '/orders',
  commits: [],
  kind: 'click',
  print: print('Order 1, 18:59'),
  target: { name: 'Open', role: 'link' },
};

test('a step that was carried out the same way keeps its lines: what stood near an element is no change', () => {
  const before = newLock(intent, [step(read)], { ordered: 400 });
  expect(newLock(intent, [step(recorded)], { ordered: 430 }, before)).toEqual(before);
});

test('another control is a change, with what it looks like now', () => {
  const before = newLock(intent, [step(read)], {});
  const after = newLock(intent, [step({ ...recorded, target: { role: 'button', name: 'Open' } })], {}, before);
  expect(after.steps[0]!.actions[0]).toMatchObject({ target: { role: 'button' }, print: { near: 'Order 1, 18:59' } });
});
