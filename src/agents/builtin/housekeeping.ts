import type { Turn } from '../../core/decision.ts';

const LEADS = new Set(['link', 'row', 'tab', 'treeitem']);

/** Requests that an application sends wherever one goes in it, to count visits or to remember the page, are nobody's deed. */
export function housekeepingIn(turns: readonly Turn[]): Set<string> {
  const senders = new Map<string, Set<string>>();
  for (const { target, outcome } of turns) {
    if (!target || !LEADS.has(target.role) || !outcome.navigated) continue;
    for (const request of outcome.requests)
      if (request.changes && request.own) senders.set(keyOf(request), (senders.get(keyOf(request)) ?? new Set()).add(target.name));
  }
  return new Set([...senders].filter(([, names]) => names.size >= 2).map(([key]) => key));
}

/** The turns without such requests. */
export function withoutHousekeeping(turns: readonly Turn[], known: ReadonlySet<string>): readonly Turn[] {
  if (known.size === 0) return turns;
  return turns.map((turn) =>
    turn.outcome.requests.some((request) => known.has(keyOf(request)))
      ? { ...turn, outcome: { ...turn.outcome, requests: turn.outcome.requests.filter((request) => !known.has(keyOf(request))) } }
      : turn,
  );
}

const keyOf = ({ method, template }: { method: string; template: string }): string => `${method} ${template}`;
