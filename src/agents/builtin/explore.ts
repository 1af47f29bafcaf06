import type { Turn } from '../../core/decision.ts';
import type { Candidate, Observation } from '../../core/observation.ts';
import { looksBusy } from '../busy.ts';
import { describe } from '../identity.ts';
import { leadsTowards, wordLikeness } from '../lexicon.ts';
import { content, plain } from '../words.ts';
import { uncover } from './blocker.ts';
import { inFocus, inSight } from './entity.ts';
import { isSearchField, isTextField } from './field.ts';
import { reachable } from './layout.ts';
import { leafOn } from './leaf.ts';
import { act, click, type Move, type Scene } from './move.ts';
import { reveal } from './reveal.ts';
import { isNavigation, newThing, signs } from './signs.ts';
import { isStepOn } from './submit.ts';
import type { Value } from './value.ts';

/** "On the page X, edit the section Y": X is gone to first. */
const isPlace = ({ prep, certain }: Value): boolean => certain && /^(?:on|in|of|at)$/.test(prep);

/** Looks around at most this often for one goal. */
const LOOKS = 18;

const PAGER = /^(?:next(?: page)?|older|more|load more|show more|see more|view all|show all|see all|›|»|>|→)$/i;

/** Opens what may lead to where the goal can be reached. Looks only: links, tabs, menus, more of a list; never a control that does something. */
export function explore(scene: Scene): Move {
  const { observation, goal, turns, purposes } = scene;
  const looks = purposes.filter((purpose) => purpose === 'look').length;
  const nothing: Move = { is: 'stuck', why: `no way was found to ${goal.clause.text}${inFront(observation)}` };
  if (looksBusy(observation) && turns.at(-1)?.action.kind !== 'wait') return act({ kind: 'wait' }, 'wait', 'the page is still loading');
  if (looks >= LOOKS) return nothing;
  const missing = goal.parts
    .filter(
      (part) => part.role === 'entity' && !inSight(observation, part.value.text) && !inFocus(observation, part.value.text, scene.past),
    )
    .map((part) => part.value)
    .sort((a, b) => Number(isPlace(b)) - Number(isPlace(a)));
  const on = onward(scene);
  if (on) return click(on, 'look', `${describe(on)} goes on with what was begun`, 0.6);
  const shown = reveal(scene);
  if (shown) return shown;
  const near = signs(scene);
  // Where nothing of the thing's own page leads on, the rest of the application may.
  const ranked = near.length > 0 ? near : signs(scene, true);
  const [best] = ranked;
  const found =
    best && best.score >= 0.6 && !isList(scene)
      ? undefined
      : seek(
          scene,
          missing.map((value) => value.text),
        );
  if (found) return found;
  const further = best && best.score >= 0.8 ? undefined : leafOn(scene);
  if (further) return further;
  const fresh = newThing(scene);
  if (
    !best ||
    (looks >= 3 && fresh && best.score < 1) ||
    (!(isNavigation(best.candidate) && best.score >= 0.4) && best.score < (missing.some((value) => value.hints.length === 0) ? 0.6 : 0.45))
  ) {
    const search = lookUp(scene, missing[0] ?? (best && best.score >= 0.25 && looks < 3 ? undefined : fresh));
    if (search) return search;
  }
  const cleared = best?.candidate.coveredBy === undefined ? undefined : uncover(scene, best.candidate);
  if (cleared?.is === 'act') return cleared;
  if (best)
    return click(
      best.candidate,
      'look',
      `${describe(best.candidate)} may lead to where one can ${goal.clause.text}`,
      Math.min(0.7, 0.3 + best.score / 2),
    );
  const more = missing.length > 0 ? loadMore(scene, missing[0]!.text) : undefined;
  if (more) return more;
  const lastLook = turns.findLastIndex(
    (turn, index) => purposes[index] === 'look' && turn.outcome.navigated && turn.action.kind !== 'back',
  );
  const backs = turns.slice(lastLook + 1).filter((turn) => turn.action.kind === 'back').length;
  if (lastLook >= 0 && backs === 0) return act({ kind: 'back' }, 'look', 'nothing here leads on');
  return nothing;
}

/** A dialog that nothing of the sentence answers: who was not there wants to know what it asked. */
function inFront({ dialog, candidates }: Observation): string {
  if (dialog === undefined) return '';
  const offers = candidates
    .filter(({ context, role, name }) => context.dialog === dialog && name !== '' && (role === 'button' || role === 'link'))
    .map(({ name }) => `“${name}”`);
  return `: the dialog ${dialog === '' ? 'in front' : `“${dialog}”`} offers ${offers.length > 0 ? offers.slice(0, 4).join(', ') : 'nothing to press'}`;
}

/** The last thing that was sent led to another page of the same: on there, before anything is looked for elsewhere. */
function onward({ turns, earlier, observation, goal }: Scene): Candidate | undefined {
  const last = turns.at(-1) ?? earlier.at(-1);
  const isUnderWay = last?.outcome.ok === true && last.outcome.navigated && isStepOn(last.target?.name ?? '');
  if (!isUnderWay || goal.kind !== 'do' || goal.parts.some(({ role }) => role === 'entity')) return undefined;
  const [on, more] = reachable(observation).filter(
    ({ role, href, name, context }) =>
      role === 'link' &&
      href?.startsWith('/') === true &&
      /^(?:next|continue|proceed)(?: step)?$/i.test(name.trim()) &&
      !/^(?:navigation|banner|contentinfo)/.test(context.landmark ?? ''),
  );
  return more ? undefined : on;
}

/** Finds a thing in a long list: the list's own search field, then its next page, then further down. */
function seek(scene: Scene, missing: readonly string[]): Move | undefined {
  const { observation, turns, goal } = scene;
  const [text] = missing;
  if (text === undefined) return undefined;
  const value = goal.parts.find((part) => part.value.text === text)!.value;
  const here = turns.filter((turn) => turn.path === observation.path);
  const field = reachable(observation).find(
    (candidate) =>
      isTextField(candidate) &&
      isSearchField(candidate) &&
      /^(?:main|region)/.test(candidate.context.landmark ?? 'main') &&
      !/^(?:header|nav)\b/.test(candidate.print.path),
  );
  if (field && value.kind !== 'secret') {
    const filled = here.some((turn) => turn.action.kind === 'fill' && turn.target?.name === field.name);
    if (!filled)
      return act({ kind: 'fill', target: field.id, value: value.ref }, 'look', `“${text}” is looked for in ${describe(field)}`, field, 0.6);
    if (!here.some((turn) => turn.action.kind === 'press'))
      return act({ kind: 'press', key: 'Enter', target: field.id }, 'look', `“${text}” is looked for`, field, 0.6);
  }
  if (!isList(scene)) return undefined;
  const pager = reachable(observation).find(
    (candidate) =>
      PAGER.test(plain(candidate.name)) &&
      !candidate.disabled &&
      candidate.popup === undefined &&
      candidate.expanded === undefined &&
      candidate.pressed === undefined &&
      candidate.checked === undefined &&
      (candidate.role === 'link' || candidate.role === 'button'),
  );
  if (pager && !turns.some((turn) => turn.digest === observation.digest && turn.target?.name === pager.name))
    return click(pager, 'look', `“${text}” may be further on in the list`, 0.6);
  const numbered = pages(scene);
  if (numbered) return click(numbered, 'look', `“${text}” may be on another page of the list`, 0.6);
  const more =
    observation.repeats.some((repeat) => repeat.shown < repeat.count) || (observation.cut.length > 0 && observation.repeats.length > 0);
  if (more && !turns.some((turn) => turn.action.kind === 'scroll' && turn.digest === observation.digest))
    return act({ kind: 'scroll', direction: 'down' }, 'look', `“${text}” may be further down`);
  return undefined;
}

const MORE = /^(?:(?:load|show|see|view) (?:\d+ )?more\b|more (?:results|items|entries)$|next(?: page)?$|older\b)/i;
/** Fewer things than these in sight are no list that goes on by itself. */
const LONG = 8;

/** Where nothing else leads on, what is looked for may be further on in whatever stands here: by its button, or by scrolling. */
function loadMore({ observation, turns }: Scene, text: string): Move | undefined {
  const isFresh = (turn: Turn): boolean => turn.digest !== observation.digest;
  const button = reachable(observation).find(
    ({ role, name, popup, expanded, context }) =>
      role === 'button' && MORE.test(name.trim()) && popup === undefined && expanded === undefined && context.row === undefined,
  );
  if (button && turns.every((turn) => turn.target?.name !== button.name || isFresh(turn)))
    return click(button, 'look', `“${text}” may be among what ${describe(button)} shows`, 0.5);
  const last = turns.at(-1);
  const ended = last?.action.kind === 'scroll' && last.outcome.events.length > 0;
  const rows = new Set(observation.candidates.map(({ context }) => context.row)).size;
  const things = Math.max(rows, most(observation.candidates), ...observation.repeats.map(({ count }) => count));
  if (ended || things < LONG || observation.candidates.every(({ inView }) => inView)) return undefined;
  return act({ kind: 'scroll', direction: 'down' }, 'look', `“${text}” may be further down`);
}

/** How many controls are called the same, at the most: as many as there are things to use them on. */
function most(candidates: readonly Candidate[]): number {
  const counts = new Map<string, number>();
  for (const { role, name } of candidates) counts.set(`${role} ${name}`, (counts.get(`${role} ${name}`) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** "1 2 3" under a list: the next of its pages that has not been looked at. */
function pages({ observation, turns }: Scene): Candidate | undefined {
  const number = (name: string): number | undefined =>
    /^(?:go to )?(?:page )?(\d{1,3})$/i.exec(name.trim()) ? Number(/\d+/.exec(name)![0]) : undefined;
  const looked = turns.flatMap((turn) =>
    turn.action.kind === 'click' && turn.target && /^(?:link|button)$/.test(turn.target.role) ? (number(turn.target.name) ?? []) : [],
  );
  return reachable(observation)
    .filter(
      (candidate) =>
        (candidate.role === 'link' || candidate.role === 'button') &&
        candidate.context.row === undefined &&
        candidate.context.dialog === undefined &&
        !candidate.disabled &&
        (/[?&/]p(?:age)?[=/]?\d/i.test(candidate.href ?? '') ||
          /pag(?:e|ination)/i.test(`${candidate.context.landmark ?? ''} ${candidate.name}`)),
    )
    .filter((candidate) => (number(candidate.name) ?? 0) > Math.max(1, ...looked))
    .sort((a, b) => number(a.name)! - number(b.name)!)[0];
}

/** The search of the whole application, once for each goal: it shows, and changes nothing. */
function lookUp(scene: Scene, value: Value | undefined): Move | undefined {
  if (!value || value.kind === 'secret') return undefined;
  const { observation, turns } = scene;
  const field = reachable(observation).find((candidate) => isTextField(candidate) && isSearchField(candidate));
  if (!field) return undefined;
  const filled = turns.findLastIndex(
    (turn) => turn.action.kind === 'fill' && turn.target?.name === field.name && turn.target.role === field.role,
  );
  if (filled < 0)
    return act(
      { kind: 'fill', target: field.id, value: value.ref },
      'look',
      `“${value.text}” is looked for in ${describe(field)}`,
      field,
      0.5,
    );
  if (!turns.slice(filled).some((turn) => turn.action.kind === 'press') && plain(field.value ?? '') === plain(value.text))
    return act({ kind: 'press', key: 'Enter', target: field.id }, 'look', `“${value.text}” is looked for`, field, 0.5);
  return undefined;
}

/** What was typed into a search to look for something is sent before anything else. */
export function finishLookUp({ observation, turns, purposes }: Scene): Move | undefined {
  const last = turns.at(-1);
  if (purposes.at(-1) !== 'look' || last?.action.kind !== 'fill' || !last.outcome.ok) return undefined;
  const field = reachable(observation).find(
    (candidate) =>
      isTextField(candidate) && isSearchField(candidate) && candidate.name === last.target?.name && (candidate.value ?? '') !== '',
  );
  return field && act({ kind: 'press', key: 'Enter', target: field.id }, 'look', `“${field.value}” is looked for`, field, 0.6);
}

/** Is this page a list of the kind of thing that is looked for? */
function isList({ goal, observation }: Scene): boolean {
  const nouns = goal.wish.filter((word) => word !== goal.clause.verb);
  return nouns.length === 0
    ? observation.repeats.length > 0
    : [
        observation.title,
        ...observation.passages
          .filter((passage) => passage.role === 'heading' && passage.context.row === undefined)
          .map((passage) => passage.text),
      ].some((title) =>
        content(title).some((word) => nouns.some((wish) => wordLikeness(wish, word) >= 0.8 || leadsTowards(wish, word) >= 0.55)),
      );
}
