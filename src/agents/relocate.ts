import type { Target } from '../core/action.ts';
import type { Adaptation, Agent, DecideInput, Decision } from '../core/decision.ts';
import type { Lockfile } from '../core/lock.ts';
import type { Candidate, Fingerprint, Observation } from '../core/observation.ts';
import { pathTemplate } from '../core/path-template.ts';
import { looksBusy } from './busy.ts';
import { saysOtherwise } from './contrary.ts';
import { describe, holdsPhrase, rowAgrees, targetOf } from './identity.ts';
import { knowsRivals, leadsWhere, roleKinship, sharesIdentity, wasRival } from './kinship.ts';
import { openRecorded, pagesAgree, recordedStep, type Resolve, resolvedPrint, resolveTarget, tryResolve } from './recorded.ts';
import { onTarget } from './replay.ts';
import { fingerprintLikeness } from './similarity.ts';
import { plain } from './words.ts';

/** Below this likeness it is another element, whatever else is on the page. */
export const SCORE_GATE = 0.4;
/** The best must be this much better than the next: two that are alike are a question, not an answer. */
export const MARGIN_GATE = 0.05;

/** What a sentence names by these is one of several, and not where something is put. */
const GIVEN_NAMES: ReadonlySet<string> = new Set([
  'button',
  'link',
  'radio',
  'option',
  'checkbox',
  'switch',
  'menuitem',
  'menuitemradio',
  'menuitemcheckbox',
  'treeitem',
]);

/** Finds a recorded element again after the page has changed, without asking anybody; a removed one comes out as not there. */
export function createRelocate(lock: Lockfile | undefined, resolve: Resolve): Agent {
  return { name: 'relocate', decide: async (input) => relocate(lock, resolve, input) };
}

function relocate(lock: Lockfile | undefined, resolve: Resolve, input: DecideInput): Decision {
  const { observation, turns } = input;
  const recorded = recordedStep(lock, input.step);
  if ('none' in recorded) return { kind: 'unsure', why: recorded.none, because: 'sentence' };
  const [next] = openRecorded(recorded.actions, turns, resolve);
  const action = next === undefined ? undefined : recorded.actions[next]!;
  if (!action?.target || observation.nativeDialog)
    return { kind: 'unsure', why: input.handedOver?.why ?? 'no recorded element is missing' };
  if (looksBusy(observation)) return { kind: 'unsure', why: 'the page is still loading' };
  if (turns.at(-1)?.agent === 'relocate' && !turns.at(-1)!.outcome.ok)
    return { kind: 'unsure', why: 'the element that was found instead could not be used' };
  const target = resolveTarget(action.target, resolve);
  if (!target) return { kind: 'unsure', why: 'the recorded element names a variable that is not defined' };
  const answer = refind(observation, {
    target,
    page: tryResolve(resolve, action.page) ?? action.page,
    commits: action.commits.length > 0,
    print: resolvedPrint(action, resolve),
  });
  if ('why' in answer) return { kind: 'unsure', why: answer.why, ...(answer.between ? { between: answer.between } : {}) };
  const { candidate, score, margin, runnerUp, kind } = answer;
  if (
    plain(candidate.name) !== plain(target.name) &&
    GIVEN_NAMES.has(candidate.role) &&
    input.step.values.some(({ value, secret }) => !secret && plain(value) === plain(target.name))
  )
    return {
      kind: 'unsure',
      why: `${describe(target)} is not there any more; ${describe(candidate)} is not called what the sentence says word for word`,
    };
  if (candidate.disabled) return { kind: 'unsure', why: `${describe(candidate)} stands there now, and is disabled` };
  if (candidate.coveredBy !== undefined)
    return { kind: 'unsure', why: `${describe(candidate)} stands there now, and is covered by ${candidate.coveredBy || 'something'}` };
  const built = onTarget(action, candidate, observation, resolve);
  if ('why' in built) return { kind: 'unsure', why: built.why };
  const adapted: Adaptation = {
    kind,
    from: describe(target),
    to: describe(candidate),
    note: changeNote(kind, target, candidate, action.page === pathTemplate(observation.path) ? undefined : observation.path),
    score: round(score),
    margin: round(margin),
    ...(runnerUp ? { runnerUp: describe(runnerUp) } : {}),
  };
  return {
    kind: 'act',
    action: built.action,
    why: adapted.note,
    confidence: round(score),
    target: targetOf(candidate),
    margin: round(margin),
    adapted,
    ...(runnerUp ? { runnerUp: describe(runnerUp) } : {}),
  };
}

export interface Lost {
  target: Target;
  /** Path template it stood on. */
  page: string;
  /** It sent something last time: the bar is higher. */
  commits: boolean;
  print?: Fingerprint;
}

export type Refound =
  | { candidate: Candidate; score: number; margin: number; runnerUp?: Candidate; kind: Adaptation['kind'] }
  | { why: string; between?: string[] };

/** The element that a lost one has become, or why none is taken for it. */
export function refind(observation: Observation, lost: Lost): Refound {
  const { target, print } = lost;
  const kin = observation.candidates.filter(
    (candidate) => roleKinship(target.role, candidate.role) > 0 && rowFits(observation, candidate, target),
  );
  const others = kin.filter((candidate) => !wasRival(candidate, print));
  const answer = byExactName(observation, lost, others) ?? byLikeness(observation, lost, others);
  if (!('why' in answer) || others.length === kin.length || !print) return answer;
  return (
    byExactName(
      observation,
      lost,
      kin.filter((candidate) => leadsWhere(candidate, target, print)),
    ) ?? answer
  );
}

function byExactName(observation: Observation, lost: Lost, kin: readonly Candidate[]): Refound | undefined {
  const { target } = lost;
  if (target.name === '') return undefined;
  const named = kin.filter((candidate) => plain(candidate.name) === plain(target.name));
  const ranked = named
    .map((candidate) => ({ candidate, anchors: anchorsKept(candidate, target) + (candidate.role === target.role ? 2 : 0) }))
    .sort((a, b) => b.anchors - a.anchors);
  const [best, second] = ranked;
  if (!best) return undefined;
  if (!(lost.print && knowsRivals(lost.print)) && stayedBehind(observation, best.candidate, target))
    return { why: `${describe(target)} is not there any more; ${describe(best.candidate)} only has its name: the dialog is still open` };
  if (second && best.anchors === second.anchors)
    return {
      why: `${ranked.length} elements are called “${target.name}”`,
      between: ranked.slice(0, 4).map(({ candidate }) => describe(candidate)),
    };
  const elsewhere = !pagesAgree(lost.page, pathTemplate(observation.path));
  if (elsewhere && lost.commits && anchorsKept(best.candidate, target) === 0)
    return { why: `${describe(best.candidate)} is on another page than the recorded one, and nothing else there agrees` };
  return {
    candidate: best.candidate,
    score: second ? 0.9 : 1,
    margin: second ? 0.5 : 1,
    ...(second ? { runnerUp: second.candidate } : {}),
    kind: best.candidate.role === target.role ? 'moved' : 'role-changed',
  };
}

/** "Cancel plan" opens a dialog whose own button says the same: while that dialog is there, what stands outside it is not the button that was lost in it. */
function stayedBehind(observation: Observation, candidate: Candidate, { dialog }: Target): boolean {
  if (dialog === undefined || candidate.context.dialog !== undefined) return false;
  return [observation.dialog, ...observation.candidates.map(({ context }) => context.dialog)].some(
    (open) => open !== undefined && plain(open) === plain(dialog),
  );
}

function byLikeness(observation: Observation, lost: Lost, kin: readonly Candidate[]): Refound {
  const { target, print } = lost;
  const gone = `${describe(target)} is not there any more`;
  if (!print) return { why: gone };
  if (!pagesAgree(lost.page, pathTemplate(observation.path))) return { why: `${gone}: this is another page` };
  // Where all that could be taken for it is known, what has nothing of it is no runner-up either.
  const eligible = knowsRivals(print)
    ? kin.filter((candidate) => !wasNeighbour(candidate, target, print) && sharesIdentity(candidate, target, print))
    : [];
  const ranked = (eligible.length > 0 ? eligible : kin)
    .map((candidate) => ({ candidate, score: fingerprintLikeness(print, candidate.print) * roleKinship(target.role, candidate.role) }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  if (!best) return { why: gone };
  const margin = best.score - (second?.score ?? 0);
  const nearest = `the nearest is ${describe(best.candidate)} (${best.score.toFixed(2)}, ${margin.toFixed(2)} ahead)`;
  if (wasNeighbour(best.candidate, target, print)) return { why: `${gone}; ${nearest}, which stood beside it before` };
  if (!sharesIdentity(best.candidate, target, print))
    return { why: `${gone}; ${nearest}, which shares neither words nor identifiers with it` };
  if (
    target.landmark !== undefined &&
    best.candidate.context.landmark !== undefined &&
    plain(best.candidate.context.landmark) !== plain(target.landmark) &&
    plain(best.candidate.name) !== plain(target.name)
  )
    return { why: `${gone}; ${nearest}, which stands in another part of the page and is called otherwise` };
  if (
    /^(?:navigation|banner|contentinfo)/.test(best.candidate.context.landmark ?? '') &&
    plain(best.candidate.context.landmark!) !== plain(target.landmark ?? '') &&
    plain(best.candidate.name) !== plain(target.name)
  )
    return { why: `${gone}; ${nearest}, which stands in another part of the page and is called otherwise` };
  if (saysOtherwise(target.name, best.candidate.name)) return { why: `${gone}; ${nearest}, which says something else with the same words` };
  if (best.score < SCORE_GATE) return { why: `${gone}; ${nearest}, too little alike` };
  if (second && margin < MARGIN_GATE)
    return { why: `${gone}; two are equally like it`, between: [describe(best.candidate), describe(second.candidate)] };
  return {
    candidate: best.candidate,
    score: best.score,
    margin,
    ...(second ? { runnerUp: second.candidate } : {}),
    kind: best.candidate.role === target.role ? 'renamed' : 'role-changed',
  };
}

/** It was there before, next to the lost one: then it is not the lost one under a new name. */
function wasNeighbour(candidate: Candidate, target: Target, print: Fingerprint): boolean {
  if (candidate.name === '' || plain(candidate.name) === plain(target.name)) return false;
  return holdsPhrase(print.near, candidate.name) && !holdsPhrase(target.name, candidate.name);
}

/**
 * In the same row. A row that was only the group under another name (the label of a field, around its options) tells no two elements apart: the group does.
 * A row that is told by nothing but the control's own name is the same while it goes on saying that.
 */
function rowFits(observation: Observation, candidate: Candidate, target: Target): boolean {
  if (target.row === undefined || rowAgrees(observation, candidate, target.row)) return true;
  const { row, group } = candidate.context;
  if (row === undefined)
    return (
      group !== undefined && target.group !== undefined && plain(target.row) === plain(target.group) && plain(group) === plain(target.group)
    );
  return (
    target.name !== '' &&
    plain(target.row).startsWith(plain(target.name)) &&
    candidate.role === target.role &&
    holdsPhrase(candidate.name, target.name) &&
    !observation.candidates.some((other) => other !== candidate && holdsPhrase(other.name, target.name) && other.context.row !== row)
  );
}

function anchorsKept(candidate: Candidate, target: Target): number {
  return (['dialog', 'group', 'landmark', 'frame', 'heading', 'row'] as const).filter(
    (key) => target[key] !== undefined && plain(target[key]) === plain(candidate.context[key] ?? ''),
  ).length;
}

function changeNote(kind: Adaptation['kind'], target: Target, candidate: Candidate, elsewhere: string | undefined): string {
  const was = target.name || target.role;
  if (kind === 'renamed') return `“${was}” is now called “${candidate.name}”`;
  if (kind === 'role-changed') return `“${was}” is a ${candidate.role} now, it was a ${target.role}`;
  return `“${was}” is now ${newPlace(target, candidate) ?? (elsewhere ? `on ${elsewhere}` : 'elsewhere on the page')}`;
}

/** Where it stands now, told by what is another place than before. */
function newPlace(target: Target, { context }: Candidate): string | undefined {
  const differs = (key: 'dialog' | 'group' | 'heading' | 'frame' | 'landmark' | 'row'): boolean =>
    plain(context[key] ?? '') !== plain(target[key] ?? '');
  if (differs('dialog')) return context.dialog ? `in the dialog “${context.dialog}”` : 'outside the dialog';
  if (differs('group') && context.group) return `in the group “${context.group}”`;
  if (differs('heading') && context.heading) return `under “${context.heading}”`;
  if (differs('frame')) return context.frame ? `in the frame “${context.frame}”` : 'outside the frame';
  if (differs('landmark')) return context.landmark ? `in ${context.landmark}` : 'outside any landmark';
  return differs('row') && context.row ? `in the row “${context.row}”` : undefined;
}

const round = (value: number): number => Math.round(value * 100) / 100;
