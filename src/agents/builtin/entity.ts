import type { Turn } from '../../core/decision.ts';
import type { Candidate, Observation } from '../../core/observation.ts';
import { holdsPhrase, rowNames } from '../identity.ts';
import { meaningsOf } from '../lexicon.ts';
import { isStopWord, plain, stem } from '../words.ts';
import { isSearchField } from './field.ts';

/** What has been done for the goal so far, and which things the page is known to be about because of it. */
export interface Past {
  turns: readonly Turn[];
  focused: ReadonlySet<string>;
}

/** Rows (also cards and list items) that name this text as a whole; failing that, rows that contain it. */
export function rowsNaming(observation: Observation, text: string): string[] {
  const rows = [
    ...new Set(
      observation.candidates.map((candidate) => candidate.context.row).concat(observation.passages.map((passage) => passage.context.row)),
    ),
  ].filter((row) => row !== undefined);
  const exact = rows.filter((row) => plain(row) === plain(text));
  if (exact.length > 0) return exact;
  const named = rows.filter((row) => rowNames(observation, row, text));
  if (named.length > 0) return named;
  const titled = rows.filter((row) => titledBy(row, text));
  // "Order 937" in a row that is called after somebody.
  return titled.length > 0
    ? titled
    : rows.filter((row) => observation.passages.some((passage) => passage.context.row === row && titledBy(passage.text, text)));
}

/** Rows that name all of these; what no row is called by, only some of them may hold: "From Ida Berg on Harvest [Pending]". */
export function rowsNamingAll(observation: Observation, texts: readonly string[]): string[] {
  const naming = texts.map((text) => ({ text, rows: rowsNaming(observation, text) }));
  const [first = [], ...rest] = naming.filter(({ rows }) => rows.length > 0).map(({ rows }) => rows);
  const named = first.filter((row) => rest.every((rows) => rows.includes(row)));
  return naming
    .filter(({ rows }) => rows.length === 0)
    .reduce((left, { text }) => {
      const own = left.filter((row) => holdsPhrase(row, text));
      return own.length > 0 ? own : left;
    }, named);
}

/** Is it about this thing: does a title consist of it and of ordinary words? "Delete Apollo?" is about Apollo, "Apollo II" is not. */
export function titledBy(title: string, text: string): boolean {
  if (plain(title) === plain(text)) return true;
  if (!holdsPhrase(title, text)) return false;
  // "Bug #5: Blank page": the number is its own, and what stands before it is its kind.
  const rest = plain(title)
    .split(plain(text))
    .join(' | ')
    .replace(/\p{L}+ #\d+/gu, ' ');
  return rest
    .split(/[^\p{L}\p{N}|]+/u)
    .filter((word) => word !== '' && word !== '|')
    .every(
      (word) =>
        /^\p{L}+$/u.test(word) && !/^[ivx]+$/.test(word) && (isStopWord(word) || meaningsOf(stem(word)).size > 0 || title.includes(word)),
    );
}

/** Is the page (or the open dialog) about this thing? */
export function inFocus(observation: Observation, text: string, past: Past): boolean {
  if (past.focused.has(text)) return true;
  if (observation.dialog && titledBy(observation.dialog, text)) return true;
  const titles = observation.passages
    .filter((passage) => passage.role === 'heading' && passage.context.row === undefined)
    .map((passage) => passage.text);
  if ([observation.title, ...titles].some((title) => title.split(/\s[–—|·:‹›«»-]\s|\s(?=[[(])/).some((part) => titledBy(part, text))))
    return true;
  if (
    observation.candidates.some(
      (candidate) =>
        candidate.value !== undefined &&
        plain(candidate.value) === plain(text) &&
        candidate.context.row === undefined &&
        !isSearchField(candidate),
    )
  )
    return true;
  const last = past.turns.findLast(
    (turn) => turn.outcome.ok && (turn.action.kind === 'click' || turn.action.kind === 'back' || turn.action.kind === 'goto'),
  );
  return (
    last !== undefined &&
    (plain(last.target?.name ?? '') === plain(text) ||
      (last.outcome.navigated && EDITS.test(last.target?.name ?? '') && titledBy(last.target?.heading ?? '', text)) ||
      (last.target?.row !== undefined && last.added.length > 0 && holdsPhrase(last.target.row, text)))
  );
}

/** What stands under the title of a thing and says so opens that thing to be edited, whatever the page that comes is called. */
const EDITS = /^(?:edit|change|modify|rename)\b/i;

/** Is it anywhere in sight? */
export const inSight = (observation: Observation, text: string): boolean =>
  observation.candidates.some(
    (candidate) => holdsPhrase(candidate.name, text) || (candidate.context.row !== undefined && holdsPhrase(candidate.context.row, text)),
  ) || observation.passages.some((passage) => holdsPhrase(passage.text, text));

/** How a candidate stands to a thing: its own row or name 1, the page about it 0.9, somewhere else 0. */
export function relation(observation: Observation, candidate: Candidate, text: string, past: Past): number {
  if (titledBy(candidate.name, text)) return 1;
  const row = candidate.context.row;
  if (row !== undefined) {
    const rows = rowsNaming(observation, text);
    if (rows.includes(row)) return 1;
    if (rows.length > 0) return 0;
  }
  const { heading, landmark } = candidate.context;
  if (isRegion(landmark) && titledBy(landmark!.replace(REGION, ''), text)) return 1;
  if (
    isRegion(landmark) &&
    observation.candidates.some((other) => isRegion(other.context.landmark) && titledBy(other.context.landmark!.replace(REGION, ''), text))
  )
    return 0;
  if (heading !== undefined && titledBy(heading, text)) return 1;
  return inFocus(observation, text, past) ? 0.9 : 0;
}

/** Parts of a page that have a name: each of several things has one of its own. */
const REGION = /^region\s+/;
const isRegion = (landmark: string | undefined): boolean => landmark !== undefined && REGION.test(landmark);
