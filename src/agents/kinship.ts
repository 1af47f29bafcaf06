import type { Target } from '../core/action.ts';
import type { Candidate, Fingerprint, Observation } from '../core/observation.ts';
import { pathTemplate } from '../core/path-template.ts';
import { textMeaning } from './meaning.ts';
import { textLikeness } from './similarity.ts';
import { plain } from './words.ts';

const IDENTIFIERS = ['id', 'name', 'href', 'data-testid', 'alt', 'for'];

/** Something that a redesign keeps and a neighbour does not have: words, meaning, an identifier. */
export function sharesIdentity(candidate: Candidate, target: Pick<Target, 'name'>, print: Fingerprint): boolean {
  // Records of one kind share where they lead, without what identifies them.
  if (
    numbersOf(candidate.name) !== numbersOf(target.name) &&
    !IDENTIFIERS.some((key) => key !== 'href' && print.attrs[key] !== undefined && print.attrs[key] === candidate.print.attrs[key])
  )
    return false;
  if (IDENTIFIERS.some((key) => print.attrs[key] !== undefined && print.attrs[key] === candidate.print.attrs[key])) return true;
  if (textLikeness(candidate.name, target.name) >= 0.6) return true;
  return textMeaning(target.name, candidate.name).score >= 0.5;
}

/** "F-1002" and "F-1004" are two things, however alike; "Inbox (3)" and "Inbox (4)" only count. */
const numbersOf = (name: string): string => (name.replace(/\(\s*\d+\s*\)/g, '').match(/\d+/g) ?? []).join(' ');

const KIN: readonly (readonly string[])[] = [
  ['button', 'link', 'menuitem', 'tab', 'generic'],
  ['textbox', 'searchbox', 'combobox', 'spinbutton'],
  ['combobox', 'listbox', 'radiogroup', 'button'],
  ['checkbox', 'switch', 'menuitemcheckbox'],
  ['radio', 'menuitemradio', 'option'],
  ['option', 'menuitem', 'listitem', 'treeitem'],
  ['row', 'listitem', 'article'],
  ['slider', 'spinbutton'],
];

/** 1 for the same role, a little less for roles that a redesign swaps, 0 for anything else. */
export const roleKinship = (a: string, b: string): number =>
  a === b ? 1 : KIN.some((kin) => kin.includes(a) && kin.includes(b)) ? 0.9 : 0;

/** More are not kept: a page that repeats itself so often tells nothing by them. */
const MOST_RIVALS = 8;

/**
 * What stands on the page with a control and could be taken for it if it were gone: called the same or nearly so, or of the same identifiers.
 * It is there at the recording, so that it is never what the control has become.
 */
export function rivalsOf(observation: Observation, own: Candidate): string[] {
  const isNamesake = (other: Candidate): boolean => plain(other.name) === plain(own.name);
  const rivals = observation.candidates
    .toSorted((a, b) => Number(isNamesake(b)) - Number(isNamesake(a)))
    .flatMap((other) => {
      if (other.id === own.id || roleKinship(own.role, other.role) === 0) return [];
      if (!isNamesake(other) && !sharesIdentity(other, own, own.print)) return [];
      const [place, exactly] = [placeOf(other), underHeading(other)];
      return place !== placeOf(own) ? [place] : exactly !== underHeading(own) ? [exactly] : [];
    });
  return [...new Set(rivals)].slice(0, MOST_RIVALS);
}

/** The recording tells of everything that could be taken for it. */
export const knowsRivals = ({ rivals }: Fingerprint): boolean => rivals !== undefined && rivals.length < MOST_RIVALS;

/** It stood beside the lost one when that was recorded. */
export function wasRival(candidate: Candidate, print: Fingerprint | undefined): boolean {
  const known = print?.rivals?.map(plain) ?? [];
  return known.includes(plain(placeOf(candidate))) || known.includes(plain(underHeading(candidate)));
}

/** Another link of its name to its address: pages link to one place twice, and following either is the same. What asks by a query may ask for anything. */
export function leadsWhere(candidate: Candidate, target: Pick<Target, 'name' | 'role'>, print: Fingerprint): boolean {
  const [was, is] = [print.attrs.href, candidate.href];
  if (candidate.role !== 'link' || target.role !== 'link' || plain(candidate.name) !== plain(target.name)) return false;
  return was !== undefined && is !== undefined && !/[?#]/.test(is) && pathTemplate(is) === pathTemplate(was);
}

/** `link “Projects” · navigation Workspace`. */
const placeOf = ({ role, name, context: { dialog, group, landmark, frame } }: Candidate): string =>
  [`${role} “${name}”`, dialog, group, landmark, frame].filter(Boolean).join(' · ');

const underHeading = (candidate: Candidate): string => `${placeOf(candidate)} · under “${candidate.context.heading ?? ''}”`;
