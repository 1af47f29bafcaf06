import type { Action } from '../../core/action.ts';
import type { StepTask, Turn } from '../../core/decision.ts';
import type { Candidate, Observation } from '../../core/observation.ts';
import { describe, targetOf } from '../identity.ts';
import type { Decision } from '../../core/decision.ts';
import type { Past } from './entity.ts';
import type { Goal } from './goal.ts';

/** Why an action was taken: what a later look at the turns has to know. */
export type Purpose = 'fill' | 'list' | 'submit' | 'use' | 'confirm' | 'dismiss' | 'look' | 'press' | 'mail' | 'wait';

export interface Act {
  is: 'act';
  action: Action;
  candidate?: Candidate;
  why: string;
  purpose: Purpose;
  confidence: number;
  runnerUp?: Candidate;
  /** Texts of the parts that this sends off. */
  took?: string[];
}

export type Move =
  | Act
  | { is: 'reached'; why: string }
  | { is: 'stuck'; why: string }
  | { is: 'refused'; why: string }
  | { is: 'torn'; why: string; between: Candidate[] };

export interface Note {
  goal: number;
  purpose: Purpose;
  /** Texts of the parts that the form took which this sent. */
  took?: string[];
  /** Where the link led that was clicked. */
  href?: string;
}

/** What a goal is pursued with: only looks and turns, nothing that changes by itself. */
export interface Scene {
  observation: Observation;
  step: StepTask;
  goal: Goal;
  next: Goal | undefined;
  /** All that the same person says afterwards, as far as it is known. */
  later: readonly Goal[];
  /** Turns since this goal was begun, with what they were for. */
  turns: readonly Turn[];
  purposes: readonly Purpose[];
  /** Texts of the parts that a form has taken, some of them because it held them already. */
  taken: ReadonlySet<string>;
  /** Links that were followed for this goal. */
  followed: ReadonlySet<string>;
  /** Turns of this sentence for the orders it gave before this one. */
  before: readonly Turn[];
  /** Turns of earlier sentences. */
  earlier: readonly Turn[];
  /** Lines that appeared with the last action before this goal (with all its ticks, where it ticked), and since; some may have gone again. */
  lately: readonly string[];
  past: Past;
  /** Origin the step began on, and the one the journey began on. */
  home: string;
  base: string;
}

export const act = (action: Action, purpose: Purpose, why: string, candidate?: Candidate, confidence = 0.8): Act => ({
  is: 'act',
  action,
  purpose,
  why,
  confidence,
  ...(candidate ? { candidate } : {}),
});

export const click = (candidate: Candidate, purpose: Purpose, why: string, confidence = 0.8): Act =>
  act({ kind: 'click', target: candidate.id }, purpose, why, candidate, confidence);

/** The last turn, when it was for one of these. */
export function lastFor(scene: Scene, ...purposes: Purpose[]): Turn | undefined {
  const purpose = scene.purposes.at(-1);
  return purpose !== undefined && purposes.includes(purpose) ? scene.turns.at(-1) : undefined;
}

/** Has this control been used for this goal while the page looked the same? */
export const usedHere = (scene: Scene, candidate: Candidate): boolean =>
  scene.turns.some(
    (turn) =>
      turn.target !== undefined &&
      turn.digest === scene.observation.digest &&
      turn.target.role === candidate.role &&
      turn.target.name === candidate.name &&
      turn.target.row === candidate.context.row &&
      turn.action.kind === 'click',
  );

/** Has it been used for this goal at all, on this page? */
export const usedOn = (scene: Scene, candidate: Candidate): boolean =>
  scene.turns.some(
    (turn) =>
      turn.target !== undefined &&
      (pageOf(turn.path) === pageOf(scene.observation.path) ||
        (/^(?:banner|navigation)/.test(turn.target.landmark ?? '') && candidate.href === undefined)) &&
      turn.target.role === candidate.role &&
      turn.target.name === candidate.name &&
      turn.target.row === candidate.context.row &&
      turn.target.heading === candidate.context.heading &&
      turn.action.kind === 'click',
  );

const pageOf = (path: string): string => path.replace(/#(?!\/).*$/, '');

export function decisionOf(move: Exclude<Move, { is: 'reached' }>): Decision {
  // biome-ignore lint/nursery/useExhaustiveSwitchCases: the type leaves "reached" out
  switch (move.is) {
    case 'act':
      return {
        kind: 'act',
        action: move.action,
        why: move.why,
        confidence: move.confidence,
        ...(move.candidate ? { target: targetOf(move.candidate) } : {}),
        ...(move.runnerUp ? { runnerUp: describe(move.runnerUp) } : {}),
        ...(move.purpose === 'look' ? { tentative: true } : {}),
      };
    case 'torn':
      return { kind: 'give-up', why: move.why, between: move.between.map((candidate) => describe(candidate)) };
    case 'stuck':
    case 'refused':
      return { kind: 'give-up', why: move.why };
  }
}
