import type { Clock } from '../core/clock.ts';
import { messageOf } from '../core/errors.ts';
import { type Emit, type EventType, JOURNAL_VERSION, type JournalEvent, type Subscriber } from '../core/events.ts';
import type { Redactor } from '../core/redact.ts';

/** What became of a subscriber that threw, rejected or hung. Any of these makes the run's exit code 3. */
export interface SubscriberFailure {
  subscriber: string;
  /** The first thing that went wrong, one line. */
  message: string;
  during: EventType | 'close';
  times: number;
}

export interface Hub {
  /** Stamps, masks and hands on. Never throws, never waits. Silent after `close`. */
  emit: Emit;
  /** Waits until every subscriber has had everything; resolves to what went wrong, never rejects. */
  close(): Promise<SubscriberFailure[]>;
}

interface Lane {
  subscriber: Subscriber;
  /** Set while the subscriber is still busy with an earlier event. */
  tail?: Promise<void>;
}

/**
 * The one place where events leave the run: each is stamped, masked once, and given to every subscriber in order.
 * Subscribers have lanes of their own, so that a slow one holds nobody up.
 */
export function createHub(options: { clock: Clock; redactor: Redactor; subscribers: readonly Subscriber[]; closeWithinMs?: number }): Hub {
  const { clock, redactor, closeWithinMs = 30_000 } = options;
  const lanes: Lane[] = options.subscribers.map((subscriber) => ({ subscriber }));
  const failures = new Map<string, SubscriberFailure>();
  let startedAt: number | undefined;
  let seq = 0;
  let closing: Promise<SubscriberFailure[]> | undefined;

  const fail = (subscriber: Subscriber, during: SubscriberFailure['during'], error: unknown): void => {
    const known = failures.get(subscriber.name);
    if (known) known.times++;
    else failures.set(subscriber.name, { subscriber: subscriber.name, message: redactor.text(messageOf(error)), during, times: 1 });
  };

  const call = (lane: Lane, during: SubscriberFailure['during'], work: () => void | Promise<void>): void => {
    if (lane.tail !== undefined) {
      follow(lane, lane.tail.then(work), during);
      return;
    }
    try {
      const pending = work();
      if (pending !== undefined) follow(lane, pending, during);
    } catch (error) {
      fail(lane.subscriber, during, error);
    }
  };

  const follow = (lane: Lane, pending: Promise<void>, during: SubscriberFailure['during']): void => {
    const tail: Promise<void> = pending
      .catch((error: unknown) => fail(lane.subscriber, during, error))
      .then(() => {
        if (lane.tail === tail) lane.tail = undefined;
      });
    lane.tail = tail;
  };

  const emit: Emit = (body) => {
    if (closing) return;
    const now = clock.now();
    startedAt ??= now;
    const masked = redactor.deep(body);
    const event: JournalEvent = {
      v: JOURNAL_VERSION,
      seq: seq++,
      time: clock.wall().toISOString(),
      t: Math.round((now - startedAt) * 10) / 10,
      ...masked,
    };
    for (const lane of lanes) call(lane, event.type, () => lane.subscriber.on(event));
  };

  const closeLane = async (lane: Lane): Promise<void> => {
    call(lane, 'close', () => lane.subscriber.close?.());
    const impatience = new AbortController();
    const late = clock.sleep(closeWithinMs, impatience.signal).then(
      () => fail(lane.subscriber, 'close', `not done within ${closeWithinMs} ms`),
      () => undefined,
    );
    await Promise.race([lane.tail, late]);
    impatience.abort();
  };

  return {
    emit,
    close() {
      closing ??= Promise.resolve().then(async () => {
        await Promise.all(lanes.map(closeLane));
        return [...failures.values()];
      });
      return closing;
    },
  };
}
