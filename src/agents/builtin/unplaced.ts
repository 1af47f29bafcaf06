import type { Turn } from '../../core/decision.ts';
import type { Observation } from '../../core/observation.ts';
import { holdsPhrase } from '../identity.ts';
import { likeness } from '../meaning.ts';
import { content, plain } from '../words.ts';
import { isConsumed } from './consumed.ts';
import { readDay, sameDay } from './dates.ts';
import { inFocus } from './entity.ts';
import { holds } from './field.ts';
import type { Goal, Part } from './goal.ts';
import type { Purpose } from './move.ts';
import { optionFit } from './option.ts';
import { listed } from './several.ts';
import { tell } from './value.ts';

/** What is known of a step when it seems to be done. */
export interface Trace {
  turns: readonly Turn[];
  purposes: readonly (Purpose | undefined)[];
  taken: ReadonlySet<string>;
  /** Texts that a page was about, or that a field of it held, at any look of the step. */
  met: ReadonlySet<string>;
}

/** Kinds that nobody says without meaning them. */
const TELLING = new Set(['email', 'date', 'time', 'money', 'card', 'expiry', 'secret', 'duration']);
const DEEDS = new Set(['do', 'put', 'choose', 'upload', 'slide']);

/** Values that the sentence names and that were put nowhere: with them open, less was done than was asked. */
export function unplacedIn(goals: readonly Goal[], trace: Trace): Part[] {
  return goals
    .filter((goal) => DEEDS.has(goal.kind) && !goal.soft && !goal.clause.meanings.has('search'))
    .flatMap((goal) => goal.parts.filter((part) => counts(goal, part) && !isPlaced(part, trace)));
}

/** "“Northwind” (company) was put nowhere". */
export const tellUnplaced = (parts: readonly Part[]): string =>
  `${parts.map((part) => tell(part.value)).join(', ')} ${parts.length > 1 ? 'were' : 'was'} put nowhere: less was done than the sentence asks`;

function counts(goal: Goal, { value, role, needed }: Part): boolean {
  if (/^(?:in|into|on|onto|under|within|at|from|by|until|because|since)$/.test(value.prep) && role !== 'typed') return false;
  if (value.prep === 'from' || /^(?:nothing|none|all|everybody|everyone|everything)$/i.test(value.text)) return false;
  if (value.certain)
    return (
      role !== 'entity' || (value.prep === '' && (goal.clause.values.length === 1 || listed(goal).some((part) => part.value === value)))
    );
  if (role === 'entity') return false;
  if (TELLING.has(value.kind)) return true;
  if (value.kind === 'number') return value.hints.length > 0 || value.prep === 'to' || (value.prep === '' && role === 'typed');
  return /^\p{Lu}/u.test(value.text) || (needed && value.hints.length > 0 && role === 'typed');
}

function isPlaced(part: Part, trace: Trace): boolean {
  const { value } = part;
  if (
    trace.met.has(value.text) ||
    isConsumed({ turns: trace.turns, purposes: trace.purposes.map((purpose) => purpose ?? 'fill'), taken: trace.taken }, part)
  )
    return true;
  const said = trace.turns.filter((turn) => turn.outcome.ok).flatMap((turn) => traces(turn));
  if (value.kind === 'secret') return trace.turns.some(({ action }) => 'value' in action && action.value.from === 'secret');
  if (!value.certain && value.kind === 'text' && said.some((text) => likeness(content(value.text), content(text)).covered >= 0.5))
    return true;
  if (said.some((text) => plain(text) === plain(value.text) || holdsPhrase(text, value.text) || optionFit(value, text) >= 0.55))
    return true;
  const day = value.kind === 'date' ? readDay(value.text) : undefined;
  if (day)
    return trace.turns.some((turn) => sameDay(readDay(turn.target?.name ?? ''), day) || turn.target?.name.trim() === String(day.day));
  if (
    value.kind === 'number' &&
    trace.turns.filter((turn, index) => turn.action.kind === 'click' && turn.outcome.ok && trace.purposes[index] !== 'look').length >=
      Number(value.text)
  )
    return true;
  const words = new Set(said.flatMap((text) => content(text)));
  const own = content(value.text);
  return own.length > 0 && own.every((word) => words.has(word));
}

/** All that an action was told with, and what came of it. */
function traces({ action, target, added, outcome }: Turn): string[] {
  const typed = 'value' in action && action.value.from !== 'secret' && action.value.from !== 'var' ? [action.value.text] : [];
  const chosen = action.kind === 'select' && 'text' in action.option ? [action.option.text] : [];
  const named = target ? [target.name, target.row, target.dialog, target.heading, target.group] : [];
  const shown = outcome.requests.some((request) => request.changes && request.own) ? added : [];
  return [...typed, ...chosen, ...named, ...shown, ...(action.kind === 'upload' ? [action.file] : [])].filter(
    (text) => text !== undefined && text !== '',
  ) as string[];
}

/** Texts of the sentence that this page is about, or that one of its fields holds. */
export function metOn(observation: Observation, goals: readonly Goal[], turns: readonly Turn[]): string[] {
  const held = observation.candidates.filter(
    (candidate) => candidate.value !== undefined || candidate.checked === true || candidate.selected === true || candidate.pressed === true,
  );
  return goals
    .flatMap((goal) => goal.parts)
    .filter(
      ({ value }) =>
        value.kind !== 'secret' &&
        (inFocus(observation, value.text, { turns, focused: new Set() }) ||
          held.some((candidate) =>
            candidate.value !== undefined
              ? holds(candidate, value) ||
                plain(candidate.value) === plain(value.text) ||
                (!value.certain && value.kind === 'text' && optionFit(value, candidate.value) >= 0.4)
              : optionFit(value, candidate.name) >= 0.8,
          )),
    )
    .map(({ value }) => value.text);
}
