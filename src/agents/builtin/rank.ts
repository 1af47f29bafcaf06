import type { Candidate, Observation } from '../../core/observation.ts';
import { holdsPhrase } from '../identity.ts';
import { likeness, Rarity } from '../meaning.ts';
import { content, plain, tokens } from '../words.ts';
import { rowsNaming } from './entity.ts';
import type { Goal, Part } from './goal.ts';
import { encloses, isClickable, reachable } from './layout.ts';
import { rowsSaid } from './naming.ts';

export interface Ranked {
  candidate: Candidate;
  score: number;
}

/** Words that say what kind of control is meant, not which. */
const CONTROLS: Record<string, readonly string[]> = {
  button: ['button', 'generic', 'link', 'menuitem'],
  link: ['link', 'generic', 'button'],
  tab: ['tab', 'link', 'button', 'generic'],
  checkbox: ['checkbox', 'switch', 'menuitemcheckbox'],
  switch: ['switch', 'checkbox', 'button'],
  radio: ['radio'],
  option: ['option', 'radio', 'menuitem', 'menuitemradio'],
  item: ['menuitem', 'listitem', 'option', 'link', 'generic', 'treeitem'],
  menu: ['menuitem', 'button', 'generic', 'link'],
  textbox: ['textbox', 'searchbox', 'combobox'],
  field: ['textbox', 'searchbox', 'combobox'],
  input: ['textbox', 'searchbox', 'combobox'],
  text: ['textbox', 'searchbox'],
  icon: ['button', 'img', 'generic', 'link', 'image'],
  image: ['img', 'image'],
  dialog: [],
  box: [],
  labeled: [],
  labelled: [],
  label: [],
  titled: [],
  page: [],
  pag: [],
  screen: [],
  view: [],
  sect: ['button', 'tab', 'generic', 'heading'],
  folder: ['treeitem', 'generic', 'listitem', 'link'],
  fil: ['treeitem', 'generic', 'listitem', 'link'],
  row: ['row'],
  result: ['link'],
  element: [],
  control: [],
};

/** The controls a "click …" means, best first, with what was asked for. */
export function pressTargets(goal: Goal, observation: Observation, offset = 0): { ranked: Ranked[]; wanted: string; beyond?: number } {
  const { clause } = goal;
  const nouns = clause.phrases.flatMap((phrase) => phrase.words);
  const roles = nouns.flatMap((word) => CONTROLS[word] ?? []);
  const quoted = clause.values.filter((value) => value.certain).map((value) => value.text);
  const there = placeOf(clause, observation) ?? inRowSaid(goal, observation);
  const direct =
    quoted.length > 1 && there
      ? clause.values.filter((value) => value.certain && !PLACED.test(value.prep)).map((value) => value.text)
      : quoted;
  const named =
    direct.length > 0
      ? direct
      : [nouns.filter((word) => !(word in CONTROLS)).join(' '), ...clause.phrases.map((phrase) => phrase.raw)].filter(
          (text) => text !== '',
        );
  const usable = reachable(observation);
  const inDialog =
    nouns.includes('dialog') && usable.some((candidate) => candidate.context.dialog !== undefined)
      ? usable.filter((candidate) => candidate.context.dialog !== undefined)
      : usable;
  const wanted =
    quoted.length > 0
      ? quoted.join(' ')
      : clause.phrases
          .map((phrase) => phrase.raw)
          .filter(Boolean)
          .join(' ') || clause.text;
  if (clause.ordinal !== undefined && quoted.length === 0) {
    const listed = listOf(goal, inDialog, roles);
    const index = clause.ordinal < 0 ? listed.length - 1 : clause.ordinal - 1 - offset;
    return listed[index] ? { ranked: [{ candidate: listed[index], score: 0.9 }], wanted } : { ranked: [], wanted, beyond: listed.length };
  }
  const rarity = new Rarity(inDialog.map((candidate) => candidate.name));
  const ranked = inDialog
    .filter((candidate) => !there || there(candidate))
    .filter((candidate) => isClickable(candidate) || roles.includes(candidate.role) || nouns.length === 0)
    .map((candidate) => ({
      candidate,
      score: Math.max(0, ...named.map((text) => nameFit(text, candidate, rarity, direct.length > 0))) * roleFit(candidate, roles),
    }))
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score);
  return { ranked, wanted };
}

const PLACED = /^(?:of|for|in|on|under|at|beside|near|within)$/;

/** `Click "Remove" in the row of "Dana"`: where the control stands, when something of that name stands on the page. */
function placeOf(clause: Goal['clause'], observation: Observation): ((candidate: Candidate) => boolean) | undefined {
  const certain = clause.values.filter((value) => value.certain);
  const places = certain.filter((value) => PLACED.test(value.prep));
  if (places.length === 0 || places.length === certain.length) return undefined;
  const stands = ({ context }: Candidate): boolean =>
    places.every(
      ({ text }) =>
        (context.row !== undefined && rowsNaming(observation, text).includes(context.row)) ||
        [context.heading, context.group, context.dialog, context.landmark].some((name) => name !== undefined && holdsPhrase(name, text)),
    );
  return observation.candidates.some(stands) ? stands : undefined;
}

/** "Edit next to Kim Larsen", "Like on the recipe by Jon": the row of what the sentence names beside the control. */
function inRowSaid(goal: Goal, observation: Observation): ((candidate: Candidate) => boolean) | undefined {
  const rows = rowsSaid(goal.clause.text, observation);
  const stands = (candidate: Candidate): boolean => candidate.context.row !== undefined && rows.includes(candidate.context.row);
  const words = goal.clause.phrases.flatMap((phrase) => phrase.words).concat(goal.clause.values.flatMap((value) => content(value.text)));
  return rows.length > 0 &&
    observation.candidates.some(
      (candidate) =>
        stands(candidate) &&
        content(candidate.name).some((word) => words.includes(word)) &&
        !rows.some((row) => plain(row).startsWith(plain(candidate.name))),
    )
    ? stands
    : undefined;
}

/** The controls of one kind in reading order; without a kind, the longest list of alike ones. */
function listOf(goal: Goal, candidates: readonly Candidate[], roles: readonly string[]): Candidate[] {
  if (roles.length > 0) {
    for (const role of new Set(roles)) {
      const alike = candidates.filter(
        (candidate) => candidate.role === role && !/^(?:\d+|[<>«»‹›]|next|prev(?:ious)?|first|last)$/i.test(candidate.name),
      );
      if (alike.length > 0) return inReadingOrder(alike);
    }
  }
  const about = candidates.filter((candidate) => likeness(goal.clause.object, content(candidate.name)).covered > 0.5);
  return inReadingOrder(about);
}

export const inReadingOrder = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.toSorted((a, b) =>
    Math.abs(a.print.box.y - b.print.box.y) > 6 ? a.print.box.y - b.print.box.y : a.print.box.x - b.print.box.x,
  );

/** Words that a name may have more than the one that is quoted, and still be the same: "Save" and "Save changes". */
const FILLERS = new Set('now new change it this please here again page'.split(' '));

/** These add nothing behind a name; before it they say what is done to it: "New project" is no "Projects". */
const DEEDS = new Set(['new', 'change']);

/** Words as they stand, one or many of a thing: "Protected pages" is not where one can "Protect a page". */
const verbatim = (text: string): string[] =>
  tokens(text)
    .filter((word) => !/^(?:the|an?)$/.test(word))
    .map((word) => word.replace(/(?<=[^s])s$/, ''));

/** A quoted name is meant as it stands: every word of it, and hardly more. What says a word twice has it once as its title: "Priority: Any priority". */
export function saysLiterally(quoted: string, name: string): boolean {
  const [wanted, found] = [verbatim(quoted), verbatim(name)];
  const added = [...found];
  for (const word of wanted) {
    const at = added.indexOf(word);
    if (at < 0) return false;
    added.splice(at, 1);
  }
  return (
    wanted.length > 0 &&
    !(DEEDS.has(found[0]!) && added.includes(found[0]!)) &&
    added.every((word) => FILLERS.has(word) || /^\d+$/.test(word))
  );
}

function nameFit(text: string, candidate: Candidate, rarity: Rarity, quoted: boolean): number {
  const wanted = plain(text);
  const name = plain(candidate.name);
  if (name === wanted) return candidate.name === text ? 1 : 0.99;
  if (name.replace(/[\W_]+/g, '') === wanted.replace(/[\W_]+/g, '') && wanted !== '') return 0.95;
  if (quoted && /[\p{L}\d]{2}/u.test(text) && !saysLiterally(text, candidate.name)) return 0;
  const { covered, focused } = likeness(content(text), content(candidate.name), rarity);
  return covered < 0.6 ? 0 : 0.9 * covered * (0.6 + 0.4 * focused);
}

const roleFit = (candidate: Candidate, roles: readonly string[]): number =>
  roles.length === 0
    ? candidate.role === 'button' || candidate.role === 'link'
      ? 1
      : 0.98
    : roles[0] === candidate.role
      ? 1
      : roles.includes(candidate.role)
        ? 0.97
        : 0.8;

/** Two that are as good as one another cannot be told apart; a button wins over a link, what is in the page's main part over the rest. */
/** "Rate 4 out of 5" among its like, where the sentence says 4. */
export function ofNumber(ranked: readonly Ranked[], parts: readonly Part[]): readonly Ranked[] {
  const shape = ({ candidate }: Ranked): string => `${candidate.role} ${candidate.name.replace(/\d+/g, '#')}`;
  const [best] = ranked;
  const alike = best ? ranked.filter((one) => shape(one) === shape(best)) : [];
  const numbers = parts.filter(({ value }) => value.kind === 'number').map(({ value }) => value.text);
  const own = alike.filter(({ candidate }) => numbers.includes(/\d+/.exec(candidate.name)?.[0] ?? ''));
  return alike.length > 1 && own.length === 1 ? [own[0]!, ...ranked.filter((one) => !alike.includes(one))] : ranked;
}

export function decisive(ranked: readonly Ranked[], margin = 0.03): Ranked | { between: Candidate[] } | undefined {
  const [best] = ranked;
  if (!best) return undefined;
  const close = ranked.filter(({ score }) => best.score - score < margin);
  if (close.length === 1) return best;
  for (const prefer of [
    (candidate: Candidate) => candidate.context.dialog !== undefined,
    (candidate: Candidate) => !/^(?:navigation|banner|contentinfo)/.test(candidate.context.landmark ?? ''),
    (candidate: Candidate) => candidate.coveredBy === undefined,
    (candidate: Candidate) => candidate.inView,
    (candidate: Candidate) => candidate.role === 'button' || candidate.role === 'link',
    (candidate: Candidate) => candidate.role === 'button',
  ]) {
    const kept = close.filter(({ candidate }) => prefer(candidate));
    if (kept.length === 1) return kept[0]!;
  }
  const inner = innermost(close.map(({ candidate }) => candidate));
  if (inner) return close.find(({ candidate }) => candidate === inner)!;
  const places = new Set(close.map(({ candidate }) => candidate.href ?? `${candidate.id}`));
  if (places.size === 1) return best;
  return { between: close.map(({ candidate }) => candidate) };
}

/** One inside the other, under the same name: the same thing twice. */
function innermost(close: readonly Candidate[]): Candidate | undefined {
  const [inner, ...outer] = close.toSorted((a, b) => area(a) - area(b));
  return inner &&
    outer.every(
      (other) =>
        (plain(other.name) === plain(inner.name) || (other.role === inner.role && plain(other.name).endsWith(` ${plain(inner.name)}`))) &&
        encloses(other, inner),
    )
    ? inner
    : undefined;
}

const area = ({ print: { box } }: Candidate): number => box.w * box.h;
