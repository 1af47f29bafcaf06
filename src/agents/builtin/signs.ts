import { escapeRegExp } from '../../core/escape-regexp.ts';
import type { Candidate } from '../../core/observation.ts';
import { leadsTowards, verbsOf, wordLikeness } from '../lexicon.ts';
import { Rarity } from '../meaning.ts';
import { content, plain } from '../words.ts';
import { inFocus, inSight, relation, rowsNaming, titledBy } from './entity.ts';
import { reachable } from './layout.ts';
import { isMissing } from './missing.ts';
import { type Scene, usedOn } from './move.ts';
import type { Value } from './value.ts';

/** Everything on the page that only leads elsewhere, most promising first. */
export function signs(scene: Scene, anywhere = false): { candidate: Candidate; score: number }[] {
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
    .filter(
      (candidate) =>
        leads(candidate, scene) &&
        !usedOn(scene, candidate) &&
        !(
          candidate.href !== undefined &&
          (scene.followed.has(candidate.href) ||
            visited.has(placeOf(candidate.href)) ||
            placeOf(candidate.href) === placeOf(observation.path))
        ),
    )
    .map((candidate) => ({ candidate, score: promise(candidate) }))
    .filter(({ score }) => score >= 0.12)
    .sort((a, b) => b.score - a.score);

  /** How much the place where a menu stands has to do with the goal. */
  function placeFit(candidate: Candidate): number {
    const place = content([candidate.context.heading, candidate.context.landmark, observation.title].filter(Boolean).join(' '));
    if (entities.some((entity) => titledBy(candidate.context.heading ?? '', entity))) return 1;
    return Math.max(
      0,
      ...goal.wish.flatMap((wish) => place.map((word) => Math.max(wordLikeness(wish, word) >= 0.8 ? 0.9 : 0, leadsTowards(wish, word)))),
    );
  }

  /** Every row has one of these, and that of another row has been opened. */
  function opensAlike(candidate: Candidate): boolean {
    return turns.some(
      (turn, index) =>
        scene.purposes[index] === 'look' &&
        turn.target?.role === candidate.role &&
        turn.target.name === candidate.name &&
        turn.target.row !== undefined &&
        turn.target.row !== candidate.context.row,
    );
  }

  function promise(candidate: Candidate): number {
    const words = content(candidate.name);
    let score = 0;
    for (const entity of entities) {
      if (titledBy(candidate.name, entity) || leadsToCode(candidate, entity)) score = Math.max(score, 1.3);
      else if (candidate.context.row !== undefined && rowsNaming(observation, entity).includes(candidate.context.row))
        score = Math.max(score, MENU.test(plain(candidate.name)) ? 1.25 : 0.9);
    }
    if (
      fresh !== undefined &&
      titledBy(candidate.name, fresh) &&
      (isMissing(candidate) ||
        content(candidate.print.near).some((word) => [...verbsOf(word)].some((meaning) => goal.clause.meanings.has(meaning))))
    )
      score = 1.3;
    const nouns = goal.wish.filter((word) => word !== goal.clause.verb);
    const own = new Set(
      goal.parts
        .filter((part) => part.role !== 'typed' || part.value.certain)
        .flatMap((part) => part.value.hints)
        .concat(goal.clause.object),
    );
    // What the page does to the thing that it is about does not lead to another thing.
    const elsewhere = astray && words.length === 1 ? 0.4 : 1;
    let does = 0;
    for (const word of words) {
      for (const wish of nouns)
        score = Math.max(
          score,
          wordLikeness(wish, word) * (0.5 + 0.5 * rarity.of(word)) * (0.6 + 0.4 / words.length) * (astray && !own.has(wish) ? 0.6 : 1),
        );
      const verbal = Math.max(
        wordLikeness(goal.clause.verb, word),
        [...verbsOf(word)].some((meaning) => goal.clause.meanings.has(meaning)) ? 0.8 : 0,
      );
      does = Math.max(does, verbal);
      score = Math.max(score, (nouns.length > 0 ? 0.45 : 0.7) * verbal * elsewhere);
      for (const wish of goal.wish) score = Math.max(score, leadsTowards(wish, word) * (wish === goal.clause.verb ? elsewhere : 1));
    }
    if (isBin(candidate, scene)) score = Math.max(score, 0.85);
    if (does >= 0.8 && words.length > 1 && score >= 0.4) score += 0.2;
    if (focused && candidate.context.row === undefined && isMenu(candidate)) score = Math.max(score, 0.75);
    if (MENU.test(plain(candidate.name)) || (candidate.popup === 'menu' && candidate.expanded !== true))
      score = Math.max(
        score,
        candidate.context.row === undefined
          ? 0.4 + (/^(?:main|region)/.test(candidate.context.landmark ?? '') ? 0.4 * placeFit(candidate) : 0)
          : 0,
      );
    if (HUB.test(candidate.name) && candidate.context.row === undefined) score = Math.max(score, 0.28);
    if (candidate.role === 'link' && !/^contentinfo/.test(candidate.context.landmark ?? '') && candidate.context.row === undefined)
      score = Math.max(score, 0.13);
    if (/^navigation|^banner/.test(candidate.context.landmark ?? '')) score = Math.max(score, 0.2);
    else if (candidate.context.row !== undefined && entities.length === 0 && candidate.expanded === false)
      score = Math.max(score, opensAlike(candidate) ? 0 : 0.15);
    else if (candidate.role === 'tab' || candidate.expanded === false)
      score = Math.max(score, 0.25 + (reached ? 0.5 : 0.3) * placeFit(candidate));
    const otherRow =
      candidate.context.row !== undefined &&
      entities.length > 0 &&
      !entities.some((entity) => rowsNaming(observation, entity).includes(candidate.context.row!));
    // Another view of the page that the thing has is still about it.
    const within =
      focused &&
      goal.parts.every((part) => part.role !== 'entity' || inFocus(observation, part.value.text, scene.past)) &&
      candidate.href !== undefined &&
      candidate.context.row === undefined &&
      isBelow(candidate.href, observation.path, entities);
    if (within) score = Math.max(score, 0.5);
    const leaves =
      !anywhere &&
      focused &&
      !within &&
      (/^navigation|^banner/.test(candidate.context.landmark ?? '') ||
        (candidate.role === 'link' && candidate.context.row === undefined && !sharesVerb(candidate, scene)));
    return score * (otherRow ? 0.3 : 1) * (leaves ? 0.4 : 1);
  }
}

/** A button that brings the navigation of the application into sight. */
export const isNavigation = (candidate: Candidate): boolean =>
  isMenu(candidate) && /\b(?:menu|navigation|sidebar)\b|^[☰≡]/i.test(plain(candidate.name));

const isMenu = (candidate: Candidate): boolean =>
  MENU.test(plain(candidate.name)) || (candidate.popup === 'menu' && candidate.expanded !== true);

/** Is it something that only shows more? */
function leads(candidate: Candidate, scene: Scene): boolean {
  if (candidate.name === '' && candidate.popup === undefined && candidate.expanded === undefined) return false;
  if (isMissing(candidate) && !scene.goal.clause.meanings.has('create')) return false;
  if (candidate.role === 'combobox' || candidate.role === 'listbox' || candidate.popup === 'listbox') return false;
  const meanings = content(candidate.name).flatMap((word) => [...verbsOf(word)]);
  if (/\b(?:sign|log)\s*-?(?:out|off)\b/i.test(candidate.name)) return false;
  if (candidate.role === 'link' && candidate.href !== undefined)
    return (
      isOwn(candidate.href, scene) &&
      !(isBin(candidate, scene) === undefined && meanings.includes('delete') && !mayDelete(candidate, scene)) &&
      !/\bdownload\b/i.test(candidate.name)
    );
  if (candidate.role === 'link' && candidate.href === undefined)
    return !meanings.some((meaning) => COMMITS.has(meaning)) && !(meanings.includes('create') && !sharesNoun(candidate, scene));
  if (candidate.role === 'row')
    return scene.goal.parts.some(
      (part) => part.role === 'entity' && rowsNaming(scene.observation, part.value.text).includes(candidate.context.row ?? ''),
    );
  if (
    candidate.role === 'generic' &&
    scene.goal.parts.some((part) => part.role !== 'typed' && plain(part.value.text) === plain(candidate.name))
  )
    return true;
  // What opens when it is pressed may do something all the same: "Publish" opens its last question.
  if (
    candidate.role === 'button' &&
    candidate.popup === undefined &&
    meanings.some((meaning) => COMMITS.has(meaning)) &&
    !sharesVerb(candidate, scene) &&
    !HUB.test(candidate.name) &&
    !MENU.test(plain(candidate.name))
  )
    return false;
  if (candidate.role === 'option') return false;
  if (
    candidate.role === 'tab' ||
    candidate.role === 'treeitem' ||
    candidate.popup === 'menu' ||
    candidate.popup === 'true' ||
    candidate.expanded === false ||
    candidate.role === 'summary'
  )
    return candidate.expanded !== true && candidate.selected !== true && candidate.popup !== 'listbox';
  if (candidate.print.tag === 'summary' || MENU.test(plain(candidate.name))) return candidate.expanded !== true;
  const navigates =
    /^navigation|^banner/.test(candidate.context.landmark ?? '') || (candidate.role === 'menuitem' && HUB.test(candidate.name));
  return (
    navigates &&
    candidate.context.row === undefined &&
    (candidate.role === 'button' || candidate.role === 'generic' || candidate.role === 'menuitem') &&
    !meanings.some((meaning) => COMMITS.has(meaning)) &&
    !(meanings.includes('create') && !sharesNoun(candidate, scene))
  );
}

/** "team:handbook", under whatever name its link has: what is called by a code is at an address with that code. */
const leadsToCode = ({ href, context }: Candidate, text: string): boolean =>
  /^[\p{L}\d_-]+(?:[:/][\p{L}\d_-]+)+$/u.test(text) &&
  href !== undefined &&
  !/^(?:navigation|banner)/.test(context.landmark ?? '') &&
  new RegExp(`[=/]${escapeRegExp(text)}(?:$|[&#/])`, 'i').test(decodeURIComponent(href.replace(/%(?![\da-f]{2})/gi, '%25')));

/** "from the bin": where what was deleted is listed. Undefined for what is called otherwise. */
function isBin({ name, context }: Candidate, { goal }: Scene): boolean | undefined {
  const bare = name.replace(/\s*\(\d+\)$/, '').trim();
  if (!/^(?:trash|bin|recycle bin|rubbish|wastebasket|deleted items?)$/i.test(bare) || !(bare !== name.trim() || context.row === undefined))
    return undefined;
  return goal.clause.meanings.has('undo') || goal.wish.some((word) => /^(?:bin|trash|rubbish)$/.test(word)) ? true : undefined;
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

/** The same path whose query says more, or a path that goes on from it; a first page has everything below it, and one of results is about what was looked for. */
function isBelow(href: string, path: string, texts: readonly string[]): boolean {
  const [there, here] = [placeOf(href), placeOf(path)].map((place) => new URL(place, 'http://page.test'));
  const own = [...here!.searchParams];
  if (own.some(([, value]) => texts.some((text) => plain(value) === plain(text)))) return false;
  const [far, near] = [there!, here!].map((url) => url.pathname.replace(/\/$/, ''));
  return (
    near !== '' &&
    (far === near
      ? /[?#]/.test(href) && own.every(([name, value]) => there!.searchParams.get(name) === value)
      : far!.startsWith(`${near}/`))
  );
}

/** Path, query and fragment: many applications tell their pages apart by one of them alone. */
const placeOf = (href: string): string =>
  href
    .replace(/^https?:\/\/[^/]+/, '')
    .replace(/#$/, '')
    .replace(/^(?=#)/, '/') || '/';

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
