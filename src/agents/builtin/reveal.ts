import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { verbsOf, wordLikeness } from '../lexicon.ts';
import { content } from '../words.ts';
import { rowsNaming, rowsNamingAll, titledBy } from './entity.ts';
import { reachable } from './layout.ts';
import { act, type Move, type Scene } from './move.ts';

/** Some pages show what can be done only while something is pointed at: the row of what the sentence names, or a menu of its kind, once on each page. */
export function reveal(scene: Scene): Move | undefined {
  const { goal, observation, turns } = scene;
  if (
    (goal.kind !== 'do' && goal.kind !== 'open') ||
    observation.dialog !== undefined ||
    observation.veiled === undefined ||
    turns.some((turn) => turn.action.kind === 'hover' && turn.path === observation.path)
  )
    return undefined;
  const target = (goal.kind === 'do' ? (inRow(scene) ?? menu(scene)) : undefined) ?? submenu(scene);
  return (
    target && act({ kind: 'hover', target: target.id }, 'look', `${describe(target)} is pointed at to see what it offers`, target, 0.6)
  );
}

function inRow({ goal, observation }: Scene): Candidate | undefined {
  const texts = goal.parts.filter((part) => part.role === 'entity').map(({ value }) => value.text);
  // "Greta's comment on the menu": each of the two stands in several rows, and both in one.
  for (const rows of [rowsNamingAll(observation, texts), ...texts.map((text) => rowsNaming(observation, text))]) {
    const [row, another] = rows;
    if (row === undefined || another !== undefined || !observation.veiled!.includes(row)) continue;
    const own = reachable(observation).filter(
      (candidate) =>
        candidate.context.row === row &&
        candidate.inView &&
        candidate.coveredBy === undefined &&
        !/^(?:navigation|banner)/.test(candidate.context.landmark ?? ''),
    );
    const named = own.find((candidate) => texts.some((text) => titledBy(candidate.name, text))) ?? own[0];
    if (named) return named;
  }
  return undefined;
}

/** "New" over "Post, Page, User": the menu that does what is asked for to its kind of thing. */
function menu({ goal, observation }: Scene): Candidate | undefined {
  const kinds = goal.clause.object.filter((word) => verbsOf(word).size === 0);
  if (!goal.clause.meanings.has('create') || kinds.length === 0) return undefined;
  const says = ({ context: { row } }: Candidate): boolean => {
    const words = content(row!);
    return (
      kinds.every((kind) => words.some((word) => wordLikeness(kind, word) >= 0.8)) && words.some((word) => verbsOf(word).has('create'))
    );
  };
  return reachable(observation).find(
    (candidate) =>
      candidate.popup !== undefined &&
      candidate.inView &&
      candidate.coveredBy === undefined &&
      candidate.context.row !== undefined &&
      observation.veiled!.includes(candidate.context.row) &&
      says(candidate),
  );
}

/** An item of the navigation with more below it that is called what the sentence wishes. */
function submenu({ goal, observation }: Scene): Candidate | undefined {
  const wishes = goal.wish.filter((word) => word !== goal.clause.verb);
  const isBelow = ({ context, name }: Candidate): boolean => {
    const below = content(context.row!.replace(name, ''));
    return wishes.some((wish) => below.some((word) => wordLikeness(wish, word) >= 0.8));
  };
  return reachable(observation).find(
    (candidate) =>
      /^(?:navigation|banner)/.test(candidate.context.landmark ?? '') &&
      candidate.role === 'link' &&
      candidate.inView &&
      candidate.coveredBy === undefined &&
      candidate.context.row !== undefined &&
      observation.veiled!.includes(candidate.context.row) &&
      isBelow(candidate),
  );
}
