import { expect, test } from 'vitest';
import { ResourceLocks } from '../../src/runner/resource-locks.ts';
import { FakeClock } from '../oracle/fake-clock.ts';

test('two holders of a resource never work at once, those of others do, and nobody waits in a circle', async () => {
  const locks = new ResourceLocks();
  const clock = new FakeClock();
  const held = new Map<string, number>();
  let together = 0;
  let most = 0;
  const wanted = [
    ['stripe'],
    ['mail'],
    ['stripe', 'mail'],
    ['mail', 'stripe'],
    [],
    ['stripe', 'stripe'],
    ['clock'],
    ['mail', 'clock', 'stripe'],
  ];
  await Promise.all(
    wanted.map((names, index) =>
      locks.hold(names, async () => {
        most = Math.max(most, ++together);
        for (const name of new Set(names)) {
          held.set(name, (held.get(name) ?? 0) + 1);
          expect(held.get(name), name).toBe(1);
        }
        await clock.sleep(10 + index);
        for (const name of new Set(names)) held.set(name, held.get(name)! - 1);
        together--;
      }),
    ),
  );
  expect(most).toBeGreaterThan(2);
  expect([...held.values()]).toEqual([0, 0, 0]);
});

test('a resource is free again when its holder fails', async () => {
  const locks = new ResourceLocks();
  await expect(
    locks.hold(['mail'], async () => {
      throw new Error('broken');
    }),
  ).rejects.toThrow('broken');
  expect(await locks.hold(['mail'], async () => 'mine')).toBe('mine');
});
