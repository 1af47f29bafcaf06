import type { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import type { ProbeFace } from '../core/probe.ts';
import type { ProbeQuery } from '../core/invariant.ts';
import type { RequestSeen } from '../core/action.ts';

/** What a probe may ask of the run around it. The oracle itself reaches no browser: the runner hands these in. */
export interface ProbeServices {
  clock: Clock;
  /** Of programs that are asked; this process's own when absent. */
  env?: Record<string, string | undefined>;
  /** Base URL of the target. */
  baseUrl: string;
  /** `x-workflow-id` of this attempt. */
  workflow: string;
  /** W3C trace id of this attempt. */
  traceId: string;
  /** A request as one of the journey's actors (its cookies), or with a session value. */
  fetchAs(
    who: unknown,
    request: {
      method: string;
      url: string;
      headers?: Record<string, string>;
      json?: unknown;
      form?: Record<string, string>;
      body?: string;
    },
    signal: AbortSignal,
  ): Promise<{ status: number; headers: Record<string, string>; body: string; signedIn?: boolean }>;
  /** The browser's request ledger of this attempt. */
  requests(): readonly (RequestSeen & { actor: string })[];
  /** Console errors and uncaught exceptions on the application's own pages. */
  faults(): readonly { kind: string; text: string; at: number; actor: string }[];
  /** Folder of the intent's file, folder of this attempt's downloads, and the folder that relative paths of the config are relative to. */
  dirs: { intent: string; downloads: string; root?: string };
}

/** An open probe. `read` returns plain JSON, or throws PROBE_UNREADABLE (unknown, polled on), PROBE_DENIED (an immediate error with the fix) or PROBE_CONFIG. */
export interface OpenProbe {
  read(query: unknown, signal: AbortSignal): Promise<unknown>;
  /** Where the source can push: calls `wake` when the answer may have changed. Resolves once it listens, with how to stop; undefined where it cannot after all. */
  watch?(query: unknown, wake: () => void): Promise<(() => void) | undefined>;
  /** Whether the source answers at all, for `doctor`: rejects as `read` would. */
  check?(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** A probe: reads backend state, never changes it. One file each, listed in probes/index.ts. */
export interface Probe<S = unknown, Q = unknown> extends ProbeFace {
  /** Asking may change state: never shared, never asked again for somebody else. Only `access` is so. */
  readonly once?: boolean;
  /** It receives what the application sends: opened with the reader, not at the first question. */
  readonly early?: boolean;
  readonly settings?: z.ZodType<S>;
  readonly query: z.ZodType<Q>;
  open(settings: S, services: ProbeServices): Promise<OpenProbe>;
}

export const defineProbe = <S, Q>(probe: {
  name: string;
  about: string;
  once?: boolean;
  early?: boolean;
  settings?: z.ZodType<S>;
  query: z.ZodType<Q>;
  open(
    settings: S,
    services: ProbeServices,
  ): Promise<{
    read(query: Q, signal: AbortSignal): Promise<unknown>;
    watch?(query: Q, wake: () => void): Promise<(() => void) | undefined>;
    check?(signal: AbortSignal): Promise<void>;
    close(): Promise<void>;
  }>;
}): Probe => probe as unknown as Probe;

/** All open probes of one attempt, behind one question. Shares equal questions, caps reads in flight per connection. */
export interface ProbeReader {
  /** Rejects with IntentwrightError PROBE_UNREADABLE | PROBE_DENIED | PROBE_CONFIG. */
  read(query: ProbeQuery, signal: AbortSignal): Promise<unknown>;
  /** Resolves once it listens, with how to stop; undefined where the source cannot push. */
  watch(query: ProbeQuery, wake: () => void): Promise<(() => void) | undefined>;
  close(): Promise<void>;
}
