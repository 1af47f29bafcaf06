import type { Emit, EventBody } from '../core/events.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** Events that belong to one attempt, without the fields that say which. */
export type AttemptEvent = Without<Extract<EventBody, { intent?: string; attempt?: number }>, 'intent' | 'attempt'>;
export type Say = (body: AttemptEvent) => void;

/** A voice for one attempt at one intent. */
export const voiceOf =
  (emit: Emit, intent: string, attempt: number): Say =>
  (body) =>
    emit({ ...body, intent, attempt } as EventBody);
