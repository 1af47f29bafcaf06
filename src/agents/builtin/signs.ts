import { escapeRegExp } from '../../core/escape-regexp.ts';
import type { Candidate } from '../../core/observation.ts';
import { leadsTowards, verbsOf, wordLikeness } from '../lexicon.ts';
import { Rarity } from '../meaning.ts';
import { content, plain } from '../words.ts';
import { isBar } from './bar.ts';
import { inFocus, inSight, relation, rowsNaming, titledBy } from './entity.ts';
import { isTextField } from './field.ts';
import { reachable } from './layout.ts';
import { isMissing } from './missing.ts';
import { type Scene, usedOn } from './move.ts';
import { homeOf, isBelow, placeOf } from './whereabouts.ts';
import type { Value } from './value.ts';
import { entriesOf, isAlike, placesSaid } from './way-said.ts';

/** What is looked for, and how far the page has come to it. */
interface Search {
  scene: Scene;
  /** What the sentence names, but for what is typed. */
  entities: readonly string[];
  /** What is made anew, when something is. */
  fresh: string | undefined;
  /** The page is about something that the sentence names. */
  focused: boolean;
  /** The page shows nothing of what the sentence names. */
  astray: boolean;
  /** The last look led to another page than the one it is on now. */
  reached: boolean;
  /** Ways out of the page of the thing are as good as others. */
  anywhere: boolean;
  rarity: Rarity;
  /** Words for where it is done. */
  places: ReadonlySet<string>;
}

/** Everything on the page that only leads elsewhere, most promising first. */
export function signs(scene: Scene, anywhere = false): { candidate: Candidate; score: number }[] {
  const search = searchIn(scene, anywhere);
  const visited = new Set(scene.turns.map((turn) => placeOf(turn.path)).concat(placeOf(scene.observation.path)));
  // A menu that unfolds may be a link that leads nowhere.
  const isKnown = ({ href, expanded }: Candidate): boolean =>
    href !== undefined && expanded !== false && (scene.followed.has(href) || visited.has(placeOf(href)));
  return reachable(scene.observation)
    .filter((candidate) => leads(candidate, scene) && !usedOn(scene, candidate) && !isKnown(candidate))
    .map((candidate) => ({ candidate, score: promise(candidate, search) }))
    .filter(({ score }) => score >= 0.12)
    .sort((a, b) => b.score - a.score);
}

function searchIn(scene: Scene, anywhere: boolean): Search {
  const { observation, goal, turns } = scene;
  const entities = goal.parts.filter((part) => part.role !== 'typed' && !isAlike(goal, part)).map((part) => part.value.text);
  const focused = goal.parts.some((part) => part.role === 'entity' && inFocus(observation, part.value.text, scene.past));
  const lastLook = turns.findLast((turn, index) => scene.purposes[index] === 'look' && turn.outcome.navigated);
  return {
    scene,
    entities,
    fresh: newThing(scene)?.text,
    focused,
    astray: entities.length > 0 && !focused && !entities.some((entity) => inSight(observation, entity)),
    reached: lastLook !== undefined && lastLook.path !== observation.path,
    anywhere,
    rarity: new Rarity(observation.candidates.map((candidate) => candidate.name)),
    places: placesSaid(goal),
  };
}

/** How likely what the sentence is about lies behind a control, from 0 to about 1.5. */
function promise(candidate: Candidate, search: Search): number {
  const within = isWithin(candidate, search);
  if (isOnesOwn(candidate, search.scene)) return 0.13;
  if (isOfNavigation(candidate) && foldsAway(candidate, search)) return 0.85;
  if (opensEditing(candidate, search)) return 0.7;
  const score = Math.max(byName(candidate, search), byPlace(candidate, search), within ? 0.5 : 0);
  return score * (isInAnotherRow(candidate, search) ? 0.3 : 1) * (!within && leaves(candidate, search) ? 0.4 : 1);
}

/** "Catalogue" over "Products, Categories, Ranges": a folded menu of the navigation that lists things of the kind. */
function foldsAway({ expanded, popup, name, context: { row } }: Candidate, { scene: { goal } }: Search): boolean {
  if (expanded !== false || popup === undefined || row === undefined || !/^(?:do|open)$/.test(goal.kind)) return false;
  const listed = content(row).filter((word) => !content(name).includes(word));
  return goal.clause.object.some((kind) => kind !== goal.clause.verb && listed.some((word) => wordLikeness(kind, word) >= 0.8));
}

/** What there is to say of the thing that the page is about may have its place where the thing is edited. */
const opensEditing = ({ role, name, href }: Candidate, { scene: { goal, observation }, focused }: Search): boolean =>
  focused &&
  role === 'link' &&
  href !== undefined &&
  /^(?:edit|update)$/i.test(name.trim()) &&
  // Who closes a thing has not closed it where only a note was put in.
  ['update', 'comment', 'reply'].some((meaning) => goal.clause.meanings.has(meaning)) &&
  goal.parts.some((part) => part.role === 'typed' && part.needed) &&
  observation.candidates.every((other) => other.role !== role || other.name !== name || other.href === href);

/** "My account", where an account is made for somebody else. */
const isOnesOwn = ({ role, name }: Candidate, { goal: { clause } }: Scene): boolean =>
  role === 'link' &&
  /^(?:my|your)\b/i.test(name.trim()) &&
  clause.meanings.has('create') &&
  !/\b(?:my|me|myself|own|i)\b/i.test(clause.text);

/** What its own words promise. */
function byName(candidate: Candidate, search: Search): number {
  const words = content(candidate.name);
  const does = Math.max(0, ...words.map((word) => verbal(word, search)));
  const said = Math.max(
    namesIt(candidate, search),
    makesIt(candidate, search) ? 1.3 : 0,
    ...words.map((word) => speaksOf(word, words.length, search)),
    isBin(candidate, search.scene) ? 0.85 : 0,
    listsIt(candidate, search) ? 0.75 : 0,
  );
  const there = words.some((word) => search.places.has(word)) ? 0.15 : 0;
  return there + (does >= 0.8 && words.length > 1 && said >= 0.4 ? said + 0.2 : said);
}

/** A menu whose entries are not in sight yet has one for it. */
function listsIt(candidate: Candidate, { scene: { goal }, places }: Search): boolean {
  const named = goal.parts.filter((part) => part.role !== 'typed' || part.value.certain);
  const own = [...named.flatMap((part) => part.value.hints), ...goal.clause.object].filter((word) => word !== goal.clause.verb);
  return entriesOf(candidate).some((word) => own.includes(word) || places.has(word));
}

function namesIt(candidate: Candidate, { scene: { observation }, entities }: Search): number {
  const { row } = candidate.context;
  const fits = entities.map((entity) => {
    if (titledBy(candidate.name, entity) || leadsToCode(candidate, entity)) return 1.3;
    if (row === undefined || !rowsNaming(observation, entity).includes(row)) return 0;
    return MENU.test(plain(candidate.name)) ? 1.25 : 0.9;
  });
  return Math.max(0, ...fits);
}

/** "Roadmap" where no such page is yet: it leads to making it. */
function makesIt(candidate: Candidate, { scene: { goal }, fresh }: Search): boolean {
  if (fresh === undefined || !titledBy(candidate.name, fresh)) return false;
  return isMissing(candidate) || content(candidate.print.near).some((word) => meansIt(word, goal));
}

const meansIt = (word: string, { clause }: Scene['goal']): boolean => [...verbsOf(word)].some((meaning) => clause.meanings.has(meaning));

const verbal = (word: string, { scene: { goal } }: Search): number =>
  Math.max(wordLikeness(goal.clause.verb, word), meansIt(word, goal) ? 0.8 : 0);

/** How much one of its words has to do with what the sentence wishes. */
function speaksOf(word: string, among: number, search: Search): number {
  const { goal } = search.scene;
  const nouns = goal.wish.filter((wish) => wish !== goal.clause.verb);
  const named = goal.parts.filter((part) => part.role !== 'typed' || part.value.certain);
  const own = new Set([...named.flatMap((part) => part.value.hints), ...goal.clause.object]);
  // What the page does to the thing that it is about does not lead to another thing.
  const elsewhere = search.astray && among === 1 ? 0.4 : 1;
  const share = (0.5 + 0.5 * search.rarity.of(word)) * (0.6 + 0.4 / among);
  return Math.max(
    0,
    ...nouns.map((wish) => wordLikeness(wish, word) * share * (search.astray && !own.has(wish) ? 0.6 : 1)),
    (nouns.length > 0 ? 0.45 : 0.7) * verbal(word, search) * elsewhere,
    ...goal.wish.map((wish) => leadsTowards(wish, word) * (wish === goal.clause.verb ? elsewhere : 1)),
  );
}

/** What the place where it stands promises, whatever it is called. */
function byPlace(candidate: Candidate, search: Search): number {
  const { row, landmark = '' } = candidate.context;
  const isFree = row === undefined || isBar(search.scene.observation, row);
  const isMain = /^(?:main|region)/.test(landmark);
  const isClosedMenu = MENU.test(plain(candidate.name)) || (candidate.popup === 'menu' && candidate.expanded !== true);
  return Math.max(
    search.focused && isFree && isMenu(candidate) ? 0.75 : 0,
    isClosedMenu && isFree ? 0.4 + (isMain ? 0.4 * placeFit(candidate, search) : 0) : 0,
    HUB.test(candidate.name) && isFree ? 0.28 : 0,
    candidate.role === 'link' && !/^contentinfo/.test(landmark) && isFree ? 0.13 : 0,
    byOpening(candidate, search),
  );
}

/** Navigation, what unfolds in a row, and tabs. */
function byOpening(candidate: Candidate, search: Search): number {
  if (isOfNavigation(candidate)) return 0.2;
  if (candidate.context.row !== undefined && search.entities.length === 0 && candidate.expanded === false)
    return opensAlike(candidate, search.scene) ? 0 : 0.15;
  if (candidate.role === 'tab' || candidate.expanded === false) return 0.25 + (search.reached ? 0.5 : 0.3) * placeFit(candidate, search);
  return 0;
}

const isOfNavigation = ({ context }: Candidate): boolean => /^navigation|^banner/.test(context.landmark ?? '');

/** How much the place where a menu stands has to do with the goal. */
function placeFit(candidate: Candidate, { scene: { observation, goal }, entities }: Search): number {
  const { heading, landmark } = candidate.context;
  if (entities.some((entity) => titledBy(heading ?? '', entity))) return 1;
  const place = content([heading, landmark, observation.title].filter(Boolean).join(' '));
  const fit = (wish: string, word: string): number => Math.max(wordLikeness(wish, word) >= 0.8 ? 0.9 : 0, leadsTowards(wish, word));
  return Math.max(0, ...goal.wish.flatMap((wish) => place.map((word) => fit(wish, word))));
}

/** Every row has one of these, and that of another row has been opened. */
const opensAlike = (candidate: Candidate, { turns, purposes }: Scene): boolean =>
  turns.some(
    ({ target }, index) =>
      purposes[index] === 'look' &&
      target?.role === candidate.role &&
      target.name === candidate.name &&
      target.row !== undefined &&
      target.row !== candidate.context.row,
  );

function isInAnotherRow(candidate: Candidate, { scene: { observation }, entities }: Search): boolean {
  const { row } = candidate.context;
  return (
    row !== undefined &&
    entriesOf(candidate).length === 0 &&
    entities.length > 0 &&
    !entities.some((entity) => rowsNaming(observation, entity).includes(row)) &&
    !isBar(observation, row)
  );
}

/** Another view of the page that the thing has is still about it. */
const isWithin = ({ href, context }: Candidate, { scene: { goal, observation, past }, focused, entities }: Search): boolean =>
  focused &&
  goal.parts.every((part) => part.role !== 'entity' || inFocus(observation, part.value.text, past)) &&
  href !== undefined &&
  context.row === undefined &&
  (isBelow(href, observation.path, entities) || isBelow(href, homeOf(observation.path, entities), entities));

/** It goes away from the page of the thing. */
const leaves = (candidate: Candidate, { scene, focused, anywhere }: Search): boolean =>
  !anywhere &&
  focused &&
  (isOfNavigation(candidate) || (candidate.role === 'link' && candidate.context.row === undefined && !sharesVerb(candidate, scene)));

/** A button that brings the navigation of the application into sight. */
export const isNavigation = (candidate: Candidate): boolean =>
  isMenu(candidate) && /\b(?:menu|navigation|sidebar)\b|^[☰≡]/i.test(plain(candidate.name));

const isMenu = (candidate: Candidate): boolean =>
  MENU.test(plain(candidate.name)) || (candidate.popup === 'menu' && candidate.expanded !== true);

/** Is it something that only shows more? */
function leads(candidate: Candidate, scene: Scene): boolean {
  const { name, role, popup } = candidate;
  if (name === '' && popup === undefined && candidate.expanded === undefined) return false;
  if (isMissing(candidate) && !scene.goal.clause.meanings.has('create')) return false;
  if (role === 'combobox' || role === 'listbox' || role === 'option' || popup === 'listbox') return false;
  if (/\b(?:sign|log)\s*-?(?:out|off)\b/i.test(name)) return false;
  const meanings = content(name).flatMap((word) => [...verbsOf(word)]);
  if (role === 'link') return linkLeads(candidate, meanings, scene);
  if (sendsFields(candidate, scene)) return false;
  const named = scene.goal.parts.map((part) => ({ role: part.role, text: part.value.text }));
  if (role === 'row')
    return named.some((one) => one.role === 'entity' && rowsNaming(scene.observation, one.text).includes(candidate.context.row ?? ''));
  // What is called as the page itself switches to another, and opens nothing of it.
  if (role === 'generic' && named.some((one) => one.role !== 'typed' && plain(one.text) === plain(name)))
    return !scene.observation.passages.some(({ role: kind, text }) => kind === 'heading' && plain(text) === plain(name));
  const commits = meanings.some((meaning) => COMMITS.has(meaning));
  const isHub = HUB.test(name);
  const isNamedMenu = MENU.test(plain(name));
  // What opens when it is pressed may do something all the same: "Publish" opens its last question.
  if (role === 'button' && popup === undefined && commits && !sharesVerb(candidate, scene) && !isHub && !isNamedMenu) return false;
  if (unfolds(candidate)) return candidate.expanded !== true && candidate.selected !== true;
  if (candidate.print.tag === 'summary' || isNamedMenu) return candidate.expanded !== true;
  return (
    (isOfNavigation(candidate) || (role === 'menuitem' && isHub)) &&
    candidate.context.row === undefined &&
    ['button', 'generic', 'menuitem'].includes(role) &&
    !commits &&
    !(meanings.includes('create') && !sharesNoun(candidate, scene))
  );
}

function linkLeads(candidate: Candidate, meanings: readonly string[], scene: Scene): boolean {
  const { href, name } = candidate;
  if (href === undefined)
    return !meanings.some((meaning) => COMMITS.has(meaning)) && !(meanings.includes('create') && !sharesNoun(candidate, scene));
  const deletes = meanings.includes('delete') && !isBin(candidate, scene) && !mayDelete(candidate, scene);
  return isOwn(href, scene) && !deletes && !/\bdownload\b/i.test(name);
}

/** "Go" beside a list of languages: what is in the form goes off with it. */
const sendsFields = ({ role, form, popup, expanded, print }: Candidate, { observation }: Scene): boolean =>
  role === 'button' &&
  form !== undefined &&
  popup === undefined &&
  expanded === undefined &&
  print.attrs.type !== 'button' &&
  observation.candidates.some((other) => other.form === form && (isTextField(other) || other.options !== undefined));

const unfolds = ({ role, popup, expanded }: Candidate): boolean =>
  ['tab', 'treeitem', 'summary'].includes(role) || popup === 'menu' || popup === 'true' || expanded === false;

/** "team:handbook", under whatever name its link has: what is called by a code is at an address with that code. */
const leadsToCode = ({ href, context }: Candidate, text: string): boolean =>
  /^[\p{L}\d_-]+(?:[:/][\p{L}\d_-]+)+$/u.test(text) &&
  href !== undefined &&
  !/^(?:navigation|banner)/.test(context.landmark ?? '') &&
  new RegExp(`[=/]${escapeRegExp(text)}(?:$|[&#/])`, 'i').test(decodeURIComponent(href.replace(/%(?![\da-f]{2})/gi, '%25')));

/** "from the bin": where what was deleted is listed. Undefined for what is called otherwise. */
function isBin({ name, context }: Candidate, { goal }: Scene): boolean {
  const bare = name.replace(/\s*\(\d+\)$/, '').trim();
  const isNamed = /^(?:trash|bin|recycle bin|rubbish|wastebasket|deleted items?)$/i.test(bare);
  if (!isNamed || (context.row !== undefined && bare === name.trim())) return false;
  return goal.clause.meanings.has('undo') || goal.wish.some((word) => /^(?:bin|trash|rubbish)$/.test(word));
}

/** What deletes is not tried out to see what it does: only that of the very thing is gone to, and what names a place of such things, "Deleted items". */
function mayDelete(candidate: Candidate, { goal, observation, past }: Scene): boolean {
  if (!goal.clause.meanings.has('delete')) return false;
  const things = goal.parts.filter((part) => part.role === 'entity' && part.value.prep === '').map((part) => part.value.text);
  if (things.length === 0 || /\b(?:deleted|removed|discarded)\b/i.test(candidate.name))
    return candidate.context.row === undefined || things.length === 0;
  return things.some((text) => relation(observation, candidate, text, past) > 0);
}

const sharesVerb = (candidate: Candidate, { goal }: Scene): boolean =>
  content(candidate.name).some((word) => [...verbsOf(word)].some((meaning) => goal.clause.meanings.has(meaning)));

const sharesNoun = (candidate: Candidate, { goal }: Scene): boolean =>
  content(candidate.name).some((word) => goal.wish.some((wish) => wish !== goal.clause.verb && wordLikeness(wish, word) >= 0.8));

function isOwn(href: string, scene: Scene): boolean {
  if (/^(?:mailto|tel|javascript|data|blob):/i.test(href)) return false;
  if (/^https?:/i.test(href)) return href.startsWith(originOf(scene.observation.url));
  return true;
}

const originOf = (url: string): string => /^https?:\/\/[^/]+/i.exec(url)?.[0] ?? url;

const MENU =
  /^(?:☰|≡|⋯|…|⋮|\.\.\.|more|menu|(?:open |show |main |toggle )?(?:navigation|menu|sidebar)|(?:more |row |show )?(?:actions?|options?)|manage|overflow|kebab)\b/i;

const HUB = /\b(?:settings?|admin(?:istration)?|account|manage|preferences|profile|dashboard|home|overview|tools?|special)\b/i;

const COMMITS = new Set([
  'delete',
  'signout',
  'send',
  'post',
  'pay',
  'book',
  'block',
  'accept',
  'decline',
  'confirm',
  'cancel',
  'upgrade',
  'downgrade',
  'revoke',
  'archive',
  'retry',
  'star',
  'follow',
  'update',
  'reply',
  'approve',
  'export',
  'import',
  'download',
  'sync',
  'reset',
  'give',
  'move',
  'copy',
  'pause',
  'resume',
  'enable',
  'disable',
  'complete',
  'promote',
]);

/** The name of what is to be made, where it has one: some applications make a thing where it was looked for and not found. */
export const newThing = ({ goal }: Scene): Value | undefined =>
  goal.clause.meanings.has('create')
    ? goal.parts.find(
        (part) =>
          part.role === 'typed' &&
          part.value.certain &&
          part.value.kind === 'text' &&
          (part.value.prep === '' || /^(?:called|named|titled)$/.test(part.value.prep)),
      )?.value
    : undefined;
