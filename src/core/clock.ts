/** Time as the product sees it. Injected everywhere, so that a 60 s wait is tested in milliseconds. */
export interface Clock {
  /** Monotonic milliseconds; only differences mean anything. */
  now(): number;
  /** Wall clock, for people; never for a deadline. */
  wall(): Date;
  /** Resolves after `ms` or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
