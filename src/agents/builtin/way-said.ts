import type { Candidate } from '../../core/observation.ts';
import { content, plain } from '../words.ts';
import type { Goal, Part } from './goal.ts';

/** "… in the reading settings": words for where it is done. */
export const placesSaid = ({ clause }: Goal): Set<string> =>
  new Set(
    clause.phrases
      .filter(({ prep, definite, values }) => /^(?:in|on|under|at)$/.test(prep) && definite && values.length === 0)
      .flatMap(({ words }) => words),
  );

/** "A category under the category News": what is of the kind of the thing that is made is asked for in the same form, and does not lead there. */
export const isAlike = ({ clause }: Goal, { role, value }: Part): boolean =>
  role === 'either' && clause.meanings.has('create') && value.hints.some((hint) => hint === clause.object.at(-1));

/** What a menu lists that opens when it is pressed or pointed at: its head stands before its entries. */
export const entriesOf = ({ name, popup, expanded, context: { row } }: Candidate): string[] =>
  popup !== undefined && expanded !== true && row !== undefined && plain(row).startsWith(`${plain(name)} `)
    ? content(row.slice(name.length))
    : [];
