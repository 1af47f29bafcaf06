import { escapeRegExp } from '../../core/escape-regexp.ts';
import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { verbsOf, wordLikeness } from '../lexicon.ts';
import { content, plain } from '../words.ts';
import { affordances } from './affordances.ts';
import { uncover } from './blocker.ts';
import { inFocus, rowsNaming, titledBy } from './entity.ts';
import { explore } from './explore.ts';
import type { Goal } from './goal.ts';
import { isClickable, reachable } from './layout.ts';
import { isYetToBeMade } from './missing.ts';
import { act, click, lastFor, type Move, type Scene, usedOn } from './move.ts';
import { placeSaid } from './place-said.ts';
import { decisive, inReadingOrder, pressTargets, type Ranked } from './rank.ts';
import { namedBefore } from './reference.ts';
import { isUnderWay } from './wait.ts';

/** Words that only say that something is a place. */
const PLACES = new Set(['pag', 'page', 'form', 'view', 'screen', 'sect', 'tab', 'list', 'menu', 'area', 'it', 'link', 'dialog', 'detail']);

/** "/admin/", "/report.php?year=2027": as it is written, for "/admin" may be another place, and what its links lead to with it. */
const PATH = /^\/[\w~%-]+(?:[./][\w~%-]+)*\/?(?:\?[\w=&%.:~/-]*[\w=])?$/;
const AS_PATH = new RegExp(`(?:^|\\s)(${PATH.source.slice(1, -1)})(?![\\w/])`);
const bareOf = (path: string): string => path.replace(/\/$/, '');

/** Gets to a page, a section, a form or a thing that the sentence names. */
export function pursueOpen(scene: Scene): Move {
  const { goal, observation } = scene;
  const pressed = lastFor(scene, 'press');
  if (pressed?.outcome.ok) return { is: 'reached', why: `“${pressed.target?.name ?? pressed.path}” is open` };
  const path = goal.clause.values.find((value) => PATH.test(value.text))?.text ?? AS_PATH.exec(goal.clause.text)?.[1];
  if (path !== undefined)
    return bareOf(observation.path) === bareOf(path)
      ? { is: 'reached', why: `${path} is open` }
      : act({ kind: 'goto', path }, 'press', `the sentence names the path ${path}`);
  if (goal.clause.verb === 'expand') return expand(scene);
  const thing = goal.clause.values.find((value) => value.certain);
  const deeds = deedsOf(goal);
  if (thing && deeds.length > 0)
    return inFocus(observation, thing.text, scene.past) || rowsNaming(observation, thing.text).length > 0
      ? useWords(scene, deeds)
      : explore(scene);
  if (thing) return placeSaid(scene) ?? toThing(scene, thing.text);
  if (/^(?:edit|begin)$/.test(goal.clause.verb)) return useWords(scene, deeds);
  return toPlace(scene);
}

/** What is to be done there: "the edit page of the project" → ["edit"]. Nouns that only say what the thing is are left out. */
function deedsOf(goal: Goal): string[] {
  const kinds = new Set(goal.clause.values.flatMap((value) => value.hints));
  const words = goal.clause.object.filter((word) => !PLACES.has(word) && !kinds.has(word));
  return goal.clause.verb === 'edit' ? ['edit', ...words] : words;
}

function useWords(scene: Scene, deeds: readonly string[]): Move {
  const verb = deeds[0] ?? scene.goal.clause.verb;
  const goal: Goal = {
    ...scene.goal,
    deeds: [verb],
    clause: {
      ...scene.goal.clause,
      verb,
      meanings: verbsOf(verb),
      object: [...deeds.slice(1), ...scene.goal.clause.values.flatMap((value) => value.hints)],
    },
  };
  const named = goal.clause.values.length === 0 ? pressTargets(goal, scene.observation).ranked.filter(({ score }) => score >= 0.6) : [];
  return taken(scene, [...affordances(goal, scene.observation, scene.past), ...named]) ?? explore(scene);
}

/** "tools:drill", on the page whose address says so, whatever its title is. */
const isAtCode = (path: string, text: string): boolean =>
  /^[\p{L}\d_-]+(?::[\p{L}\d_-]+)+$/u.test(text) &&
  new RegExp(`[=/]${escapeRegExp(text)}$`, 'i').test(decodeURIComponent(path.replace(/%(?![\da-f]{2})/gi, '%25')));

function toThing(scene: Scene, text: string): Move {
  const { observation, goal } = scene;
  const came =
    scene.turns.length === 0 ||
    scene.turns.some(
      (turn) => turn.outcome.ok && turn.outcome.navigated && turn.action.kind === 'click' && titledBy(turn.target?.name ?? '', text),
    );
  if (came && titles(scene).some((title) => titledBy(title, text))) return { is: 'reached', why: `the page is about “${text}”` };
  if (scene.turns.length > 0 && isAtCode(observation.path, text)) return { is: 'reached', why: `${text} is open` };
  const { ranked } = pressTargets(goal, observation);
  const rows = rowsNaming(observation, text);
  const opens = reachable(observation).filter(
    (candidate) =>
      candidate.context.row !== undefined &&
      rows.includes(candidate.context.row) &&
      isClickable(candidate) &&
      /^(?:open|view|show|details?|go to|enter|manage)\b/i.test(candidate.name),
  );
  // A whole row or card that is pressed has all its text for a name, and begins with what it is.
  const cards =
    opens.length > 0
      ? []
      : reachable(observation)
          .filter(
            (candidate) =>
              CARDS.has(candidate.role) &&
              candidate.context.row !== undefined &&
              rows.includes(candidate.context.row) &&
              (candidate.role === 'row' || plain(candidate.name).startsWith(`${plain(text)} `)),
          )
          .filter(({ context }, index, all) => all.findIndex((other) => other.context.row === context.row) === index);
  return taken(scene, [...ranked, ...[...opens, ...cards].map((candidate) => ({ candidate, score: 0.6 }))]) ?? explore(scene);
}

const CARDS = new Set(['generic', 'row', 'listitem', 'article', 'option']);

function toPlace(scene: Scene): Move {
  const { goal, observation } = scene;
  const name =
    goal.clause.phrases
      .map((phrase) =>
        phrase.raw
          .replace(/\b(?:page|tab|section|screen|view|area|form)\b/gi, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      )
      .find((text) => text !== '') ?? '';
  if (scene.turns.length === 0 && name !== '' && isOpen(scene, name)) return { is: 'reached', why: `this is “${name}” already` };
  if (scene.turns.length > 0 && name !== '' && isOpen(scene, name) && scene.turns.some((turn) => turn.outcome.ok && turn.outcome.navigated))
    return { is: 'reached', why: `this is “${name}”` };
  const back = /^(?:return|back|com|come)$/.test(goal.clause.verb) ? wayBack(scene) : undefined;
  return (
    back ??
    taken(scene, placesIn(goal, pressTargets(goal, observation).ranked)) ??
    taken(scene, placesIn(goal, affordances(goal, observation, scene.past))) ??
    alreadyThere(scene) ??
    explore(scene)
  );
}

/** A button "Add to basket" is not the basket, nor is "Go" the checkout that one shall go to: a place is named by what it is. */
function placesIn({ clause }: Goal, ranked: readonly Ranked[]): Ranked[] {
  const place = clause.phrases.flatMap((phrase) => phrase.words);
  return ranked.filter(({ candidate }) => {
    const words = content(candidate.name);
    const [first] = words;
    const does =
      candidate.href === undefined &&
      candidate.role === 'button' &&
      first !== undefined &&
      !place.includes(first) &&
      [...verbsOf(first)].some((meaning) => DOES.has(meaning));
    return !does && (place.length === 0 || place.some((wish) => words.some((word) => wordLikeness(wish, word) > 0)));
  });
}

const DOES = new Set(['create', 'delete', 'send', 'post', 'pay', 'book', 'move', 'accept', 'decline', 'star', 'copy', 'upload']);

/** "Open the workspace", right after a sentence made one and the application went there by itself. */
function alreadyThere(scene: Scene): Move | undefined {
  const { goal, observation, step, turns } = scene;
  const name = turns.length === 0 && !isUnderWay(observation) ? namedBefore(step, goal.clause.object) : undefined;
  const shown =
    name !== undefined &&
    [observation.title, ...observation.passages.filter((passage) => passage.context.row === undefined).map((passage) => passage.text)].some(
      (text) => titledBy(text, name),
    );
  return shown ? { is: 'reached', why: `the page is about “${name}” already` } : undefined;
}

/** "Return to the application": the way back from another site; there already is there already. */
function wayBack(scene: Scene): Move | undefined {
  if (scene.observation.url.startsWith(scene.base)) return { is: 'reached', why: 'this is the application already' };
  const back = reachable(scene.observation).filter((candidate) => /^(?:return|back|continue|go back|go) to\b/i.test(candidate.name));
  return back.length === 1 ? click(back[0]!, 'press', `${describe(back[0]!)} leads back`) : undefined;
}

function taken(scene: Scene, ranked: readonly Ranked[]): Move | undefined {
  const choice = decisive(ranked.filter(({ candidate }) => candidate.popup !== 'listbox' && !isYetToBeMade(scene.goal, candidate)));
  if (!choice) return undefined;
  if ('between' in choice) return torn(scene, choice.between);
  const { candidate, score } = choice;
  if (candidate.coveredBy !== undefined) return uncover(scene, candidate);
  if (candidate.selected || candidate.expanded)
    return usedOn(scene, candidate) ? undefined : { is: 'reached', why: `${describe(candidate)} is open already` };
  return click(candidate, 'press', `${describe(candidate)} is what “${scene.goal.clause.text}” names`, score);
}

const torn = (scene: Scene, between: Candidate[]): Move => ({
  is: 'torn',
  why: `to ${scene.goal.clause.text} there are ${between
    .slice(0, 3)
    .map((candidate) => describe(candidate))
    .join(' and ')}`,
  between,
});

const titles = ({ observation }: Scene): string[] =>
  observation.passages.filter((passage) => passage.role === 'heading' && passage.context.row === undefined).map((passage) => passage.text);

function isOpen(scene: Scene, name: string): boolean {
  if (titles(scene).some((title) => plain(title) === plain(name))) return true;
  const last = scene.observation.path.split('/').filter(Boolean).at(-1) ?? '';
  return content(last.replace(/-/g, ' ')).join(' ') === content(name).join(' ');
}

/** "Expand the section": whatever is folded, one after the other, until nothing is. */
function expand(scene: Scene): Move {
  const [first] = inReadingOrder(reachable(scene.observation).filter((candidate) => candidate.expanded === false));
  if (!first) return { is: 'reached', why: 'nothing is folded' };
  const already = scene.turns.some((turn) => turn.target?.name === first.name && turn.outcome.ok);
  if (already || (scene.next?.clause.values.length ?? 0) > 0) return { is: 'reached', why: 'what is folded is opened as it is needed' };
  return click(first, 'press', `${describe(first)} is folded`);
}
