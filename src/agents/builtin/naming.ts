import { escapeRegExp } from '../../core/escape-regexp.ts';
import type { Observation } from '../../core/observation.ts';
import { holdsPhrase } from '../identity.ts';
import { meaningsOf, verbsOf } from '../lexicon.ts';
import { content, plain, stem } from '../words.ts';
import type { Goal, Part } from './goal.ts';
import { makes } from './makes.ts';
import { isMissing } from './missing.ts';
import { withoutQuotations } from './quotes.ts';
import type { Value } from './value.ts';

/** What stands at the head of a row, a card or a list item: what people call it. */
function rowTitles(observation: Observation): string[] {
  const titles = new Map<string, string>();
  const shown = [
    ...observation.passages.map(({ text, context }) => ({ text, context })),
    ...observation.candidates
      .filter(({ role }) => ['link', 'generic', 'checkbox', 'cell', 'heading'].includes(role))
      .map(({ name, context }) => ({ text: name, context })),
  ];
  for (const {
    text,
    context: { row, landmark },
  } of shown) {
    // "Author (1)" leads to the one author that there is.
    if (/\(\d+\)$/.test(text.trim())) continue;
    if (row === undefined || text.length < 3 || text.length > 60 || /^(?:navigation|banner)/.test(landmark ?? '')) continue;
    if (plain(row) !== plain(text) && plain(row).startsWith(`${plain(text)} `) && isName(text)) titles.set(plain(text), text);
  }
  return [...titles.values()].sort((a, b) => b.length - a.length);
}

/** What the lists of the open dialog offer. */
const offered = ({ candidates, dialog }: Observation): string[] =>
  dialog === undefined
    ? []
    : candidates
        .filter(({ context }) => context.dialog === dialog)
        .flatMap(({ options }) => options ?? [])
        .filter((option) => option.includes(' '))
        .sort((a, b) => b.length - a.length);

/** Two words, or one that says nothing else in an interface. */
const isName = (text: string): boolean =>
  /\p{L}{2}/u.test(text) &&
  (text.trim().includes(' ') || content(text).every((word) => verbsOf(word).size === 0 && meaningsOf(word).size === 0));

/**
 * The goal with the names in it that the page shows. Nobody quotes "the pea risotto", and where an unquoted name ends is told by nothing in the sentence:
 * the page has a row of that name.
 */
export function namedAsShown(said: Goal, observation: Observation): Goal {
  return withNames(withFound(said, observation), observation);
}

/** "the one that is found": the only row that has what was looked for, by the name of its link. */
function withFound(goal: Goal, observation: Observation): Goal {
  const part = goal.parts.find(({ role, value }) => role === 'entity' && value.hints.includes(FOUND));
  if (!part) return goal;
  const sought = part.value.text;
  const links = observation.candidates.filter(
    (candidate) =>
      candidate.role === 'link' &&
      !isMissing(candidate) &&
      !/^(?:navigation|banner|contentinfo|search)/.test(candidate.context.landmark ?? ''),
  );
  // What a list of terms says of each is a row of its own.
  const terms = observation.passages.filter(({ text }) => holdsPhrase(text, sought)).map(({ context }) => context.column);
  const own = links.filter(({ name, context: { row } }) => (row === undefined ? terms.includes(name) : holdsPhrase(row, sought)));
  const [place, another] = new Set(own.map(({ name, context }) => context.row ?? name));
  if (place === undefined || another !== undefined) return goal;
  const { name } = own.find((link) => holdsPhrase(link.name, sought)) ?? own[0]!;
  return foundAs(goal, sought, (/[“«"]([^”»"]+)[”»"]/.exec(name)?.[1] ?? name).trim());
}

/** The goal about what was found, by its name. */
export function foundAs(goal: Goal, sought: string, text: string): Goal {
  const known = (value: Value): Value =>
    value.hints.includes(FOUND) && value.text === sought ? { ...value, text, ref: { from: 'page', text }, hints: [] } : value;
  return {
    ...goal,
    clause: { ...goal.clause, values: goal.clause.values.map(known) },
    parts: goal.parts.map((part) => ({ ...part, value: known(part.value) })),
  };
}

/** Marks what a search of the same sentence finds. */
export const FOUND = 'found';

function withNames(goal: Goal, observation: Observation): Goal {
  if (!['do', 'choose', 'open'].includes(goal.kind) || goal.parts.some((part) => part.role === 'entity' && part.value.certain))
    return withWholeNames(goal, observation);
  let { parts } = goal;
  let said = withoutQuotations(goal.clause.text);
  const shown = rowTitles(observation);
  for (const title of shown) {
    const found = find(said, title) ?? findShort(said, title, shown);
    if (!found) continue;
    said = said.slice(0, found.at) + ' '.repeat(found.text.length) + said.slice(found.at + found.text.length);
    parts = replaced(goal, parts, title, found);
  }
  for (const option of offered(observation)) {
    const found = find(said, option);
    if (
      found &&
      parts.some(
        ({ value }) => !value.certain && value.ref.from === 'step' && plain(value.text) !== plain(option) && within(value.text, option),
      )
    )
      parts = replaced(goal, parts, option, found);
  }
  if (parts !== goal.parts) return { ...goal, clause: becoming(goal.clause), parts: [...parts, ...becomes(goal)] };
  // "A new application by Ilse" is none that is there.
  const row = makes(goal.clause) && /\b(?:an?|another|new)\b/i.test(goal.clause.text) ? undefined : rowMeant(goal, observation);
  if (row === undefined) return goal;
  const meant: Part = {
    value: { text: row, ref: { from: 'page', text: row }, kind: 'text', certain: false, hints: [], prep: '', at: 60 },
    role: 'entity',
    needed: false,
  };
  const { ordinal: _, ...clause } = goal.clause;
  return { ...goal, clause, parts: [...parts.filter((part) => part.role === 'typed' || !holdsPhrase(row, part.value.text)), meant] };
}

/** Beside what is quoted, names without quotes are still read as far as the page has them. */
function withWholeNames(goal: Goal, observation: Observation): Goal {
  const said = withoutQuotations(goal.clause.text);
  const parts = rowTitles(observation).reduce((known, title) => {
    const found = find(said, title);
    return found &&
      known.some(
        ({ value, role }) => role === 'entity' && !value.certain && plain(value.text) !== plain(title) && within(value.text, title),
      )
      ? replaced(goal, known, title, found)
      : known;
  }, goal.parts);
  return parts === goal.parts ? goal : { ...goal, parts };
}

/** What the one who is there is to become: "an active patient". */
function becomes({ clause, parts }: Goal): Part[] {
  const text =
    clause.verb === 'mak' && !parts.some((part) => part.value.prep === 'to')
      ? /\b(?:an?|the)\s+((?:\p{Ll}[\p{L}-]*\s?){1,3}?)(?:\s+again)?[.!]?$/u.exec(clause.text)?.[1]?.trim()
      : undefined;
  return text === undefined
    ? []
    : [
        {
          value: { text, ref: { from: 'step', text }, kind: 'text', certain: false, hints: [], prep: 'to', at: 50 },
          role: 'typed',
          needed: true,
        },
      ];
}

/** "Make Greta Holm an active patient": who is there already becomes something, and is not made. */
const becoming = (clause: Goal['clause']): Goal['clause'] =>
  clause.verb === 'mak' ? { ...clause, meanings: new Set(['update', 'enable']) } : clause;

/** The rows that a sentence speaks of: by the name at their head, or by a name within that no other row has. */
export function rowsSaid(sentence: string, observation: Observation): string[] {
  const said = withoutQuotations(sentence);
  const rows = rowsOf(observation);
  const title = rowTitles(observation).find((text) => find(said, text));
  if (title !== undefined) return rows.filter((row) => plain(row).startsWith(`${plain(title)} `));
  const relative =
    /\b(?:\p{L}+ed (?:to|by|from|for|with)|by|from|of|next to|beside)\s+(?:the\s+)?(\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*)*)/u.exec(
      said,
    )?.[1];
  const having = relative === undefined ? [] : rows.filter((row) => holdsPhrase(row, relative));
  return having.length === 1 ? having : [];
}

const rowsOf = (observation: Observation): string[] =>
  [
    ...new Set(
      [...observation.candidates, ...observation.passages]
        .filter(({ context }) => !/^(?:navigation|banner)/.test(context.landmark ?? ''))
        .map(({ context }) => context.row),
    ),
  ].filter((row) => row !== undefined);

/** "the second recipe", "the first one", "the to-do assigned to Sam": told by where it stands or by what is beside it, it is the row. */
function rowMeant(goal: Goal, observation: Observation): string | undefined {
  if (goal.kind !== 'do' || goal.parts.some((part) => part.role === 'entity' || part.value.certain)) return undefined;
  const { ordinal, object, text } = goal.clause;
  const rows = rowsOf(observation).filter((row) => observation.candidates.some((candidate) => candidate.context.row === row));
  if (ordinal === undefined) {
    const said = rowsSaid(text, observation);
    return said.length === 1 && goal.parts.some((part) => part.role !== 'typed' && holdsPhrase(said[0]!, part.value.text))
      ? said[0]
      : undefined;
  }
  const nouns = object.filter((word) => word !== goal.clause.verb);
  const titles = [
    observation.title,
    ...observation.passages
      .filter((passage) => passage.role === 'heading' && passage.context.row === undefined)
      .map((passage) => passage.text),
  ];
  const listed =
    nouns.every((noun) => /^(?:one|row|entri|entry|item|result|card|line)$/.test(noun)) ||
    titles.some((title) => content(title).some((word) => nouns.includes(word)));
  return listed && rows.length > 1 ? (ordinal < 0 ? rows.at(-1) : rows[ordinal - 1]) : undefined;
}

interface Found {
  at: number;
  /** As the sentence has it. */
  text: string;
  /** The word before it, articles left out. */
  before: string;
}

function find(said: string, title: string): Found | undefined {
  const pattern = escapeRegExp(title.trim()).replace(/\s+/g, '\\s+');
  const match = new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?=s?(?![\\p{L}\\p{N}]))`, 'iu').exec(said);
  if (!match) return undefined;
  const before = /([\p{L}]+)\s+(?:(?:the|an?|my|our|its|one|this|that)\s+)*$/iu.exec(said.slice(0, match.index))?.[1]?.toLowerCase() ?? '';
  return { at: match.index, text: match[0], before };
}

/** "Light bulb E27" is called a light bulb where nothing else is: sizes and codes at the end are not said. */
function findShort(said: string, title: string, shown: readonly string[]): Found | undefined {
  const short = title.replace(/(?:\s+\S*\d\S*(?:\s+\p{L}{1,2})?)+$/u, '');
  if (
    short === title ||
    short.length < 4 ||
    !isName(short) ||
    shown.some((other) => other !== title && plain(other).startsWith(plain(short)))
  )
    return undefined;
  return find(said, short);
}

/** The parts with the whole name instead of the pieces of it that were read, or with the name besides. */
function replaced(goal: Goal, parts: readonly Part[], title: string, { text, before }: Found): Part[] {
  const pieces = parts.filter(
    ({ value }) => !value.certain && value.ref.from === 'step' && (within(value.text, title) || within(title, value.text)),
  );
  const [first] = pieces;
  const value = { text: title, ref: { from: 'step', text } as const, kind: 'text' as const, certain: false };
  if (!first) {
    if (goal.kind === 'choose' || /^(?:to|as|into|with|from|than|called|named)$/.test(before)) return [...parts];
    return [
      ...parts,
      {
        value: { ...value, hints: [], prep: /^(?:of|on|in|for|at|beside|near|by)$/.test(before) ? before : '', at: 60 },
        role: 'entity',
        needed: false,
      },
    ];
  }
  const known =
    first.role === 'typed' && first.value.prep === '' && goal.kind === 'do' && (goal.clause.verb === 'mak' || !makes(goal.clause));
  const role = first.value.kind === 'number' || known ? 'entity' : first.role;
  const whole: Part = {
    ...first,
    role,
    value: { ...first.value, ...value, hints: first.value.kind === 'number' ? [] : first.value.hints },
  };
  return parts.flatMap((part) => (part === first ? [whole] : pieces.includes(part) ? [] : [part]));
}

function within(piece: string, whole: string): boolean {
  const wordsOf = (text: string): string[] => plain(text).replace(/'s\b/g, '').split(/\s+/);
  const words = wordsOf(whole);
  return wordsOf(piece).every((word) => words.includes(word) || words.includes(stem(word)));
}
