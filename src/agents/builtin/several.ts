import { escapeRegExp } from '../../core/escape-regexp.ts';
import type { Observation } from '../../core/observation.ts';
import { plain } from '../words.ts';
import { affordances } from './affordances.ts';
import { type Past, relation, rowsNaming } from './entity.ts';
import type { Goal, Part } from './goal.ts';
import { decisive } from './rank.ts';

/** What may stand between two names of one list: "A", "B" and the task "C". */
const GLUE = /^["”'’»]?\s*(?:,\s*(?:and|&)?|and|&|as well as)\s*(?:the\s+)?(?:\p{L}+\s+)?["“'‘«]?$/iu;

/** The things that one order is about, where it names more than one: each of them is meant, and no other. */
export function listed({ kind, clause, parts }: Goal): Part[] {
  const things =
    kind === 'do'
      ? parts
          .filter(({ role, value }) => role === 'entity' && value.kind === 'text' && /^(?:|of)$/.test(value.prep))
          .toSorted((a, b) => clause.text.indexOf(a.value.text) - clause.text.indexOf(b.value.text))
      : [];
  if (things.length < 2) return [];
  if (clause.values.length === 0 || /^\W*\p{L}+ them\b/iu.test(clause.text))
    return things.every(({ value }) => value.prep === '') && /\bthem\b/i.test(clause.text) ? things : [];
  const together = things.every(({ value }, index) => {
    const before = things[index - 1]?.value.text;
    return (
      before === undefined || GLUE.test(clause.text.slice(clause.text.indexOf(before) + before.length, clause.text.indexOf(value.text)))
    );
  });
  return together ? things : [];
}

/** One order for each thing, where each has a control of its own that does it: "Delete A and B" in a list whose rows can be deleted. */
export function oneByOne(goal: Goal, observation: Observation, past: Past): Goal[] | undefined {
  const things = listed(goal);
  if (things.length < 2) return undefined;
  const each = things.map((thing) => alone(goal, thing, things));
  const own = each.every((one, index) => {
    const choice = decisive(affordances(one, observation, past));
    const text = things[index]!.value.text;
    return (
      choice !== undefined &&
      !('between' in choice) &&
      relation(observation, choice.candidate, text, { turns: [], focused: new Set() }) === 1 &&
      (choice.candidate.context.row === undefined || rowsNaming(observation, text).length === 1)
    );
  });
  return own ? each : undefined;
}

function alone(goal: Goal, thing: Part, things: readonly Part[]): Goal {
  const others = things.filter((other) => other !== thing);
  const isOther = (text: string): boolean => others.some(({ value }) => plain(value.text) === plain(text));
  const text = others.reduce(
    (said, { value }) =>
      said.replace(new RegExp(`\\s*(?:,\\s*(?:and\\s+)?|\\band\\s+)?["“'‘«]?${escapeRegExp(value.text)}["”'’»]?`, 'u'), ' '),
    goal.clause.text,
  );
  const phrases = goal.clause.phrases.map((phrase) => ({ ...phrase, values: phrase.values.filter((value) => !isOther(value.text)) }));
  return {
    ...goal,
    parts: goal.parts.filter((part) => !others.includes(part)),
    clause: {
      ...goal.clause,
      text: text.replace(/\s+/g, ' ').replace(/\s+,/g, ',').trim(),
      phrases,
      values: goal.clause.values.filter((value) => !isOther(value.text)),
    },
  };
}
