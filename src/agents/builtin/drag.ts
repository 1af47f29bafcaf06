import type { Candidate, Observation } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { plain } from '../words.ts';
import { explore } from './explore.ts';
import type { Goal, Part } from './goal.ts';
import { act, type Move, type Scene } from './move.ts';
import { inReadingOrder } from './rank.ts';
import { tell } from './value.ts';
import { changed } from './what-changed.ts';

/** Where a sentence wants something to lie afterwards. */
type Place =
  | { is: 'on'; what: Part }
  | { is: 'before' | 'after'; what: Part }
  /** Counted from 0; -1 is the last. */
  | { is: 'at'; index: number }
  | { is: 'by'; places: number };

const NUMBERS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
/** A list that takes things in before or after what they are dropped on comes out one off; who looks corrects that. */
const MOST_DROPS = 3;

/** "Drag X above Y", "… to the top", "… onto the folder Z": takes hold of it, drops it, and looks where it lies. */
export function pursueDrag(scene: Scene): Move {
  const [what] = scene.goal.parts;
  const place = what && placeOf(scene.goal, what);
  if (!what || !place) return { is: 'stuck', why: `the sentence does not say ${what ? 'where to' : 'what'}: ${scene.goal.clause.text}` };
  const held = calledSo(scene.observation, what, ({ draggable }) => draggable === true);
  if (held.length > 1) return torn(what, held);
  return held[0] ? drop(scene, held[0], place) : explore(scene);
}

/** Something that can be taken hold of is put where the sentence says by no other way than that. */
export function dragInstead(scene: Scene): Move | undefined {
  const { goal, observation } = scene;
  const [what] = goal.parts;
  if (!what || !goal.clause.meanings.has('move')) return undefined;
  const place = placeOf(goal, what);
  const [held, other] = calledSo(observation, what, ({ draggable }) => draggable === true);
  if (!held || other || !place) return undefined;
  if (place.is === 'on' && !calledSo(observation, place.what, isGround).some((ground) => ground !== held)) return undefined;
  return drop(scene, held, place);
}

function drop(scene: Scene, held: Candidate, place: Place): Move {
  const dragged = scene.turns.filter((turn) => turn.action.kind === 'drag' && turn.outcome.ok);
  const last = dragged.at(-1);
  if (last && !changed(scene, last)) return { is: 'stuck', why: `${describe(held)} was dragged, and it lies where it lay` };
  if (place.is === 'on') return dropOn(scene, held, place.what, last !== undefined);
  const list = inReadingOrder(scene.observation.candidates.filter((candidate) => isBeside(candidate, held)));
  if (list.length < 2) return { is: 'stuck', why: `${describe(held)} stands in no list of things that can be dragged` };
  // How far it was carried is known of the first time only.
  if (place.is === 'by' && last) return { is: 'reached', why: `${describe(held)} was dragged` };
  const now = list.indexOf(held);
  const wanted = indexOf(place, list, now, scene);
  if (typeof wanted !== 'number') return wanted;
  if (wanted === now) return { is: 'reached', why: `${describe(held)} is at place ${now + 1} of ${list.length}` };
  if (dragged.length >= MOST_DROPS) return { is: 'stuck', why: `${describe(held)} does not come to lie at place ${wanted + 1}` };
  const onward = dragged.length === 0 ? 0 : wanted > now ? 1 : -1;
  const ground = list[wanted + onward] ?? list[wanted]!;
  return takeTo(held, ground, `place ${wanted + 1} of ${list.length}`);
}

function dropOn(scene: Scene, held: Candidate, what: Part, isDone: boolean): Move {
  if (isDone) return { is: 'reached', why: `${describe(held)} was dropped on ${tell(what.value)}` };
  const grounds = calledSo(scene.observation, what, isGround).filter((ground) => ground !== held);
  const zones = grounds.filter(({ dropzone }) => dropzone);
  const [ground, other] = zones.length > 0 ? zones : grounds;
  if (!ground) return explore(scene);
  return other ? torn(what, zones.length > 0 ? zones : grounds) : takeTo(held, ground, tell(what.value));
}

const takeTo = (held: Candidate, ground: Candidate, where: string): Move =>
  act({ kind: 'drag', target: held.id, to: ground.id }, 'press', `${describe(held)} is dragged to ${where}`, held, 0.8);

/** Where it should lie in the list, or why nobody can tell. */
function indexOf(place: Exclude<Place, { is: 'on' }>, list: readonly Candidate[], now: number, scene: Scene): number | Move {
  if (place.is === 'at') return place.index < 0 ? list.length - 1 : place.index < list.length ? place.index : tooFar(place.index, list);
  if (place.is === 'by') return now + place.places in list ? now + place.places : tooFar(now + place.places, list);
  const others = calledSo(scene.observation, place.what, (candidate) => list.includes(candidate) && candidate !== list[now]);
  if (others.length !== 1)
    return others.length > 1 ? torn(place.what, others) : { is: 'stuck', why: `${tell(place.what.value)} stands in no list beside it` };
  const at = list.indexOf(others[0]!);
  return place.is === 'before' ? (now < at ? at - 1 : at) : now < at ? at : at + 1;
}

const tooFar = (index: number, list: readonly Candidate[]): Move => ({
  is: 'stuck',
  why: `the list has ${list.length} places, and none is number ${index + 1}`,
});

const torn = ({ value }: Part, between: Candidate[]): Move => ({
  is: 'torn',
  why: `${tell(value)} could be ${between.slice(0, 2).map(describe).join(' or ')}`,
  between: between.slice(0, 4),
});

/** Things of the same kind in the same part of the page. */
const isBeside = (one: Candidate, held: Candidate): boolean =>
  one.draggable === true &&
  one.role === held.role &&
  one.print.tag === held.print.tag &&
  (['landmark', 'dialog', 'heading', 'group', 'frame'] as const).every((key) => one.context[key] === held.context[key]);

const isGround = (candidate: Candidate): boolean => candidate.dropzone === true || !candidate.disabled;

/** Candidates that a part of the sentence names: by their name, where none has it by the row or title they stand in. */
function calledSo({ candidates }: Observation, { value }: Part, fits: (candidate: Candidate) => boolean): Candidate[] {
  const text = plain(value.text);
  const is = (name: string | undefined): boolean => name !== undefined && plain(name) === text;
  const usable = candidates.filter(fits);
  const named = usable.filter(({ name }) => is(name));
  if (named.length > 0) return named;
  return usable.filter(({ name, context, dropzone }) => (name === '' && is(context.row)) || (dropzone && is(context.heading)));
}

/** Reads where to from the words behind what is dragged. */
function placeOf({ clause, parts }: Goal, what: Part): Place | undefined {
  const behind = clause.text.slice(Math.max(0, clause.text.indexOf(what.value.text)) + what.value.text.length);
  const onto = parts.find((part) => part !== what && part.value.prep !== 'from');
  if (onto) {
    if (/\b(?:above|before|ahead of|in front of)\b/i.test(behind)) return { is: 'before', what: onto };
    if (/\b(?:below|under|beneath|underneath|after|behind)\b/i.test(behind)) return { is: 'after', what: onto };
    return /\b(?:to|onto|on|into|in|over)\b/i.test(behind) ? { is: 'on', what: onto } : undefined;
  }
  const nth = /\b(\d+)(?:st|nd|rd|th)\b|\b(?:place|position|slot|spot|number) (\d+)\b/i.exec(behind);
  if (nth) return { is: 'at', index: Number(nth[1] ?? nth[2]) - 1 };
  const word = NUMBERS.findIndex((number) => new RegExp(`\\b${number}\\b`, 'i').test(behind));
  if (word >= 0) return { is: 'at', index: word };
  if (/\b(?:top|start|beginning|front|head)\b/i.test(behind)) return { is: 'at', index: 0 };
  if (/\b(?:bottom|end|last|back|tail)\b/i.test(behind)) return { is: 'at', index: -1 };
  const way = /\b(up|down)\b(?: by)?(?: (\d+|one|two|three))?/i.exec(behind);
  if (!way) return undefined;
  const steps = way[2] === undefined ? 1 : Number(way[2]) || ['one', 'two', 'three'].indexOf(way[2].toLowerCase()) + 1;
  return { is: 'by', places: way[1]!.toLowerCase() === 'up' ? -steps : steps };
}
