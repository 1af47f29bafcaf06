import type { Intent } from '../../core/intent.ts';
import type { Change, ChangeSet } from './change.ts';
import { type Evidence, evidenceOf, type EvidenceSource, WEAK } from './evidence.ts';
import type { IntentFacts } from './facts.ts';
import { outsideApplication, sameBehaviour } from './inert.ts';
import { type RiskFactors, riskFactors, riskOf } from './risk.ts';
import { serviceOf } from './services.ts';

/** What was made of one changed file. */
export interface FileFinding {
  path: string;
  kind: Change['kind'];
  /** "same": it behaves as before. "outside": no part of the application. "unmapped": nothing says whom it may break. */
  state: 'mapped' | 'same' | 'outside' | 'unmapped';
  why: string;
}

/** One intent, chosen or not, and everything that speaks for it, strongest first. */
export interface IntentChoice {
  id: string;
  title: string;
  priority: Intent['priority'];
  chosen: boolean;
  risk: number;
  factors: RiskFactors;
  reasons: Evidence[];
  /** In one line. */
  why: string;
}

export interface SelectionMade {
  base: string;
  from?: string;
  files: FileFinding[];
  /** Highest risk first. */
  intents: IntentChoice[];
  unmapped: string[];
  /** What says that a coding agent wrote the change. */
  writtenByAgent?: string;
}

export interface SelectOptions extends EvidenceSource {
  changes: ChangeSet;
  /** Globs of files that cannot reach the application. */
  ignored: readonly string[];
  /** At most so many; critical ones are never left out for it. */
  limit?: number;
  /** Milliseconds of the epoch. */
  now: number;
}

/** Which intents a change puts at risk, and why. Pure: the same change, project and past give the same answer. */
export function selectIntents(facts: readonly IntentFacts[], options: SelectOptions): SelectionMade {
  const { changes, now, limit } = options;
  const collected = new Map(facts.map((one) => [one.intent.id, [] as Evidence[]]));
  const files = changes.files.map((change) => findingOf(change, facts, options, collected));
  const felt = changes.files.filter((_, index) => files[index]!.state === 'mapped' || files[index]!.state === 'unmapped');
  const weight = {
    lines: felt.reduce((sum, { lines }) => sum + lines, 0),
    byAgent: changes.writtenByAgent !== undefined,
    services: new Set(felt.map(({ path }) => serviceOf(path, options.tree.packages))).size,
  };
  const intents = facts
    .map((one): IntentChoice => {
      const reasons = strongest(collected.get(one.intent.id)!);
      const factors = riskFactors(one, reasons[0]?.weight ?? 0, weight, now);
      const chosen = one.intent.priority === 'critical' || factors.overlap >= WEAK;
      return {
        id: one.intent.id,
        title: one.intent.title,
        priority: one.intent.priority,
        chosen,
        risk: riskOf(factors),
        factors,
        reasons,
        why: whyOf(one.intent, reasons, chosen, files),
      };
    })
    .toSorted((a, b) => b.risk - a.risk || a.id.localeCompare(b.id));
  return {
    base: changes.base,
    ...(changes.from === undefined ? {} : { from: changes.from }),
    files,
    intents: limit === undefined ? intents : limited(intents, limit),
    unmapped: files.filter(({ state }) => state === 'unmapped').map(({ path }) => path),
    ...(changes.writtenByAgent === undefined ? {} : { writtenByAgent: changes.writtenByAgent }),
  };
}

function findingOf(change: Change, facts: readonly IntentFacts[], options: SelectOptions, collected: Map<string, Evidence[]>): FileFinding {
  const { path, kind } = change;
  const same = sameBehaviour(change);
  if (same) return { path, kind, state: 'same', why: same };
  const { declared, found, understood } = evidenceOf(change, facts, options);
  const outside = declared.length === 0 ? outsideApplication(path, options.ignored) : undefined;
  if (outside) return { path, kind, state: 'outside', why: outside };
  const strong = [...declared, ...found].filter(({ evidence }) => evidence.weight >= WEAK);
  for (const { intent, evidence } of strong) collected.get(intent)!.push(evidence);
  if (strong.length > 0) {
    const ids = new Set(strong.map(({ intent }) => intent));
    return {
      path,
      kind,
      state: 'mapped',
      why: `reaches ${ids.size === facts.length ? 'every intent' : [...ids].slice(0, 4).join(', ')}${ids.size > 4 && ids.size < facts.length ? ` and ${ids.size - 4} more` : ''}`,
    };
  }
  if (understood) return { path, kind, state: 'outside', why: understood };
  for (const reasons of collected.values())
    reasons.push({ kind: 'unmapped', file: path, weight: 0.5, says: `nothing says whom ${path} may break, so everything runs` });
  return { path, kind, state: 'unmapped', why: 'no intent watches it, was seen to use it, or is reached by it' };
}

/** The strongest evidence of each kind and file, strongest first. */
function strongest(reasons: readonly Evidence[]): Evidence[] {
  const best = new Map<string, Evidence>();
  for (const reason of reasons) {
    const key = `${reason.kind} ${reason.file}`;
    if ((best.get(key)?.weight ?? 0) < reason.weight) best.set(key, reason);
  }
  return [...best.values()].toSorted((a, b) => b.weight - a.weight || a.file.localeCompare(b.file));
}

function whyOf(intent: Intent, reasons: readonly Evidence[], chosen: boolean, files: readonly FileFinding[]): string {
  const [first, ...rest] = reasons;
  if (first) return rest.length === 0 ? first.says : `${first.says}; ${rest.length} more ${rest.length === 1 ? 'reason' : 'reasons'}`;
  if (chosen) return `it is critical, and ${intent.priority} intents always run`;
  if (files.length === 0) return 'nothing changed';
  const felt = files.filter(({ state }) => state === 'mapped' || state === 'unmapped').length;
  if (felt === 0)
    return files.length === 1
      ? 'the change cannot reach the application'
      : `none of the ${files.length} changed files can reach the application`;
  return felt === 1 ? 'the changed file does not reach it' : `none of the ${felt} changed files that matter reaches it`;
}

function limited(intents: readonly IntentChoice[], limit: number): IntentChoice[] {
  let room = limit - intents.filter(({ priority }) => priority === 'critical').length;
  return intents.map((intent) => {
    if (!intent.chosen || intent.priority === 'critical') return intent;
    room -= 1;
    return room >= 0 ? intent : { ...intent, chosen: false, why: `at risk (${intent.why}), but ${limit} of higher risk were asked for` };
  });
}
