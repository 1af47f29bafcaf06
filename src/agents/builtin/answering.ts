import { escapeRegExp } from '../../core/escape-regexp.ts';
import type { Observation } from '../../core/observation.ts';
import { content, plain } from '../words.ts';
import { choicesIn } from './choice.ts';
import type { Goal, Part } from './goal.ts';
import { reachable } from './layout.ts';
import { withoutQuotations } from './quotes.ts';

/** "Switch to the dark theme": the page asks for a theme, and dark is one of its answers. Nothing in the sentence alone tells that it is a value. */
export function answeredAsShown(goal: Goal, observation: Observation): Goal {
  if (goal.kind !== 'do' || goal.parts.some((part) => part.role === 'typed')) return goal;
  const said = plain(withoutQuotations(goal.clause.text));
  const found = choicesIn(reachable(observation))
    .filter(({ kind }) => kind === 'select' || kind === 'radio')
    .flatMap((choice) => {
      const label = plain(choice.label);
      if (label === '' || label.split(' ').length > 3) return [];
      return choice.options
        .filter((option) => option.length > 2 && isSaid(said, plain(option), label))
        .map(
          (text): Part => ({
            value: { text, ref: { from: 'page', text }, kind: 'text', certain: false, hints: content(choice.label), prep: 'to', at: 70 },
            role: 'typed',
            needed: true,
          }),
        );
    });
  return found.length === 1 ? { ...goal, parts: [...goal.parts, found[0]!] } : goal;
}

/** Side by side: "dark theme", "theme dark", "theme to dark". */
const isSaid = (said: string, option: string, label: string): boolean =>
  [`${option} ${label}`, `${label} ${option}`, `${label} to ${option}`, `${label} to the ${option}`].some((pair) =>
    new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(pair)}(?![\\p{L}\\p{N}])`, 'u').test(said),
  );
