import type { StepTask } from '../../core/decision.ts';
import { clausesOf } from './clause.ts';
import { tokenise } from './tokenise.ts';

/** "the workspace": what the person's sentences before this one called by that noun, the last of them. */
export function namedBefore({ actor, before }: Pick<StepTask, 'actor' | 'before'>, noun: readonly string[]): string | undefined {
  if (noun.length === 0) return undefined;
  const own = before.filter((sentence) => sentence.startsWith(`${actor}: `)).map((sentence) => sentence.slice(actor.length + 2));
  const values = own.flatMap((sentence) =>
    clausesOf(tokenise({ template: sentence, values: [] })).flatMap((clause) =>
      clause.values.map((value) => ({ value, nouns: [...value.hints, ...(value.prep === '' ? clause.object : [])] })),
    ),
  );
  return values.findLast(({ value, nouns }) => value.certain && value.kind === 'text' && noun.every((word) => nouns.includes(word)))?.value
    .text;
}
