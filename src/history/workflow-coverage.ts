import type { Status } from '../core/decide.ts';
import type { Priority } from '../core/intent.ts';
import type { EscapeRate } from './escapes.ts';

/** What is known of an intent outside history. */
export interface CoveredIntent {
  id: string;
  title: string;
  priority: Priority;
  owner?: string;
  touches: readonly string[];
  /** It was carried out wrongly on purpose and noticed, since it or an invariant of it changed. */
  proved: boolean;
  /** ISO 8601: when its files, or sources that it watches, changed last. Absent where nobody knows. */
  changedAt?: string;
}

/** How an intent fared the last time in one mode. */
export interface LastInMode {
  mode: string;
  status: Status;
  run: string;
  startedAt: string;
}

export interface CoverageRow extends CoveredIntent {
  /** It ran since its last change. */
  fresh: boolean;
  /** Its newest run passed; flaky is not enough. */
  holds: boolean;
  /** Proved, fresh and holding: the business may rely on it. */
  covered: boolean;
  modes: LastInMode[];
  /** What is missing, in words. */
  missing: string[];
}

export interface WorkflowCoverage {
  intents: CoverageRow[];
  /** By priority: how many there are, and how many of them are covered. */
  priorities: Record<Priority, { all: number; covered: number }>;
  /** By system, the least covered first. */
  systems: { system: string; intents: number; critical: number; covered: number }[];
  escapes: Pick<EscapeRate, 'reds' | 'months'> & { escaped: number };
}

/** Which business journeys are there, and which of them can be relied on now. Pure. */
export function workflowCoverage(
  intents: readonly CoveredIntent[],
  lastOf: (intent: string) => readonly LastInMode[],
  escapes: EscapeRate,
): WorkflowCoverage {
  const rows = intents.map((intent) => rowOf(intent, lastOf(intent.id)));
  const counts = (priority: Priority) => ({
    all: rows.filter((row) => row.priority === priority).length,
    covered: rows.filter((row) => row.priority === priority && row.covered).length,
  });
  const systems = [...new Set(rows.flatMap(({ touches }) => touches))].map((system) => {
    const those = rows.filter(({ touches }) => touches.includes(system));
    return {
      system,
      intents: those.length,
      critical: those.filter(({ priority }) => priority === 'critical').length,
      covered: those.filter(({ covered }) => covered).length,
    };
  });
  return {
    intents: rows,
    priorities: { critical: counts('critical'), high: counts('high'), normal: counts('normal') },
    systems: systems.toSorted((a, b) => a.covered / a.intents - b.covered / b.intents || a.system.localeCompare(b.system)),
    escapes: { reds: escapes.reds, escaped: escapes.escaped.length, months: escapes.months },
  };
}

function rowOf(intent: CoveredIntent, modes: readonly LastInMode[]): CoverageRow {
  const last = modes.toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0];
  const fresh = last !== undefined && (intent.changedAt === undefined || last.startedAt >= intent.changedAt);
  const holds = last?.status === 'passed';
  const missing = [
    ...(last === undefined ? ['it never ran'] : []),
    ...(last !== undefined && !fresh ? [`it did not run since its change of ${intent.changedAt!.slice(0, 10)}`] : []),
    ...(last !== undefined && !holds ? [`its last run was ${last.status}`] : []),
    ...(intent.proved ? [] : ['nobody proved that it notices']),
  ];
  return { ...intent, fresh, holds, covered: missing.length === 0, modes: [...modes], missing };
}

/** The share of critical intents that are covered, 0 to 1. Without any there is nothing to rely on. */
export function criticalShare({ priorities: { critical } }: WorkflowCoverage): number {
  return critical.all === 0 ? 0 : critical.covered / critical.all;
}
