import type { Target } from '../core/action.ts';
import type { Candidate, Observation } from '../core/observation.ts';
import { meaningsOf } from './lexicon.ts';
import { isStopWord, plain, stem } from './words.ts';

/** What a recorded target comes to on the page that is open now. */
export type Sighting = { found: Candidate } | { missing: 'gone' | 'renamed' | 'moved' | 'ambiguous'; why: string; between?: string[] };

/** The same element: role, accessible name, dialog, frame, landmark, group and row all agree, and exactly one does. */
export function sight(observation: Observation, target: Target): Sighting {
  const alike = observation.candidates.filter((candidate) => candidate.role === target.role && same(candidate.name, target.name));
  if (alike.length === 0) return absent(observation, target);
  const anchored = alike.filter((candidate) => anchorsAgree(candidate, target) && rowAgrees(observation, candidate, target.row));
  if (anchored.length === 1) return { found: anchored[0]! };
  if (anchored.length > 1) {
    const headed = anchored.filter((candidate) => same(candidate.context.heading, target.heading));
    if (headed.length === 1) return { found: headed[0]! };
    return {
      missing: 'ambiguous',
      why: `${anchored.length} elements are ${describe(target)}`,
      between: anchored.map((candidate) => describe(candidate)),
    };
  }
  const { row } = target;
  const rowed = row === undefined || alike.some((candidate) => rowAgrees(observation, candidate, row));
  if (!rowed && alike.every(({ context }) => context.row !== undefined))
    return { missing: 'moved', why: `${describe(target)} is not on the page, only those of other rows` };
  const first = alike[0]!;
  return { missing: 'moved', why: `${describe(target)} stands elsewhere now: ${whereIs(first)}` };
}

function absent(observation: Observation, target: Target): Sighting {
  const there = observation.candidates.filter(
    (candidate) => candidate.role === target.role && anchorsAgree(candidate, target) && rowAgrees(observation, candidate, target.row),
  );
  if (there.length === 1)
    return { missing: 'renamed', why: `${describe(target)} is not on the page; in its place there is ${describe(there[0]!)}` };
  return { missing: 'gone', why: `${describe(target)} is not on the page` };
}

function anchorsAgree(candidate: Candidate, target: Target): boolean {
  const { context } = candidate;
  return (
    same(context.dialog, target.dialog) &&
    same(context.frame, target.frame) &&
    same(context.landmark, target.landmark) &&
    same(context.group, target.group)
  );
}

/** A row is the same when it reads the same, begins as the (cut) anchor, or has the anchor as one of its cells. */
export function rowAgrees(observation: Observation, candidate: Candidate, anchor: string | undefined): boolean {
  const row = candidate.context.row;
  if (anchor === undefined || row === undefined) return anchor === row;
  if (!same(row, anchor) && observation.candidates.some((other) => other.context.row !== undefined && same(other.context.row, anchor)))
    return false;
  return (
    same(stable(row), stable(anchor)) ||
    rowNames(observation, row, anchor) ||
    rowNumbered(observation, row, anchor) ||
    (anchor.length >= 55 && plain(stable(row)).startsWith(plain(stable(anchor))))
  );
}

/** Does this row carry the phrase as a whole cell, link or heading (not as part of a longer name)? */
export function rowNames(observation: Observation, row: string, phrase: string): boolean {
  if (same(row, phrase)) return true;
  const cells = cellsOf(observation, row);
  if (
    cells.some(
      (cell) =>
        same(cell, phrase) ||
        QUOTED.exec(cell)
          ?.slice(1)
          .some((name) => name !== undefined && same(name, phrase)),
    )
  )
    return true;
  if (!holdsPhrase(row, phrase) || cells.some((cell) => holdsPhrase(cell, phrase))) return false;
  // A row of a table that is pressed as a whole reads as all of its cells, told or not.
  const isOneText =
    observation.passages.every(({ context }) => context.row !== row) &&
    !observation.candidates.some(({ role, context }) => role === 'row' && context.row === row);
  return !(isOneText && endsLongerName(plain(row), plain(phrase)));
}

const TITLES = /^(?:mr|mrs|ms|mx|dr|prof|herr|frau|sir|madam)$/;

/** "Oat milk" is not "Milk", where the row is that one text: every time it stands there, a word that is no ordinary one stands right before it. */
function endsLongerName(row: string, phrase: string): boolean {
  if (!/\p{L}/u.test(phrase)) return false;
  const before = row
    .split(phrase)
    .slice(0, -1)
    .map((text) => /(\p{L}+) $/u.exec(text)?.[1]);
  return (
    before.length > 0 &&
    before.every((word) => word !== undefined && !isStopWord(word) && !TITLES.test(word) && meaningsOf(stem(word)).size === 0)
  );
}

/** "“Old notice” (Edit)", "Select Old notice": a name with what is done to it. */
const QUOTED = /^[^“«]*[“«]([^”»]+)[”»][^“«]*$|^select (.+)$/i;

/** "7019", where a cell says "No. 7019" or "Order 7019": a number with plain words around it is the same number. */
function rowNumbered(observation: Observation, row: string, anchor: string): boolean {
  if (!/^(?=.*\d)[\p{L}\d-]{3,}$/u.test(anchor)) return false;
  const bare = (cell: string): boolean => holdsPhrase(cell, anchor) && /^[\p{L}\s.:#№]*$/u.test(plain(cell).replace(plain(anchor), ''));
  const cells = cellsOf(observation, row);
  return (
    cells.some(bare) ||
    (cells.length <= 1 &&
      /^(?:[\p{L}]+\.?:?\s|[#№]\s?)?$/u.test(plain(row).slice(0, Math.max(0, plain(row).indexOf(plain(anchor))))) &&
      holdsPhrase(row, anchor))
  );
}

/** Texts that stand on their own in a row; one that can be pressed as a whole has all of them for a name, and is no cell of itself. */
export function cellsOf(observation: Observation, row: string): string[] {
  return [
    ...observation.candidates
      .filter(
        (candidate) =>
          candidate.context.row === row && !(candidate.name.length >= row.length && plain(candidate.name).startsWith(plain(row))),
      )
      .map((candidate) => candidate.name),
    ...observation.passages.filter((passage) => passage.context.row === row).map((passage) => passage.text),
  ];
}

/** Whole-word containment. */
export function holdsPhrase(text: string, phrase: string): boolean {
  const needle = plain(phrase);
  if (needle === '') return false;
  const hay = plain(text);
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) {
    if (!isWordChar(hay[at - 1]) && !isWordChar(hay[at + needle.length])) return true;
  }
  return false;
}

const isWordChar = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);

/** What changes by itself in a row: how long ago, how many seconds. */
const stable = (row: string): string =>
  row.replace(/\b(?:just now|moments? ago|(?:a|an|\d+)\s*(?:s|m|h|d|sec(?:ond)?|min(?:ute)?|hour|day)s?\s+ago)\b/gi, '·');

const same = (a: string | undefined, b: string | undefined): boolean => plain(a ?? '') === plain(b ?? '');

/** As a person would point at it: `button "Remove" in the row "Dana Reyes"`. */
export function describe(item: Target | Candidate): string {
  const context = 'context' in item ? item.context : item;
  const name = item.name === '' ? 'without a name' : `“${item.name}”`;
  const row = context.row === undefined ? '' : ` in the row “${cut(context.row)}”`;
  const dialog = context.dialog ? ` in the dialog “${cut(context.dialog)}”` : '';
  return `${item.role} ${name}${row}${dialog}`;
}

function whereIs(candidate: Candidate): string {
  const { dialog, row, group, landmark, frame } = candidate.context;
  const places = [
    dialog && `dialog “${dialog}”`,
    row && `row “${cut(row)}”`,
    group && `group “${group}”`,
    frame && `frame “${frame}”`,
    landmark,
  ].filter(Boolean);
  return places.length === 0 ? 'outside any landmark' : places.join(', ');
}

const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/** The part of a candidate that lets it be found again. */
export function targetOf(candidate: Candidate): Target {
  const { row, dialog, group, landmark, frame, heading } = candidate.context;
  return {
    role: candidate.role,
    name: candidate.name,
    ...(row === undefined ? {} : { row }),
    ...(dialog === undefined ? {} : { dialog }),
    ...(group === undefined ? {} : { group }),
    ...(landmark === undefined ? {} : { landmark }),
    ...(frame === undefined ? {} : { frame }),
    ...(heading === undefined ? {} : { heading }),
  };
}
