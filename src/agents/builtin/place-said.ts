import { describe } from '../identity.ts';
import { likeness } from '../meaning.ts';
import { content } from '../words.ts';
import { reachable } from './layout.ts';
import { putsInto } from './makes.ts';
import { click, type Move, type Scene } from './move.ts';

/** What goes somewhere is not done there: "put it in the basket". */
const GOES = /^(?:put|add|move|save|store|keep|upload|place|insert|drop|copy)$/;

/** "In the settings, change the name", "change it in the settings": there first, before anything is used that stands elsewhere. */
export function placeSaid({ goal, observation, turns, followed }: Scene): Move | undefined {
  if (turns.length > 0 || observation.dialog !== undefined) return undefined;
  const isHead = /^\W*(?:in|on|under|at) (?:the|my|our|your) /i.test(goal.clause.text);
  if (!isHead && (putsInto(goal.clause) || GOES.test(goal.clause.verb))) return undefined;
  const said = goal.clause.phrases.filter(
    (phrase) =>
      /^(?:in|on|under|at)$/.test(phrase.prep) &&
      phrase.values.length === 0 &&
      phrase.words.length > 0 &&
      phrase.words.length <= 2 &&
      phrase.definite,
  );
  const titles = [
    observation.title,
    ...observation.passages.filter(({ role, context }) => role === 'heading' && context.row === undefined).map(({ text }) => text),
  ];
  for (const { words } of said) {
    const is = (name: string): boolean =>
      likeness(words, content(name)).covered >= 0.99 && content(name).length <= words.length + (isHead ? 1 : 0);
    if (titles.some(is)) continue;
    const [link, more] = reachable(observation).filter(
      (candidate) =>
        (candidate.role === 'link' || candidate.role === 'tab') &&
        candidate.context.row === undefined &&
        (isHead || /^(?:navigation|banner)/.test(candidate.context.landmark ?? '')) &&
        is(candidate.name) &&
        !(candidate.href !== undefined && followed.has(candidate.href)),
    );
    if (link && (!more || more.href === link.href)) return click(link, 'look', `${describe(link)} is where the sentence says`, 0.7);
  }
  return undefined;
}
