import { describe, expect, test } from 'vitest';
import type { EventBody, JournalEvent, Subscriber } from '../../src/core/events.ts';
import { Redactor } from '../../src/core/redact.ts';
import { createHub } from '../../src/report/journal.ts';
import { handClock } from './synthetic/telling.ts';

const note = (message: string): EventBody => ({ type: 'note-made', level: 'info', code: 'test', message });

function keeper(name = 'keeper'): Subscriber & { events: JournalEvent[]; closed: number } {
  const kept = {
    name,
    events: [] as JournalEvent[],
    closed: 0,
    on(event: JournalEvent) {
      kept.events.push(event);
    },
    close() {
      kept.closed++;
    },
  };
  return kept;
}

describe('the event hub', () => {
  test('stamps every event with version, number, wall time and milliseconds since the first one', async () => {
    const clock = handClock();
    const kept = keeper();
    const hub = createHub({ clock, redactor: new Redactor(), subscribers: [kept] });
    clock.pass(500);
    hub.emit(note('a'));
    clock.pass(250);
    hub.emit(note('b'));
    expect(await hub.close()).toEqual([]);
    expect(kept.events).toMatchObject([
      { v: 1, seq: 0, t: 0, time: '2026-11-20T09:30:00.500Z', message: 'a' },
      { v: 1, seq: 1, t: 250, time: '2026-11-20T09:30:00.750Z', message: 'b' },
    ]);
  });

  test('masks secrets once, before any subscriber, and leaves the sender’s object alone', async () => {
    const redactor = new Redactor();
    redactor.add('API_KEY', 'canary-7c1e');
    const [one, two] = [keeper('one'), keeper('two')];
    const hub = createHub({ clock: handClock(), redactor, subscribers: [one, two] });
    const body = note('key=canary-7c1e and Y2FuYXJ5LTdjMWU=');
    hub.emit(body);
    await hub.close();
    expect(one.events[0]).toMatchObject({ message: 'key=•••API_KEY••• and •••API_KEY•••' });
    expect(two.events[0]).toBe(one.events[0]);
    expect(body).toMatchObject({ message: expect.stringContaining('canary-7c1e') });
  });

  test('a subscriber that throws, rejects or fails to close hurts nobody and is not lost', async () => {
    const kept = keeper();
    const bad: Subscriber[] = [
      {
        name: 'throws',
        on() {
          throw new Error('disk full\n    at somewhere');
        },
      },
      {
        name: 'rejects',
        on: async () => {
          throw new Error('no network');
        },
      },
      {
        name: 'closes badly',
        on() {},
        close: async () => {
          throw new Error('half written');
        },
      },
    ];
    const hub = createHub({ clock: handClock(), redactor: new Redactor(), subscribers: [...bad, kept] });
    hub.emit(note('a'));
    hub.emit(note('b'));
    expect(await hub.close()).toEqual([
      { subscriber: 'throws', message: 'disk full', during: 'note-made', times: 2 },
      { subscriber: 'rejects', message: 'no network', during: 'note-made', times: 2 },
      { subscriber: 'closes badly', message: 'half written', during: 'close', times: 1 },
    ]);
    expect(kept.events).toHaveLength(2);
    expect(kept.closed).toBe(1);
  });

  test('a failure’s message is masked too', async () => {
    const redactor = new Redactor();
    redactor.add('TOKEN', 'canary-99ab');
    const hub = createHub({
      clock: handClock(),
      redactor,
      subscribers: [
        {
          name: 'web',
          on() {
            throw new Error('POST /?t=canary-99ab');
          },
        },
      ],
    });
    hub.emit(note('a'));
    expect(await hub.close()).toMatchObject([{ message: 'POST /?t=•••TOKEN•••' }]);
  });

  test('a slow subscriber has every event in order before it is closed, and holds up no other', async () => {
    const order: string[] = [];
    const gates: (() => void)[] = [];
    const slow: Subscriber = {
      name: 'slow',
      on: (event) =>
        new Promise<void>((resolve) =>
          gates.push(() => {
            order.push(`slow ${event.seq}`);
            resolve();
          }),
        ),
      close() {
        order.push('slow closed');
      },
    };
    const fast: Subscriber = {
      name: 'fast',
      on(event) {
        order.push(`fast ${event.seq}`);
      },
    };
    const hub = createHub({ clock: handClock(), redactor: new Redactor(), subscribers: [slow, fast] });
    hub.emit(note('a'));
    hub.emit(note('b'));
    expect(order).toEqual(['fast 0', 'fast 1']);
    const closed = hub.close();
    gates[0]!();
    await expect.poll(() => gates.length).toBe(2);
    gates[1]!();
    expect(await closed).toEqual([]);
    expect(order).toEqual(['fast 0', 'fast 1', 'slow 0', 'slow 1', 'slow closed']);
  });

  test('a subscriber that hangs is given up on, and said', async () => {
    const clock = { ...handClock(), sleep: async () => undefined };
    const hub = createHub({
      clock,
      redactor: new Redactor(),
      subscribers: [{ name: 'stuck', on: () => new Promise<void>(() => undefined) }],
      closeWithinMs: 50,
    });
    hub.emit(note('a'));
    expect(await hub.close()).toEqual([{ subscriber: 'stuck', message: 'not done within 50 ms', during: 'close', times: 1 }]);
  });

  test('what comes after the end is dropped, and closing twice is closing once', async () => {
    const kept = keeper();
    const hub = createHub({ clock: handClock(), redactor: new Redactor(), subscribers: [kept] });
    await Promise.all([hub.close(), hub.close()]);
    hub.emit(note('late'));
    expect(kept).toMatchObject({ events: [], closed: 1 });
  });
});
