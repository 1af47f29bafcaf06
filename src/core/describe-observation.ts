import { pathTemplate } from './path-template.ts';
import type { Candidate, Context, MailItem, Observation, Passage } from './observation.ts';

/** One line of a page as told to a reader. */
export interface PageLine {
  text: string;
  /** The same line whatever numbers the candidates have today: what two looks are compared by. */
  key: string;
  /** Heading of the section it stands under; "" for what belongs to the whole page. */
  section: string;
  /** Candidates that the line offers. */
  candidates: number[];
}

/** A link of a mail by the number it is told under ("L1"). */
export interface MailLink {
  number: number;
  mail: string;
  link: number;
}

const NAME = 120;
const TEXT = 240;
const OPTIONS = 24;

/**
 * The page as compact lines: sections, rows, numbered candidates, what stands between them. The one rendering of an observation,
 * for prompts and for telling what an action changed. Everything in it is folded to one line and quoted, so that page text cannot pose as structure.
 */
export function pageLines(observation: Observation): PageLine[] {
  return [...headLines(observation), ...bodyLines(observation), ...mailLines(observation.mail), ...tailLines(observation)];
}

/** Links of the mails in view, numbered as pageLines tells them. */
export function mailLinks(mail: readonly MailItem[]): MailLink[] {
  return mail
    .flatMap((item) => item.links.map((link) => ({ mail: item.id, link: link.id })))
    .map((link, index) => ({ number: index + 1, ...link }));
}

/** Lines that are new in `after` and lines that are gone, each counted as often as it stands there. */
export function changedLines(before: readonly PageLine[], after: readonly PageLine[]): { added: PageLine[]; removed: PageLine[] } {
  return { added: without(after, before), removed: without(before, after) };
}

function without(lines: readonly PageLine[], known: readonly PageLine[]): PageLine[] {
  const left = new Map<string, number>();
  for (const line of known) left.set(place(line), (left.get(place(line)) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(place(line)) ?? 0;
    if (count > 0) left.set(place(line), count - 1);
    return count === 0;
  });
}

const place = (line: PageLine): string => `${line.section}\n${line.key}`;

/** Lines under their section headings, cut at `maxChars` with the cut said. */
export function printLines(lines: readonly PageLine[], maxChars = Number.POSITIVE_INFINITY): string {
  const out: string[] = [];
  let section = '';
  let used = 0;
  for (const [index, line] of lines.entries()) {
    const heading = line.section !== section && line.section !== '' ? [`[${line.section}]`] : [];
    section = line.section;
    used += line.text.length + 1 + (heading[0]?.length ?? 0);
    if (used > maxChars && index > 0) return [...out, `(${lines.length - index} more lines are not shown)`].join('\n');
    out.push(...heading, line.text);
  }
  return out.join('\n');
}

function headLines(observation: Observation): PageLine[] {
  const { path, title, status, nativeDialog, tabs, notices } = observation;
  const lines = [`${fold(pathTemplate(path), NAME)} ${quote(title)}${status !== undefined && status >= 400 ? ` HTTP ${status}` : ''}`];
  if (nativeDialog) lines.push(`native ${nativeDialog.type} is open: ${quote(nativeDialog.message, TEXT)}`);
  if (tabs.length > 1)
    lines.push(`tabs: ${tabs.map((tab) => `${tab.index} ${quote(tab.title)}${tab.current ? ' (this one)' : ''}`).join(', ')}`);
  for (const notice of notices) {
    const about = notice.about === undefined ? undefined : observation.candidates.find((candidate) => candidate.id === notice.about);
    lines.push(`! ${notice.kind}: ${quote(notice.text, TEXT)}${about ? ` about ${about.role} ${quote(about.name)}` : ''}`);
  }
  return lines.map((text) => ({ text, key: text, section: '', candidates: [] }));
}

function tailLines(observation: Observation): PageLine[] {
  const repeats = observation.repeats.filter((repeat) => repeat.count > repeat.shown);
  const lines = [
    ...repeats.map((repeat) => `(${repeat.shown} of ${repeat.count} ${fold(repeat.what, 60)} are shown)`),
    ...observation.cut.map((cut) => `(not shown: ${fold(cut, NAME)})`),
  ];
  return lines.map((text) => ({ text, key: text, section: '', candidates: [] }));
}

interface Entry {
  candidates: Candidate[];
  passages: Passage[];
}

/** Sections in the page's order, an open dialog first; rows keep their texts and controls on one line. */
function bodyLines(observation: Observation): PageLine[] {
  const sections = new Map<string, Map<string, Entry>>();
  const entryOf = (context: Context): Entry => {
    const section = sectionOf(context);
    const rows = sections.get(section) ?? new Map<string, Entry>();
    sections.set(section, rows);
    const entry = rows.get(context.row ?? '') ?? { candidates: [], passages: [] };
    rows.set(context.row ?? '', entry);
    return entry;
  };
  const inDialog = (item: { context: Context }): boolean => observation.dialog !== undefined && item.context.dialog === observation.dialog;
  const dialogFirst = <T extends { context: Context }>(items: readonly T[]): T[] => [
    ...items.filter(inDialog),
    ...items.filter((item) => !inDialog(item)),
  ];
  for (const candidate of dialogFirst(observation.candidates)) entryOf(candidate.context).candidates.push(candidate);
  const headings = new Set(
    [...observation.candidates, ...observation.passages].flatMap(({ context }) => [context.heading ?? [], context.row ?? []].flat()),
  );
  const names = namesBySection(observation.candidates);
  const rows = rowsBySection(observation.candidates, observation.passages);
  for (const passage of dialogFirst(observation.passages))
    if (!isToldAlready(passage, observation, headings, names, rows)) entryOf(passage.context).passages.push(passage);
  return [...sections].flatMap(([section, rows]) =>
    [...rows].flatMap(([row, entry]) => (row === '' ? looseLines(section, entry) : [rowLine(section, row, entry)])),
  );
}

function rowsBySection(...items: readonly (readonly { context: Context }[])[]): Map<string, Set<string>> {
  const rows = new Map<string, Set<string>>();
  for (const { context } of items.flat()) {
    if (context.row === undefined) continue;
    const section = sectionOf(context);
    rows.set(section, (rows.get(section) ?? new Set()).add(context.row));
  }
  return rows;
}

/** Longest first, so that "Name" does not eat a part of "Your name". */
function namesBySection(candidates: readonly Candidate[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { name, context } of candidates) {
    const section = sectionOf(context);
    const list = names.get(section);
    if (list) list.push(name);
    else names.set(section, [name]);
  }
  for (const list of names.values()) list.sort((a, b) => b.length - a.length);
  return names;
}

function looseLines(section: string, { candidates, passages }: Entry): PageLine[] {
  const columns = passages.filter((passage) => passage.role === 'columnheader').map((passage) => quote(passage.text, 40));
  const texts = passages.filter((passage) => passage.role !== 'columnheader').map((passage) => quote(passage.text, TEXT));
  return [
    ...[...texts, ...(columns.length > 0 ? [`columns ${columns.join(' | ')}`] : [])].map((text) => ({
      text,
      key: text,
      section,
      candidates: [],
    })),
    ...candidates.map((candidate) => {
      const told = tell(candidate, candidates);
      return { text: `${candidate.id} ${told}`, key: told, section, candidates: [candidate.id] };
    }),
  ];
}

/** What a reader is told anyway: a notice, the heading of a section, a row with controls, the names of the controls that a label or a form holds. */
function isToldAlready(
  passage: Passage,
  observation: Observation,
  headings: ReadonlySet<string>,
  names: ReadonlyMap<string, string[]>,
  rows: ReadonlyMap<string, Set<string>>,
): boolean {
  if ((passage.role === 'heading' || passage.role === 'listitem') && headings.has(passage.text)) return true;
  if (observation.notices.some((notice) => notice.text === passage.text)) return true;
  const inRow =
    passage.context.row === undefined &&
    passage.role === 'listitem' &&
    [...(rows.get(sectionOf(passage.context)) ?? [])].some((row) => row.length <= TEXT && row.includes(passage.text));
  if (inRow) return true;
  const beside = names.get(sectionOf(passage.context)) ?? [];
  return beside.length > 0 && beside.reduce((left, name) => left.replace(name, ' '), passage.text).trim() === '';
}

function rowLine(section: string, row: string, { candidates, passages }: Entry): PageLine {
  const extra = passages.map((passage) => fold(passage.text, TEXT)).filter((text) => !fold(row, TEXT).includes(text));
  const label = [quote(row, TEXT), ...extra.map((text) => quote(text))].join(' ');
  const told = candidates.map((candidate) => ({ id: candidate.id, text: tell(candidate, candidates) }));
  // A row of nothing but controls (days of a calendar) would say their names twice.
  const named = extra.length === 0 && fold(candidates.map(({ name }) => name).join(' '), TEXT) === fold(row, TEXT);
  const join = (items: string[]): string => (items.length === 0 ? `row ${label}` : `row${named ? '' : ` ${label}`}: ${items.join('; ')}`);
  return {
    text: join(told.map((item) => `${item.id} ${item.text}`)),
    key: join(told.map((item) => item.text)),
    section,
    candidates: told.map((item) => item.id),
  };
}

function sectionOf({ frame, dialog, landmark, heading, group }: Context): string {
  const parts = [
    frame && `frame ${quote(frame)}`,
    dialog !== undefined && `dialog ${quote(dialog)}`,
    dialog === undefined && landmark && fold(landmark, NAME),
    heading && quote(heading),
    group && `group ${quote(group)}`,
  ];
  return parts.filter(Boolean).join(' ');
}

/** A candidate without its number: `textbox "Email" ="casey@example.test" required`. */
function tell(candidate: Candidate, neighbours: readonly Candidate[]): string {
  const { role, name, value, placeholder, description, inputType, options, checked, expanded, popup, href, context, coveredBy } = candidate;
  const twin = neighbours.some((other) => other !== candidate && other.role === role && other.name === name);
  const hint = [placeholder, description].find((text) => text && text !== name);
  const words = [
    role,
    quote(name),
    inputType && !['text', 'checkbox', 'radio', 'submit', 'button'].includes(inputType) && inputType !== role ? `(${inputType})` : '',
    value !== undefined && value !== '' ? `=${quote(value)}` : '',
    hint && (name === '' || hint.length <= 60) ? `hint ${quote(hint)}` : '',
    options
      ? `options ${options
          .slice(0, OPTIONS)
          .map((option) => quote(option))
          .join(' | ')}${options.length > OPTIONS ? ` and ${options.length - OPTIONS} more` : ''}`
      : '',
    checked === undefined ? '' : checked === true ? 'on' : checked === 'mixed' ? 'partly on' : 'off',
    candidate.disabled ? 'disabled' : '',
    candidate.readonly ? 'readonly' : '',
    candidate.required ? 'required' : '',
    candidate.invalid ? 'invalid' : '',
    candidate.selected ? 'selected' : '',
    candidate.pressed ? 'pressed' : '',
    candidate.draggable ? 'draggable' : '',
    candidate.dropzone ? 'takes what is dropped on it' : '',
    expanded === undefined ? '' : expanded ? 'open' : 'closed',
    popup && expanded === undefined ? `opens ${fold(popup, 20)}` : '',
    href && (name === '' || twin) ? `to ${fold(href, NAME)}` : '',
    context.column && (name === '' || !NAMED_ANYWHERE.has(role)) ? `in column ${quote(context.column)}` : '',
    coveredBy ? `covered by ${quote(coveredBy)}` : '',
  ];
  return words.filter((word) => word !== '' && word !== undefined).join(' ');
}

/** A button says by its name what it is for, in whatever column it stands. */
const NAMED_ANYWHERE = new Set(['button', 'link', 'menuitem']);

function mailLines(mail: readonly MailItem[]): PageLine[] {
  const links = mailLinks(mail);
  return mail.flatMap((item) => {
    const numberOf = (link: number): number | undefined => links.find((entry) => entry.mail === item.id && entry.link === link)?.number;
    const section = `mail ${quote(item.subject)} from ${fold(item.from, NAME)} to ${fold(item.to, NAME)}`;
    const text = item.links.reduce((left, link) => left.replaceAll(link.url, `(L${numberOf(link.id)})`), item.text);
    const texts = [
      quote(text, 1200),
      ...item.links.map((link) => `L${numberOf(link.id)} mail link ${quote(link.text || link.url)}`),
      ...(item.codes.length > 0 ? [`codes: ${item.codes.map((code) => quote(code)).join(', ')}`] : []),
    ];
    return texts.map((text) => ({ text, key: text.replace(/^L\d+ /, ''), section, candidates: [] }));
  });
}

/** Whitespace folded; control, bidirectional and zero-width characters gone; cut with "…". */
function fold(text: string, max: number): string {
  const plain = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > max ? `${plain.slice(0, max - 1)}…` : plain;
}

const quote = (text: string, max = NAME): string => `"${fold(text, max).replaceAll('"', "'")}"`;
