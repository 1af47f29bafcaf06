import type { BoundInvariant } from '../core/invariant.ts';

/** What every journey must not do, without anybody writing it down: answer 5xx, or throw on the application's own pages. */
export function defaultInvariants(
  on: { noServerErrors: boolean; noExceptions: boolean },
  limits: { withinMs: number; settleMs: number; blindMs: number },
): BoundInvariant[] {
  const { withinMs, settleMs, blindMs } = limits;
  const invariants: BoundInvariant[] = [];
  if (on.noServerErrors) {
    invariants.push({
      id: 'no-server-errors',
      name: 'no-server-errors',
      says: 'the application answered no request of this journey with a server error',
      builtin: true,
      withinMs,
      settleMs,
      blindMs,
      mode: { kind: 'always', query: { probe: 'requests', args: { status: { gte: 500 } } }, expect: 'none' },
    });
  }
  if (on.noExceptions) {
    invariants.push({
      id: 'no-exceptions',
      name: 'no-exceptions',
      says: 'no page of the application threw an error that nobody caught',
      builtin: true,
      withinMs,
      settleMs,
      blindMs,
      mode: { kind: 'always', query: { probe: 'console', args: { kind: 'exception' } }, expect: 'none' },
    });
  }
  return invariants;
}
