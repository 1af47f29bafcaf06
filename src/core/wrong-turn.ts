import type { Verdict } from './invariant.ts';
import { shortened } from './shorten.ts';

/** Fields that pass through other values on the way to the right one. */
const PASSES_THROUGH =
  /^(?:.*_)?(?:status|state|phase|stage|step|count|n|total|progress|version|attempts?|ready|done|at|on|verified|active|completed|enabled|imported|synced)$/i;

/**
 * True when the backend has left its baseline and come to a value that no further step would put right: the role is viewer, not editor.
 * A status that is not there yet is not that, nor is a longer text in which something is not to be found yet.
 */
export function cameOutWrong(verdict: Pick<Verdict, 'status' | 'mode' | 'builtin' | 'diff' | 'value'>, baseline: unknown): boolean {
  if (verdict.status !== 'violated' || verdict.builtin || verdict.value === undefined) return false;
  if (verdict.mode !== 'eventually' && verdict.mode !== 'changes') return false;
  // A verdict has the beginning of what is long.
  if (JSON.stringify(shortened(baseline)) === JSON.stringify(verdict.value)) return false;
  return verdict.diff.some((difference) => {
    const match = /^(\S*?([A-Za-z_]\w*)): expected (?!matches |contains ).+, found (.+)$/.exec(difference);
    return match !== null && !PASSES_THROUGH.test(match[2]!) && !/^(?:nothing|null)\b/.test(match[3]!);
  });
}
