import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';

/** What caused the work at hand: carried from a request into rows, jobs, mails, events and webhooks. */
export interface Cause {
  workflow: string | undefined;
  traceparent: string | undefined;
}

const causes = new AsyncLocalStorage<Cause>();

export const causeOf = (headers: IncomingHttpHeaders): Cause => ({
  workflow: one(headers['x-workflow-id']),
  traceparent: one(headers['traceparent']),
});

export const within = <T>(cause: Cause, work: () => T): T => causes.run(cause, work);

/** Workflow id of what is being done now; null where nobody gave one. */
export const workflow = (): string | null => causes.getStore()?.workflow ?? null;

export const traceparent = (): string | undefined => causes.getStore()?.traceparent;

/** 32 hex digits out of `traceparent`. */
export const traceId = (): string | null => /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(traceparent() ?? '')?.[1] ?? null;

/** Headers that pass the cause on to another service. */
export const passOn = (): Record<string, string> => ({
  ...(workflow() ? { 'x-workflow-id': workflow() as string } : {}),
  ...(traceparent() ? { traceparent: traceparent() as string } : {}),
});

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
