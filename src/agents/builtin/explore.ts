import type { Candidate } from '../../core/observation.ts';
import { escapeRegExp } from '../../core/escape-regexp.ts';
import { looksBusy } from '../busy.ts';
import { describe } from '../identity.ts';
import { leadsTowards, verbsOf, wordLikeness } from '../lexicon.ts';
import { Rarity } from '../meaning.ts';
import { content, plain } from '../words.ts';
import { uncover } from './blocker.ts';
import { inFocus, inSight, relation, rowsNaming, titledBy } from './entity.ts';
import { isSearchField, isTextField } from './field.ts';
import { reachable } from './layout.ts';
import { leafOn } from './leaf.ts';
import { isMissing } from './missing.ts';
import { reveal } from './reveal.ts';
import { act, click, type Move, type Scene, usedOn } from './move.ts';
import type { Value } from './value.ts';

/** "On the page X, edit the section Y": X is gone to first. */
const isPlace = ({ prep, certain }: Value): boolean => certain && /^(?:on|in|of|at)$/.test(prep);

/** Looks around at most this often for one goal. */
const LOOKS = 18;
const MENU = /^(?:☰|≡|⋯|…|⋮|\.\.\.|more|menu|(?:open |show |main |toggle )?(?:navigation|menu|sidebar)|(?:more |row |show )?(?:actions?|options?)|manage|overflow|kebab)\b/i;
const HUB = /\b(?:settings?|admin(?:istration)?|account|manage|preferences|profile|dashboard|home|overview|tools?|special)\b/i;
const PAGER = /^(?:next(?: page)?|older|more|load more|show more|see more|view all|show all|see all|›|»|>|→)$/i;
const COMMITS = new Set(['delete', 'signout', 'send', 'post', 'pay', 'book', 'block', 'accept', 'decline', 'confirm', 'cancel', 'upgrade', 'downgrade', 'revoke', 'archive', 'retry', 'star', 'follow', 'update', 'reply', 'approve', 'export', 'import', 'download', 'sync', 'reset', 'give', 'move', 'copy', 'pause', 'resume', 'enable', 'disable', 'complete', 'promote']);

/** Opens what may lead to where the goal can be reached. Looks only: links, tabs, menus, more of a list; never a control that does something. */
export function explore(scene: Scene): Move {
  const { observation, goal, turns, purposes } = scene;
  const looks = purposes.filter((purpose) => purpose === 'look').length;
  const nothing: Move = { is: 'stuck', why: `no way was found to ${goal.clause.text}` };
  if (looksBusy(observation) && turns.at(-1)?.action.kind !== 'wait') return act({ kind: 'wait' }, 'wait', 'the page is still loading');
  if (looks >= LOOKS) return nothing;
  const missing = goal.parts.filter((part) => part.role === 'entity' && !inSight(observation, part.value.text) && !inFocus(observation, part.value.text, scene.past)).map((part) => part.value).sort((a, b) => Number(isPlace(b)) - Number(isPlace(a)));
  const shown = reveal(scene);
  if (shown) return shown;
  const near = signs(scene);
  // Where nothing of the thing's own page leads on, the rest of the application may.
  const ranked = near.length > 0 ? near : signs(scene, true);
  const [best] = ranked;
  const found = best && best.score >= 0.6 && !isList(scene) ? undefined : seek(scene, missing.map((value) => value.text));
  if (found) return found;
  const further = best && best.score >= 0.8 ? undefined : leafOn(scene);
  if (further) return further;
  const fresh = newThing(scene);
  if (!best || (looks >= 3 && fresh && best.score < 1) || !(isNavigation(best.candidate) && best.score >= 0.4) && best.score < (missing.some((value) => value.hints.length === 0) ? 0.6 : 0.45)) {
    const search = lookUp(scene, missing[0] ?? (best && best.score >= 0.25 && looks < 3 ? undefined : fresh));
    if (search) return search;
  }
  const cleared = best?.candidate.coveredBy === undefined ? undefined : uncover(scene, best.candidate);
  if (cleared?.is === 'act') return cleared;
  if (best) return click(best.candidate, 'look', `${describe(best.candidate)} may lead to where one can ${goal.clause.text}`, Math.min(0.7, 0.3 + best.score / 2));
  const lastLook = turns.findLastIndex((turn, index) => purposes[index] === 'look' && turn.outcome.navigated && turn.action.kind !== 'back');
  const backs = turns.slice(lastLook + 1).filter((turn) => turn.action.kind === 'back').length;
  if (lastLook >= 0 && backs === 0) return act({ kind: 'back' }, 'look', 'nothing here leads on');
  return nothing;
}

/** Finds a thing in a long list: the list's own search field, then its next page, then further down. */
function seek(scene: Scene, missing: readonly string[]): Move | undefined {
  const { observation, turns, goal } = scene;
  const [text] = missing;
  if (text === undefined) return undefined;
  const value = goal.parts.find((part) => part.value.text === text)!.value;
  const here = turns.filter((turn) => turn.path === observation.path);
  const field = reachable(observation).find((candidate) => isTextField(candidate) && isSearchField(candidate) && /^(?:main|region)/.test(candidate.context.landmark ?? 'main') && !/^(?:header|nav)\b/.test(candidate.print.path));
  if (field && value.kind !== 'secret') {
    const filled = here.some((turn) => turn.action.kind === 'fill' && turn.target?.name === field.name);
    if (!filled) return act({ kind: 'fill', target: field.id, value: value.ref }, 'look', `“${text}” is looked for in ${describe(field)}`, field, 0.6);
    if (!here.some((turn) => turn.action.kind === 'press')) return act({ kind: 'press', key: 'Enter', target: field.id }, 'look', `“${text}” is looked for`, field, 0.6);
  }
  if (!isList(scene)) return undefined;
  const pager = reachable(observation).find((candidate) => PAGER.test(plain(candidate.name)) && !candidate.disabled && candidate.popup === undefined && candidate.expanded === undefined && candidate.pressed === undefined && candidate.checked === undefined && (candidate.role === 'link' || candidate.role === 'button'));
  if (pager && !turns.some((turn) => turn.digest === observation.digest && turn.target?.name === pager.name)) return click(pager, 'look', `“${text}” may be further on in the list`, 0.6);
  const numbered = pages(scene);
  if (numbered) return click(numbered, 'look', `“${text}” may be on another page of the list`, 0.6);
  const more = observation.repeats.some((repeat) => repeat.shown < repeat.count) || (observation.cut.length > 0 && observation.repeats.length > 0);
  if (more && !turns.some((turn) => turn.action.kind === 'scroll' && turn.digest === observation.digest)) return act({ kind: 'scroll', direction: 'down' }, 'look', `“${text}” may be further down`);
  return undefined;
}

/** "1 2 3" under a list: the next of its pages that has not been looked at. */
function pages({ observation, turns }: Scene): Candidate | undefined {
  const number = (name: string): number | undefined => (/^(?:go to )?(?:page )?(\d{1,3})$/i.exec(name.trim()) ? Number(/\d+/.exec(name)![0]) : undefined);
  const looked = turns.flatMap((turn) => (turn.action.kind === 'click' && turn.target && /^(?:link|button)$/.test(turn.target.role) ? (number(turn.target.name) ?? []) : []));
  return reachable(observation)
    .filter((candidate) => (candidate.role === 'link' || candidate.role === 'button') && candidate.context.row === undefined && candidate.context.dialog === undefined && !candidate.disabled && (/[?&/]p(?:age)?[=/]?\d/i.test(candidate.href ?? '') || /pag(?:e|ination)/i.test(`${candidate.context.landmark ?? ''} ${candidate.name}`)))
    .filter((candidate) => (number(candidate.name) ?? 0) > Math.max(1, ...looked))
    .sort((a, b) => number(a.name)! - number(b.name)!)[0];
}

/** The name of what is to be made, where it has one: some applications make a thing where it was looked for and not found. */
const newThing = ({ goal }: Scene): Value | undefined => (goal.clause.meanings.has('create') ? goal.parts.find((part) => part.role === 'typed' && part.value.certain && part.value.kind === 'text' && (part.value.prep === '' || /^(?:called|named|titled)$/.test(part.value.prep)))?.value : undefined);

/** The search of the whole application, once for each goal: it shows, and changes nothing. */
function lookUp(scene: Scene, value: Value | undefined): Move | undefined {
  if (!value || value.kind === 'secret') return undefined;
  const { observation, turns } = scene;
  const field = reachable(observation).find((candidate) => isTextField(candidate) && isSearchField(candidate));
  if (!field) return undefined;
  const filled = turns.findLastIndex((turn) => turn.action.kind === 'fill' && turn.target?.name === field.name && turn.target.role === field.role);
  if (filled < 0) return act({ kind: 'fill', target: field.id, value: value.ref }, 'look', `“${value.text}” is looked for in ${describe(field)}`, field, 0.5);
  if (!turns.slice(filled).some((turn) => turn.action.kind === 'press') && plain(field.value ?? '') === plain(value.text)) return act({ kind: 'press', key: 'Enter', target: field.id }, 'look', `“${value.text}” is looked for`, field, 0.5);
  return undefined;
}

/** What was typed into a search to look for something is sent before anything else. */
export function finishLookUp({ observation, turns, purposes }: Scene): Move | undefined {
  const last = turns.at(-1);
  if (purposes.at(-1) !== 'look' || last?.action.kind !== 'fill' || !last.outcome.ok) return undefined;
  const field = reachable(observation).find((candidate) => isTextField(candidate) && isSearchField(candidate) && candidate.name === last.target?.name && (candidate.value ?? '') !== '');
  return field && act({ kind: 'press', key: 'Enter', target: field.id }, 'look', `“${field.value}” is looked for`, field, 0.6);
}

/** Is this page a list of the kind of thing that is looked for? */
function isList({ goal, observation }: Scene): boolean {
  const nouns = goal.wish.filter((word) => word !== goal.clause.verb);
  return nouns.length === 0 ? observation.repeats.length > 0 : [observation.title, ...observation.passages.filter((passage) => passage.role === 'heading' && passage.context.row === undefined).map((passage) => passage.text)].some((title) => content(title).some((word) => nouns.some((wish) => wordLikeness(wish, word) >= 0.8 || leadsTowards(wish, word) >= 0.55)));
}

/** Everything on the page that only leads elsewhere, most promising first. */
function signs(scene: Scene, anywhere = false): { candidate: Candidate; score: number }[] {
  const { observation, goal, turns } = scene;
  const rarity = new Rarity(observation.candidates.map((candidate) => candidate.name));
  const entities = goal.parts.filter((part) => part.role !== 'typed').map((part) => part.value.text);
  const focused = goal.parts.some((part) => part.role === 'entity' && inFocus(observation, part.value.text, scene.past));
  const astray = entities.length > 0 && !focused && !entities.some((entity) => inSight(observation, entity));
  const fresh = newThing(scene)?.text;
  const visited = new Set(turns.map((turn) => placeOf(turn.path)));
  const lastLook = turns.findLast((turn, index) => scene.purposes[index] === 'look' && turn.outcome.navigated);
  const reached = lastLook !== undefined && lastLook.path !== observation.path;
  return reachable(observation)
    .filter((candidate) => leads(candidate, scene) && !usedOn(scene, candidate) && !(candidate.href !== undefined && (scene.followed.has(candidate.href) || visited.has(placeOf(candidate.href)) || placeOf(candidate.href) === placeOf(observation.path))))
    .map((candidate) => ({ candidate, score: promise(candidate) }))
    .filter(({ score }) => score >= 0.12)
    .sort((a, b) => b.score - a.score);

  /** How much the place where a menu stands has to do with the goal. */
  function placeFit(candidate: Candidate): number {
    const place = content([candidate.context.heading, candidate.context.landmark, observation.title].filter(Boolean).join(' '));
    if (entities.some((entity) => titledBy(candidate.context.heading ?? '', entity))) return 1;
    return Math.max(0, ...goal.wish.flatMap((wish) => place.map((word) => Math.max(wordLikeness(wish, word) >= 0.8 ? 0.9 : 0, leadsTowards(wish, word)))));
  }

  /** Every row has one of these, and that of another row has been opened. */
  function opensAlike(candidate: Candidate): boolean {
    return turns.some((turn, index) => scene.purposes[index] === 'look' && turn.target?.role === candidate.role && turn.target.name === candidate.name && turn.target.row !== undefined && turn.target.row !== candidate.context.row);
  }

  function promise(candidate: Candidate): number {
    const words = content(candidate.name);
    let score = 0;
    for (const entity of entities) {
      if (titledBy(candidate.name, entity) || leadsToCode(candidate, entity)) score = Math.max(score, 1.3);
      else if (candidate.context.row !== undefined && rowsNaming(observation, entity).includes(candidate.context.row)) score = Math.max(score, MENU.test(plain(candidate.name)) ? 1.25 : 0.9);
    }
    if (fresh !== undefined && titledBy(candidate.name, fresh) && (isMissing(candidate) || content(candidate.print.near).some((word) => [...verbsOf(word)].some((meaning) => goal.clause.meanings.has(meaning))))) score = 1.3;
    const nouns = goal.wish.filter((word) => word !== goal.clause.verb);
    const own = new Set(goal.parts.filter((part) => part.role !== 'typed' || part.value.certain).flatMap((part) => part.value.hints).concat(goal.clause.object));
    // What the page does to the thing that it is about does not lead to another thing.
    const elsewhere = astray && words.length === 1 ? 0.4 : 1;
    let does = 0;
    for (const word of words) {
      for (const wish of nouns) score = Math.max(score, wordLikeness(wish, word) * (0.5 + 0.5 * rarity.of(word)) * (0.6 + 0.4 / words.length) * (astray && !own.has(wish) ? 0.6 : 1));
      const verbal = Math.max(wordLikeness(goal.clause.verb, word), [...verbsOf(word)].some((meaning) => goal.clause.meanings.has(meaning)) ? 0.8 : 0);
      does = Math.max(does, verbal);
      score = Math.max(score, (nouns.length > 0 ? 0.45 : 0.7) * verbal * elsewhere);
      for (const wish of goal.wish) score = Math.max(score, leadsTowards(wish, word) * (wish === goal.clause.verb ? elsewhere : 1));
    }
    if (isBin(candidate, scene)) score = Math.max(score, 0.85);
    if (does >= 0.8 && words.length > 1 && score >= 0.4) score += 0.2;
    if (focused && candidate.context.row === undefined && isMenu(candidate)) score = Math.max(score, 0.75);
    if (MENU.test(plain(candidate.name)) || (candidate.popup === 'menu' && candidate.expanded !== true)) score = Math.max(score, candidate.context.row === undefined ? 0.4 + (/^(?:main|region)/.test(candidate.context.landmark ?? '') ? 0.4 * placeFit(candidate) : 0) : 0);
    if (HUB.test(candidate.name) && candidate.context.row === undefined) score = Math.max(score, 0.28);
    if (candidate.role === 'link' && !/^contentinfo/.test(candidate.context.landmark ?? '') && candidate.context.row === undefined) score = Math.max(score, 0.13);
    if (/^navigation|^banner/.test(candidate.context.landmark ?? '')) score = Math.max(score, 0.2);
    else if (candidate.context.row !== undefined && entities.length === 0 && candidate.expanded === false) score = Math.max(score, opensAlike(candidate) ? 0 : 0.15);
    else if (candidate.role === 'tab' || candidate.expanded === false) score = Math.max(score, 0.25 + (reached ? 0.5 : 0.3) * placeFit(candidate));
    const otherRow = candidate.context.row !== undefined && entities.length > 0 && !entities.some((entity) => rowsNaming(observation, entity).includes(candidate.context.row!));
    // Another view of the page that the thing has is still about it.
    const within = focused && goal.parts.every((part) => part.role !== 'entity' || inFocus(observation, part.value.text, scene.past)) && candidate.href !== undefined && candidate.context.row === undefined && isBelow(candidate.href, observation.path, entities);
    if (within) score = Math.max(score, 0.5);
    const leaves = !anywhere && focused && !within && (/^navigation|^banner/.test(candidate.context.landmark ?? '') || (candidate.role === 'link' && candidate.context.row === undefined && !sharesVerb(candidate, scene)));
    return score * (otherRow ? 0.3 : 1) * (leaves ? 0.4 : 1);
  }
}

/** A button that brings the navigation of the application into sight. */
const isNavigation = (candidate: Candidate): boolean => isMenu(candidate) && /\b(?:menu|navigation|sidebar)\b|^[☰≡]/i.test(plain(candidate.name));

const isMenu = (candidate: Candidate): boolean => MENU.test(plain(candidate.name)) || (candidate.popup === 'menu' && candidate.expanded !== true);


/** Is it something that only shows more? */
function leads(candidate: Candidate, scene: Scene): boolean {
  if (candidate.name === '' && candidate.popup === undefined && candidate.expanded === undefined) return false;
  if (isMissing(candidate) && !scene.goal.clause.meanings.has('create')) return false;
  if (candidate.role === 'combobox' || candidate.role === 'listbox' || candidate.popup === 'listbox') return false;
  const meanings = content(candidate.name).flatMap((word) => [...verbsOf(word)]);
  if (/\b(?:sign|log)\s*-?(?:out|off)\b/i.test(candidate.name)) return false;
  if (candidate.role === 'link' && candidate.href !== undefined) return isOwn(candidate.href, scene) && !(isBin(candidate, scene) === undefined && meanings.includes('delete') && !mayDelete(candidate, scene)) && !/\bdownload\b/i.test(candidate.name);
  if (candidate.role === 'link' && candidate.href === undefined) return !meanings.some((meaning) => COMMITS.has(meaning)) && !(meanings.includes('create') && !sharesNoun(candidate, scene));
  if (candidate.role === 'row') return scene.goal.parts.some((part) => part.role === 'entity' && rowsNaming(scene.observation, part.value.text).includes(candidate.context.row ?? ''));
  if (candidate.role === 'generic' && scene.goal.parts.some((part) => part.role !== 'typed' && plain(part.value.text) === plain(candidate.name))) return true;
  // What opens when it is pressed may do something all the same: "Publish" opens its last question.
  if (candidate.role === 'button' && candidate.popup === undefined && meanings.some((meaning) => COMMITS.has(meaning)) && !sharesVerb(candidate, scene) && !HUB.test(candidate.name) && !MENU.test(plain(candidate.name))) return false;
  if (candidate.role === 'option') return false;
  if (candidate.role === 'tab' || candidate.role === 'treeitem' || candidate.popup === 'menu' || candidate.popup === 'true' || candidate.expanded === false || candidate.role === 'summary') return candidate.expanded !== true && candidate.selected !== true && candidate.popup !== 'listbox';
  if (candidate.print.tag === 'summary' || MENU.test(plain(candidate.name))) return candidate.expanded !== true;
  const navigates = /^navigation|^banner/.test(candidate.context.landmark ?? '') || (candidate.role === 'menuitem' && HUB.test(candidate.name));
  return navigates && candidate.context.row === undefined && (candidate.role === 'button' || candidate.role === 'generic' || candidate.role === 'menuitem') && !meanings.some((meaning) => COMMITS.has(meaning)) && !(meanings.includes('create') && !sharesNoun(candidate, scene));
}

/** "team:handbook", under whatever name its link has: what is called by a code is at an address with that code. */
const leadsToCode = ({ href, context }: Candidate, text: string): boolean => /^[\p{L}\d_-]+(?:[:/][\p{L}\d_-]+)+$/u.test(text) && href !== undefined && !/^(?:navigation|banner)/.test(context.landmark ?? '') && new RegExp(`[=/]${escapeRegExp(text)}(?:$|[&#/])`, 'i').test(decodeURIComponent(href.replace(/%(?![\da-f]{2})/gi, '%25')));

/** "from the bin": where what was deleted is listed. Undefined for what is called otherwise. */
function isBin({ name, context }: Candidate, { goal }: Scene): boolean | undefined {
  const bare = name.replace(/\s*\(\d+\)$/, '').trim();
  if (!/^(?:trash|bin|recycle bin|rubbish|wastebasket|deleted items?)$/i.test(bare) || !(bare !== name.trim() || context.row === undefined)) return undefined;
  return goal.clause.meanings.has('undo') || goal.wish.some((word) => /^(?:bin|trash|rubbish)$/.test(word)) ? true : undefined;
}

/** What deletes is not tried out to see what it does: only that of the very thing is gone to, and what names a place of such things, "Deleted items". */
function mayDelete(candidate: Candidate, { goal, observation, past }: Scene): boolean {
  if (!goal.clause.meanings.has('delete')) return false;
  const things = goal.parts.filter((part) => part.role === 'entity' && part.value.prep === '').map((part) => part.value.text);
  if (things.length === 0 || /\b(?:deleted|removed|discarded)\b/i.test(candidate.name)) return candidate.context.row === undefined || things.length === 0;
  return things.some((text) => relation(observation, candidate, text, past) > 0);
}

const sharesVerb = (candidate: Candidate, { goal }: Scene): boolean => content(candidate.name).some((word) => [...verbsOf(word)].some((meaning) => goal.clause.meanings.has(meaning)));

const sharesNoun = (candidate: Candidate, { goal }: Scene): boolean => content(candidate.name).some((word) => goal.wish.some((wish) => wish !== goal.clause.verb && wordLikeness(wish, word) >= 0.8));

function isOwn(href: string, scene: Scene): boolean {
  if (/^(?:mailto|tel|javascript|data|blob):/i.test(href)) return false;
  if (/^https?:/i.test(href)) return href.startsWith(originOf(scene.observation.url));
  return true;
}

const originOf = (url: string): string => /^https?:\/\/[^/]+/i.exec(url)?.[0] ?? url;
/** The same path whose query says more, or a path that goes on from it; a first page has everything below it, and one of results is about what was looked for. */
function isBelow(href: string, path: string, texts: readonly string[]): boolean {
  const [there, here] = [placeOf(href), placeOf(path)].map((place) => new URL(place, 'http://page.test'));
  const own = [...here!.searchParams];
  if (own.some(([, value]) => texts.some((text) => plain(value) === plain(text)))) return false;
  const [far, near] = [there!, here!].map((url) => url.pathname.replace(/\/$/, ''));
  return near !== '' && (far === near ? /[?#]/.test(href) && own.every(([name, value]) => there!.searchParams.get(name) === value) : far!.startsWith(`${near}/`));
}

/** Path, query and fragment: many applications tell their pages apart by one of them alone. */
const placeOf = (href: string): string => href.replace(/^https?:\/\/[^/]+/, '').replace(/#$/, '').replace(/^(?=#)/, '/') || '/';
