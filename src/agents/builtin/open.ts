import { describe } from '../identity.ts';
import { content, plain } from '../words.ts';
import { uncover } from './blocker.ts';
import { titledBy } from './entity.ts';
import { explore } from './explore.ts';
import { affordances, decisive, inReadingOrder, pressTargets } from './rank.ts';
import { reachable } from './layout.ts';
import { act, click, lastFor, type Move, type Scene } from './move.ts';

/** Gets to a page, a section or a thing that the sentence names. */
export function pursueOpen(scene: Scene): Move {
  const { goal, observation } = scene;
  const pressed = lastFor(scene, 'press');
  if (pressed?.outcome.ok) return { is: 'reached', why: `“${pressed.target?.name ?? pressed.path}” is open` };
  const path = goal.clause.values.find((value) => value.kind === 'url' || /^\/[\w/-]+$/.test(value.text))?.text ?? /(?:^|\s)(\/[\w-]+(?:\/[\w-]+)*)/.exec(goal.clause.text)?.[1];
  if (path !== undefined && path.startsWith('/')) return observation.path === path ? { is: 'reached', why: `${path} is open` } : act({ kind: 'goto', path }, 'press', `the sentence names the path ${path}`);
  if (goal.clause.meanings.has('expand') && goal.clause.verb === 'expand') return expand(scene);
  const names = [...goal.clause.values.filter((value) => value.certain).map((value) => value.text), ...goal.clause.phrases.map((phrase) => phrase.raw)].map((name) => name.replace(/\b(?:the|page|tab|section|screen|view|menu|project|area)\b/gi, ' ').replace(/\s+/g, ' ').trim()).filter((name) => name !== '');
  if (scene.turns.length === 0 && names.length > 0 && isOpen(scene, names[0]!)) return { is: 'reached', why: `the page is about “${names[0]}” already` };
  const { ranked, wanted } = pressTargets(goal, observation);
  const choice = decisive(ranked) ?? decisive(affordances(goal, observation, scene.turns));
  if (choice && 'between' in choice) return { is: 'torn', why: `“${wanted}” could be ${choice.between.slice(0, 3).map((candidate) => describe(candidate)).join(' or ')}`, between: choice.between };
  if (choice) {
    if (choice.candidate.coveredBy !== undefined) return uncover(scene, choice.candidate);
    if (choice.candidate.selected || choice.candidate.expanded) return { is: 'reached', why: `${describe(choice.candidate)} is open already` };
    return click(choice.candidate, 'press', `${describe(choice.candidate)} is what “${wanted}” names`, choice.score);
  }
  return explore(scene);
}

function isOpen({ observation, goal }: Scene, name: string): boolean {
  const titles = observation.passages.filter((passage) => passage.role === 'heading' && passage.context.row === undefined).map((passage) => passage.text);
  if (titles.some((title) => plain(title) === plain(name))) return true;
  if (goal.clause.values.some((value) => value.certain)) return titles.some((title) => titledBy(title, name));
  const last = observation.path.split('/').filter(Boolean).at(-1) ?? '';
  return content(last.replace(/-/g, ' ')).join(' ') === content(name).join(' ');
}

/** "Expand the section": whatever is folded, one after the other, until nothing is. */
function expand(scene: Scene): Move {
  const folded = inReadingOrder(reachable(scene.observation).filter((candidate) => candidate.expanded === false));
  const [first] = folded;
  if (!first) return { is: 'reached', why: 'nothing is folded' };
  const already = scene.turns.some((turn) => turn.target?.name === first.name && turn.outcome.ok);
  if (already || (scene.next?.clause.values.length ?? 0) > 0) return { is: 'reached', why: 'what is folded is opened as it is needed' };
  return click(first, 'press', `${describe(first)} is folded`);
}
