import type { Intent } from '../../core/intent.ts';
import type { IntentFacts } from './facts.ts';

/** Every factor of an intent's risk, so that the number can be explained. */
export interface RiskFactors {
  /** How strongly the change reaches it, 0 to 1: the strongest evidence counts. */
  overlap: number;
  priority: number;
  /** 1 for an intent that was always green, 2 for one that never was, over its last runs. */
  failures: number;
  /** 1 for one that just ran, 2 for one that has not run for a week or ever. */
  age: number;
  /** From 1 for a line to 1.5 for a thousand; a quarter more where a coding agent changed several services at once. */
  change: number;
}

const PRIORITY: Record<Intent['priority'], number> = { critical: 3, high: 2, normal: 1 };
const RED = new Set(['failed', 'blocked', 'errored', 'unproven', 'flaky']);
const RECENT = 10;
const WEEK = 7 * 24 * 3_600_000;

export interface ChangeWeight {
  lines: number;
  byAgent: boolean;
  services: number;
}

export function riskFactors(facts: IntentFacts, overlap: number, change: ChangeWeight, now: number): RiskFactors {
  const ran = facts.past.filter(({ status }) => status !== 'skipped').slice(0, RECENT);
  const last = ran[0] ? now - Date.parse(ran[0].startedAt) : Infinity;
  return {
    overlap,
    priority: PRIORITY[facts.intent.priority],
    failures: 1 + (ran.length === 0 ? 0 : ran.filter(({ status }) => RED.has(status)).length / ran.length),
    age: 1 + Math.min(1, Math.max(0, last) / WEEK),
    change: (1 + Math.min(0.5, Math.log10(1 + change.lines) / 6)) * (change.byAgent && change.services > 1 ? 1.25 : 1),
  };
}

/** The product of its factors, to two places. */
export const riskOf = ({ overlap, priority, failures, age, change }: RiskFactors): number =>
  Math.round(overlap * priority * failures * age * change * 100) / 100;
