import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { verbsOf } from '../lexicon.ts';
import { likeness } from '../meaning.ts';
import { content, stem } from '../words.ts';
import { relation } from './entity.ts';
import type { Goal } from './goal.ts';
import { isClickable, reachable } from './layout.ts';
import { click, type Move, type Scene } from './move.ts';
import { saysVerb } from './submit.ts';

/** "Unlike", "stop following", "remove from my saved recipes": what a control that is on has done is taken back with it; what it "should be" it is turned to. */
export function toggle(scene: Scene): Move | undefined {
  const { goal } = scene;
  const undone = undoneBy(goal);
  if (undone !== undefined) {
    const on = ofThing(scene).filter((candidate) => isOn(candidate) && says(candidate, undone));
    return on.length === 1 ? click(on[0]!, 'use', `${describe(on[0]!)} is on, and takes it back`, 0.8) : undefined;
  }
  const state = goal.parts.find((part) => part.role === 'typed' && part.value.prep === 'to' && part.value.kind === 'text');
  if (!state) return undefined;
  const turned = ofThing(scene).filter(
    (candidate) => candidate.pressed !== undefined && likeness(content(state.value.text), content(candidate.name)).focused >= 0.9,
  );
  const [only] = turned;
  if (turned.length !== 1 || !only) return undefined;
  return only.pressed
    ? { is: 'reached', why: `${describe(only)} is on already` }
    : click(only, 'use', `${describe(only)} says what it shall be`, 0.8);
}

/** "Like" it, where it is liked already: pressing it would take that back. */
export function isSoAlready({ goal, purposes }: Scene, candidate: Candidate): boolean {
  return (
    candidate.pressed === true &&
    goal.kind === 'do' &&
    !purposes.includes('use') &&
    !/^(?:toggl|switch)$/.test(goal.clause.verb) &&
    undoneBy(goal) === undefined &&
    !['delete', 'disable', 'undo'].some((meaning) => goal.clause.meanings.has(meaning)) &&
    saysVerb(goal, candidate.name) >= 0.85
  );
}

/** Controls of the thing that the sentence is about. */
function ofThing({ goal, observation, past }: Scene): Candidate[] {
  const things = goal.parts.filter((part) => part.role === 'entity').map((part) => part.value.text);
  return things.length === 0
    ? []
    : reachable(observation).filter(
        (candidate) => isClickable(candidate) && things.some((text) => relation(observation, candidate, text, past) > 0),
      );
}

/** Pressed, or called what it has been made: "Following", "Saved". */
const isOn = (candidate: Candidate): boolean => candidate.pressed ?? /^\p{L}+(?:ing|ed)$/iu.test(candidate.name.trim());

const says = (candidate: Candidate, deed: string): boolean =>
  content(candidate.name).some(
    (word) => word === deed || (verbsOf(deed).size > 0 && [...verbsOf(word)].some((meaning) => verbsOf(deed).has(meaning))),
  );

/** The stem of what is to be taken back. */
function undoneBy({ clause }: Goal): string | undefined {
  const un = /^un(\p{L}{3,})$/u.exec(clause.verb)?.[1];
  if (un !== undefined && verbsOf(stem(un)).size > 0) return stem(un);
  const [head] = clause.phrases[0]?.prep === '' ? clause.phrases[0].words : [];
  if (clause.verb === 'stop' && head !== undefined && /\bstop \p{L}+ing\b/iu.test(clause.text)) return head;
  if (!clause.meanings.has('delete')) return undefined;
  return clause.phrases
    .filter((phrase) => phrase.prep === 'from')
    .flatMap((phrase) => phrase.words)
    .find((word) => /^(?:sav|lik|star|favourit|favorit|bookmark|follow|pin|subscrib)/.test(word));
}
