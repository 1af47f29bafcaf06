import type { Candidate, Observation } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { plain } from '../words.ts';
import { isTextField } from './field.ts';
import { act, click, type Move, type Scene, usedHere } from './move.ts';
import { isWayOut } from './submit.ts';

const ABOUT =
  /\b(?:cookies?|consent|privacy|gdpr|tracking|newsletter|subscribe to our|survey|feedback|take a tour|what'?s new|tips?|welcome|notifications?)\b/i;
const LEAST =
  /^(?:reject(?: all)?|decline(?: all)?|(?:only|use) (?:necessary|essential|required).*|(?:necessary|essential)(?: cookies)?(?: only)?|refuse(?: all)?|deny|no,? thanks?|not now|maybe later|skip(?: for now| the tour| tour| intro(?:duction)?)?|later)$/i;
/** Refuses nobody anything, and clears what covers the page although it is not marked as a dialog. */
const LATER = /^(?:skip(?: for now| this)?|not now|maybe later|later|remind me later)$/i;
const ANY =
  /^(?:accept(?: all)?(?: cookies)?|allow(?: all)?(?: cookies)?|i (?:agree|accept|understand)|agree|got it!?|ok(?:ay)?|(?:close|dismiss)(?: (?:this )?(?:dialog|window|modal|tour|message|guide|banner))?|hide|continue|understood|x|×|✕)$/i;

/** Gets something out of the way that nobody asked for: a consent banner, a tour, a newsletter. The least that is offered is given. */
function dismissal(observation: Observation): Candidate | undefined {
  const strange = observation.candidates.filter(
    (candidate) =>
      !candidate.disabled &&
      candidate.coveredBy === undefined &&
      (candidate.role === 'button' || candidate.role === 'link' || candidate.role === 'generic'),
  );
  const about = strange.filter((candidate) =>
    ABOUT.test(
      [candidate.context.dialog, candidate.context.landmark, candidate.context.group, candidate.context.heading, candidate.print.near]
        .filter(Boolean)
        .join(' '),
    ),
  );
  return about.find((candidate) => LEAST.test(plain(candidate.name))) ?? about.find((candidate) => ANY.test(plain(candidate.name)));
}

/** What to do when the control that is wanted is covered. */
export function uncover(scene: Scene, wanted: Candidate): Move {
  const list = openList(scene);
  if (list)
    return click(list, 'dismiss', `${describe(wanted)} is covered by a list that offers nothing for it: ${describe(list)} closes it`, 0.7);
  if (/^option\b/.test(wanted.coveredBy ?? '') && scene.turns.at(-1)?.action.kind !== 'press')
    return act({ kind: 'press', key: 'Escape' }, 'dismiss', `an open list covers ${describe(wanted)}`);
  const way = dismissal(scene.observation);
  if (way && !usedHere(scene, way)) return click(way, 'dismiss', `${describe(wanted)} is covered: ${describe(way)} clears the way`);
  const out = scene.observation.candidates.find(
    (candidate) =>
      candidate.coveredBy === undefined &&
      !candidate.disabled &&
      (LATER.test(plain(candidate.name)) ||
        (candidate.context.dialog !== wanted.context.dialog && (isWayOut(candidate.name) || ANY.test(plain(candidate.name))))) &&
      !usedHere(scene, candidate),
  );
  if (out) return click(out, 'dismiss', `${describe(wanted)} is covered: ${describe(out)} clears the way`, 0.6);
  return { is: 'stuck', why: `${describe(wanted)} is covered by ${wanted.coveredBy || 'something that cannot be closed'}` };
}

/** What opened the list that stands open, when that was done just now and in vain. */
function openList({ observation, turns, purposes }: Scene): Candidate | undefined {
  const last = turns.at(-1)?.target;
  if (purposes.at(-1) !== 'list' || last === undefined || !observation.candidates.some((candidate) => candidate.role === 'option'))
    return undefined;
  return observation.candidates.find(
    (candidate) =>
      candidate.role === last.role &&
      candidate.name === last.name &&
      candidate.context.row === last.row &&
      candidate.coveredBy === undefined,
  );
}

/** "Welcome! What is your workspace called?": what greets and asks for something is to be answered. */
const asksSomething = ({ observation: { dialog, candidates } }: Scene): boolean =>
  /\bwelcome\b/i.test(dialog ?? '') &&
  candidates.some(
    (candidate) =>
      candidate.context.dialog === dialog && (isTextField(candidate) || candidate.options !== undefined || candidate.checked !== undefined),
  );

/** A dialog or banner that has nothing to do with the goal and stands before everything else. */
export function interruption(scene: Scene): Move | undefined {
  const { observation } = scene;
  if (observation.dialog === undefined || !ABOUT.test(observation.dialog)) return undefined;
  if (asksSomething(scene)) return undefined;
  const way = dismissal(observation);
  return way && !usedHere(scene, way) ? click(way, 'dismiss', `“${observation.dialog}” is in the way`) : undefined;
}
