import type { Candidate, Observation } from '../../core/observation.ts';
import { holdsPhrase } from '../identity.ts';
import { meaningsOf, verbsOf, wordLikeness } from '../lexicon.ts';
import { likeness, Rarity } from '../meaning.ts';
import { content, plain, stem } from '../words.ts';
import { bringsAbout } from './clause-says.ts';
import { inSight, type Past, relation, rowsNaming, rowsNamingAll } from './entity.ts';
import type { Goal, Part } from './goal.ts';
import { isClickable, reachable } from './layout.ts';
import { madeBy, makes, means, putsInto } from './makes.ts';
import { isYetToBeMade } from './missing.ts';
import type { Ranked } from './rank.ts';
import { endsMore, isOfThePlace, makesThePlace } from './scope.ts';
import { saysVerb } from './submit.ts';

/** What a verb is about when the sentence does not say. */
const IMPLIED: Record<string, string> = {
  invite: 'member',
  signin: 'account',
  signup: 'account',
  upgrade: 'plan',
  downgrade: 'plan',
  pay: 'payment',
  import: 'file',
  export: 'report',
};

/** Controls that do what the goal's verb says to what it is about, best first. Only these are used without having been guessed. */
export function affordances(goal: Goal, observation: Observation, past: Past): Ranked[] {
  const named = goal.parts.filter((part) => part.role === 'entity');
  // What goes from somewhere is what is named first: where it goes from stays.
  const going = goal.clause.meanings.has('delete') ? named.filter((part) => part.value.prep === '') : [];
  const things = going.length > 0 ? going : named;
  const entities = things.map((part) => part.value.text);
  const texts = goal.parts.map((part) => part.value.text);
  const direct = goal.clause.object.length === 0 ? goal.clause.values : goal.clause.values.filter((value) => value.prep === '');
  const about = [
    ...new Set([
      ...goal.clause.object,
      ...direct.flatMap((value) => value.hints),
      ...[...goal.clause.meanings]
        .map((meaning) => IMPLIED[meaning])
        .filter((noun) => noun !== undefined)
        .map(stem),
    ]),
  ];
  const rarity = new Rarity(observation.candidates.map((candidate) => candidate.name));
  return reachable(observation)
    .filter((candidate) => isClickable(candidate) && candidate.role !== 'option')
    .map((candidate) => ({
      candidate,
      score: affordanceScore(goal, candidate, observation, { things, entities, texts, about, rarity, past }),
    }))
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score);
}

/** Words that add nothing to a verb: "Edit details", "Run it". */
const GENERIC = new Set('detail details info information item page this it here file form property all'.split(' ').map(stem));

const LIGHT = new Set('try run make do start get go start perform'.split(' ').map(stem));

/** "Add page" makes a page, and no user. */
const isMadeThere = ({ clause }: Goal, word: string): boolean =>
  clause.meanings.has('create') &&
  KINDS.some((kind) => meaningsOf(word).has(kind)) &&
  clause.object.length > 0 &&
  !clause.object.some((noun) => wordLikeness(noun, word) >= 0.75);

const KINDS = ['n:page', 'n:file', 'n:member', 'n:task', 'n:project', 'n:message', 'n:category', 'n:tag', 'n:key'];

/** "Add new" under "Posts" makes a post, and no category. */
function listsOthers({ clause }: Goal, { context: { heading } }: Candidate): boolean {
  const [kind, more] = content(heading ?? '');
  if (!clause.meanings.has('create') || !kind || more !== undefined || !/s$/i.test(heading!.trim())) return false;
  const isKind = (word: string): boolean => [...meaningsOf(word)].some((meaning) => meaning.startsWith('n:'));
  return isKind(kind) && clause.object.some(isKind) && !clause.object.some((noun) => wordLikeness(noun, kind) >= 0.75);
}

/** "Add new" in a menu that has "Categories", too, makes no category: those have a place of their own. */
const hasItsOwnPlace = ({ clause }: Goal, { context: { landmark } }: Candidate, { candidates }: Observation): boolean =>
  clause.meanings.has('create') &&
  landmark?.startsWith('navigation') === true &&
  candidates.some(({ name, context }) => {
    const [kind, more] = content(name);
    return context.landmark === landmark && kind !== undefined && more === undefined && clause.object.includes(kind);
  });

interface About {
  things: readonly Part[];
  entities: string[];
  texts: string[];
  about: string[];
  rarity: Rarity;
  past: Past;
}

/** What a control says it does: its name; its description where the name says nothing of the kind. A hint on "Create account" speaks of logging in, too. */
function spoken(goal: Goal, candidate: Candidate): { name: string; share: number } {
  const own = candidate.name;
  if (!candidate.description || saysVerb(goal, own) > 0) return { name: own, share: 1 };
  const does = content(own).some((word) => verbsOf(word).size > 0);
  return does ? { name: own, share: 1 } : { name: `${own} ${candidate.description}`, share: own === '' ? 1 : 0.9 };
}

function affordanceScore(goal: Goal, candidate: Candidate, observation: Observation, about: About): number {
  const { name, share } = spoken(goal, candidate);
  const verb = Math.max(share * saysVerb(goal, name), saysState(goal, candidate));
  if (verb === 0 || onlySaysIt(goal, candidate, name, verb)) return 0;
  if (candidate.role === 'link' && onlyLeadsThere(goal, candidate, observation)) return 0;
  if (doesMore(goal, candidate, observation, about.past)) return 0;
  const related = relatedness(goal, candidate, observation, about);
  if (related === 0) return 0;
  const { row, landmark } = candidate.context;
  const inRow = row !== undefined && about.texts.some((text) => rowsNaming(observation, text).includes(row));
  const nouns = nounsOf(goal, name, about.entities);
  const isBare = nouns.length === 0 && !inRow;
  if (isBare && (makesAnotherKind(goal, candidate, about) || listsOthers(goal, candidate) || hasItsOwnPlace(goal, candidate, observation)))
    return 0;
  const fit = nounFit(goal, candidate, { ...about, nouns, inRow });
  const primary = ['button', 'menuitem', 'link'].includes(candidate.role) ? 1 : 0.95;
  return verb * (0.4 + 0.6 * fit) * related * primary * (landmark?.startsWith('contentinfo') ? 0.8 : 1);
}

/** "Spam" in its row, where a comment is to be marked as spam: what it becomes is the whole name of what makes it so. */
const saysState = ({ clause, parts }: Goal, { name, context: { row } }: Candidate): number =>
  row !== undefined &&
  /^(?:mark|flag|report)$/.test(clause.verb) &&
  parts.some(({ role }) => role === 'entity') &&
  parts.some(({ role, value }) => role === 'typed' && /^(?:as|to)$/.test(value.prep) && plain(value.text) === plain(name))
    ? 0.9
    : 0;

/** How a control stands to what the sentence names. "Greta's comment on the menu" is in the row of both, and where nothing is Greta's, no other comment on the menu is hers. */
function relatedness(goal: Goal, candidate: Candidate, observation: Observation, { things, entities, past }: About): number {
  if (things.length === 0) return 1;
  const to = ({ value }: Part): number => relation(observation, candidate, value.text, past);
  const best = Math.max(...things.map(to));
  const { row } = candidate.context;
  if (row === undefined || things.length < 2 || best === 0) return best;
  const both = rowsNamingAll(observation, entities);
  if (both.length > 0 && !both.includes(row)) return 0;
  const direct = things.filter(({ value }) => value.prep === '');
  const unseen =
    direct.length > 0 &&
    direct.every((part) => to(part) === 0 && !inSight(observation, part.value.text)) &&
    things.every((part) => to(part) === 0 || /^(?:on|in|of|under|from|at)$/.test(part.value.prep)) &&
    !makes(goal.clause) &&
    !means(goal.clause, ['assign', 'give', 'move']);
  return unseen ? 0 : best;
}

/** It has the word of the deed in it and does nothing of the kind. */
const onlySaysIt = (goal: Goal, candidate: Candidate, name: string, verb: number): boolean =>
  saysItFaintly(goal, candidate, name) ||
  saysHowItIs(name) ||
  (bringsAbout(goal.clause) && content(name).length === 1 && goal.deeds.includes(content(name)[0]!)) ||
  (candidate.role === 'link' && verb < 1 && /^(?:my|your|all|recent)\b/i.test(candidate.name)) ||
  isTitle(candidate) ||
  leadsToWhatItBecomes(goal, candidate) ||
  (goal.clause.meanings.has('cancel') && plain(candidate.name) === 'cancel' && candidate.context.dialog !== undefined);

/** "Deleted", "Archived": how something is, what is shown of it or how it is written, and nothing that is done. */
const saysHowItIs = (name: string): boolean => /^\p{L}{3,}ed$/iu.test(name.trim()) && stem(plain(name)) !== plain(name);

const onlyLeadsThere = (goal: Goal, candidate: Candidate, { path }: Observation): boolean =>
  isListOf(candidate.name) ||
  countsThose(candidate.name) ||
  isYetToBeMade(goal, candidate) ||
  isMenuLink(candidate) ||
  (candidate.href === path && madeBy(candidate.name).length === 0);

/** It would end, make or change more than the sentence names. */
const doesMore = (goal: Goal, candidate: Candidate, observation: Observation, past: Past): boolean =>
  endsMore(goal, candidate, observation, past) || makesThePlace(goal, candidate.name) || isOfThePlace(goal, candidate, past);

/** What a control says it does something to: its words without the deed, small words and the names of things. */
function nounsOf(goal: Goal, name: string, entities: readonly string[]): string[] {
  const known = new Set(entities.flatMap((text) => content(text)));
  const made = madeBy(name);
  const isDeed = (word: string): boolean =>
    goal.deeds.includes(word) || (!made.includes(word) && [...verbsOf(word)].some((meaning) => goal.clause.meanings.has(meaning)));
  return content(name).filter(
    (word) =>
      word.length > 1 &&
      !known.has(word) &&
      !/\d/.test(word) &&
      !LIGHT.has(word) &&
      !(word === 'mov' && goal.clause.meanings.has('delete')) &&
      !isDeed(word),
  );
}

/** "Add" in the row of units makes no payment. */
const makesAnotherKind = ({ clause }: Goal, { context: { row } }: Candidate, { about }: About): boolean =>
  clause.meanings.has('create') && row !== undefined && clause.object.length > 0 && likeness(about, content(row)).covered === 0;

/** How well what a control does it to is what the sentence does it to, 0 to 1. */
function nounFit(goal: Goal, candidate: Candidate, seen: About & { nouns: readonly string[]; inRow: boolean }): number {
  const { about, texts, entities, rarity, nouns, inRow } = seen;
  if (nouns.every((word) => GENERIC.has(word) && !isMadeThere(goal, word))) {
    if (isOfAnother(candidate, about)) return 0.6;
    if (inRow || entities.length > 0) return 1;
    const { heading, group, dialog, row } = candidate.context;
    const place = [heading, group, dialog, row].filter(Boolean).join(' ');
    if (likeness(about, content(place), rarity).covered <= 0.4) return 0.6;
    // "Add" beside "Users" and beside "User addresses": the row that is called just so.
    const own = content(row ?? '').filter((word) => !['create', 'update', 'delete', 'open'].some((verb) => verbsOf(word).has(verb)));
    return own.length > 0 && likeness(about, own).focused >= 0.99 ? 0.95 : 0.85;
  }
  const isItsName = nouns.every((word) => meaningsOf(word).has('n:name') || meaningsOf(word).has('n:subject'));
  if (goal.clause.meanings.has('rename') && isItsName) return 0.9;
  const wanted = [...about, ...texts.flatMap((text) => content(text)), ...goal.clause.phrases.flatMap((phrase) => phrase.words)];
  if (wanted.length === 0) return 0.6;
  const isOfRow = inRow && !nouns.some((word) => isMadeThere(goal, word)) && !bringsAboutAnother(goal, nouns);
  return Math.max(aboutWhat(goal, about, texts, wanted, nouns, rarity), isOfRow ? 0.7 : 0);
}

/** "Write a review of X", "put X on the wish list": what "Add to basket" in the row of X brings about is not said anywhere. */
function bringsAboutAnother({ clause, parts }: Goal, nouns: readonly string[]): boolean {
  const kinds = new Set(parts.filter(({ role, value }) => role === 'entity' && value.prep === '').flatMap(({ value }) => value.hints));
  // "Make Jo a viewer": what somebody becomes is nothing that is made.
  const becomes = parts
    .filter(({ role, value }) => role === 'typed' && /^(?:to|as)$/.test(value.prep))
    .flatMap(({ value }) => content(value.text));
  const made = clause.object.filter((word) => !kinds.has(word) && !becomes.includes(word));
  const said = [...made, ...clause.phrases.flatMap(({ words }) => words)];
  return (
    (made.length > 0 ? clause.meanings.has('create') : putsInto(clause)) &&
    !nouns.some((noun) => said.some((word) => wordLikeness(word, noun) >= 0.75))
  );
}

/** "Reviewers" in a navigation leads to them, and makes nobody one of them. */
const leadsToWhatItBecomes = (goal: Goal, { name, context }: Candidate): boolean =>
  /^navigation/.test(context.landmark ?? '') &&
  goal.parts.some(({ role, value }) => role === 'typed' && /^(?:to|as)$/.test(value.prep) && holdsPhrase(name, value.text));

/** A title that can be pressed, to rename what it stands over, does not do what it says. */
export const isTitle = ({ role, name, context }: Candidate): boolean =>
  role === 'generic' && [context.heading, context.dialog].some((title) => title !== undefined && plain(title) === plain(name));

/** "Logs", "Orders", "New pages": a link that says it of many leads to their list, and makes none. */
const isListOf = (name: string): boolean =>
  /^(?:(?:new|recent|latest|newest) )?\p{L}+(?<!s)s$/iu.test(name.trim()) && (name.includes(' ') || verbsOf(stem(plain(name))).size > 0);

/** A link at the head of a menu: what it says is done in the menu, to one of the kinds that it lists. */
const isMenuLink = ({ name, popup, href, context: { row } }: Candidate): boolean =>
  popup !== undefined && href !== undefined && row !== undefined && plain(row).startsWith(`${plain(name)} `);

/** A link called "start" leads to a page of that name: words that can be half of many verbs do nothing by themselves there. */
function saysItFaintly({ deeds, clause }: Goal, { role }: Candidate, name: string): boolean {
  const does = content(name).filter((word) => deeds.includes(word) || [...verbsOf(word)].some((meaning) => clause.meanings.has(meaning)));
  return (role === 'link' || role === 'treeitem') && does.length > 0 && does.every((word) => FAINT.has(word) && !deeds.includes(word));
}

const FAINT = new Set('start on off log place hold stop'.split(' ').map(stem));

/** "1 approved comment", "Trash (2)": a link that counts leads to the list of those of which it is so, and does it to none. */
const countsThose = (name: string): boolean => /^\d+ \p{L}|\(\d+\)$/u.test(name.trim());

/** "Change" beside the phone number, where the sentence is about the e-mail. */
const isOfAnother = ({ name, context: { column, row } }: Candidate, about: readonly string[]): boolean =>
  column !== undefined &&
  row === undefined &&
  about.length > 0 &&
  content(name).length === 1 &&
  likeness(about, content(column)).score < 0.5;

/** How well the nouns of a control are what the sentence is about. "Record a payment for the invoice" is no "New invoice": what is made is named first. */
function aboutWhat(
  goal: Goal,
  about: readonly string[],
  texts: readonly string[],
  wanted: readonly string[],
  nouns: readonly string[],
  rarity: Rarity,
): number {
  const whole = likeness(wanted, nouns, rarity).focused;
  // A name, and what its particulars are called, says nothing of the kind of thing that is made.
  const named = new Set([
    ...texts.flatMap((text) => content(text)),
    ...goal.parts.filter(({ role }) => role === 'typed').flatMap(({ value }) => [...content(value.text), ...value.hints]),
  ]);
  if (!goal.clause.meanings.has('create') || goal.clause.object.every((word) => named.has(word))) return whole;
  return Math.max(likeness(about, nouns, rarity).focused, 0.1 * whole);
}
