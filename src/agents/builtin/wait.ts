import type { Candidate, Observation } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { wordLikeness } from '../lexicon.ts';
import { asWritten, content, stem } from '../words.ts';
import { looksBusy } from '../busy.ts';
import { likeness } from '../meaning.ts';
import { reachable } from './layout.ts';
import { act, click, type Move, type Scene, usedOn } from './move.ts';

/** Looks this often whether it is so by now; each look is bounded by the session. */
const LOOKS = 12;
const READY = ['ready', 'complete', 'finish', 'done', 'active', 'available', 'success', 'succeed'].map(stem);
const NOT_YET =
  /\b(?:pending|queued|in progress|processing|preparing|provisioning|running|working|waiting|setting up|being (?:set up|prepared|imported|created)|importing|loading|starting|not ready|almost)\b/i;
const NEVER = /\b(?:failed|failure|error|cancell?ed|aborted|rejected)\b/i;

/** "Wait until the import is completed": looks again until the page says so. */
export function pursueWait(scene: Scene): Move {
  const words = scene.goal.clause.until ?? scene.goal.clause.phrases.flatMap((phrase) => phrase.words);
  if (scene.turns.length === 0 && words.length === 0) return act({ kind: 'wait' }, 'wait', 'the sentence says to wait');
  if (words.length === 0) return { is: 'reached', why: 'it was waited for' };
  if (isSo(scene, words)) return { is: 'reached', why: `the page says so: ${asWritten(scene.step.text, words).join(' ')}` };
  return again(scene, words) ?? { is: 'stuck', why: `it did not come to be so: ${scene.goal.clause.text}` };
}

/** For "… as soon as it is ready": waits while it is not. */
export function holdOn(scene: Scene): Move | undefined {
  const { until } = scene.goal.clause;
  if (!until || until.length === 0 || isSo(scene, until)) return undefined;
  return again(scene, until);
}

function again(scene: Scene, words: readonly string[]): Move | undefined {
  const looks = scene.purposes.filter((purpose) => purpose === 'wait').length;
  if (looks >= LOOKS) return undefined;
  const tab = looks >= 2 ? unseen(scene, words) : undefined;
  if (tab) return click(tab, 'look', `${describe(tab)} may tell`, 0.5);
  return act(looks % 4 === 3 ? { kind: 'reload' } : { kind: 'wait' }, 'wait', `not yet: ${asWritten(scene.step.text, words).join(' ')}`);
}

/** Does the page say it? Words like "ready" and "completed" stand for each other; what is still under way is not. */
export function isSo({ observation, goal }: Pick<Scene, 'observation' | 'goal'>, words: readonly string[]): boolean {
  if (looksBusy(observation)) return false;
  const states = words.filter((word) => READY.some((ready) => wordLikeness(ready, word) >= 0.8));
  const about = [...words.filter((word) => !states.includes(word)), ...goal.clause.object];
  const texts = statements(observation).filter(
    (text) =>
      about.length === 0 ||
      about.some((word) => content(text).some((found) => wordLikeness(word, found) >= 0.8)) ||
      content(text).length <= 3 ||
      READY.includes(content(text)[0] ?? ''),
  );
  const lasting = texts.filter((text) => !observation.notices.some((notice) => notice.text === text));
  if ((lasting.some((text) => READY.some((ready) => content(text).includes(ready))) ? lasting : texts).some((text) => NOT_YET.test(text)))
    return false;
  const wanted = states.length > 0 ? READY : words;
  return (
    texts.some((text) =>
      content(text).some(
        (found) => wanted.includes(found) || words.some((word) => wordLikeness(word, found) >= 0.8 && states.includes(word)),
      ),
    ) ||
    (states.length === 0 && texts.some((text) => words.every((word) => content(text).some((found) => wordLikeness(word, found) >= 0.8)))) ||
    texts.some((text) => NEVER.test(text) && about.some((word) => content(text).some((found) => wordLikeness(word, found) >= 0.8)))
  );
}

/** Does the page say of anything that it is still being done? */
export const isUnderWay = (observation: Observation): boolean =>
  looksBusy(observation) || statements(observation).some((text) => NOT_YET.test(text));

/** A part of the page that is not shown, for when what is shown says nothing about it. */
function unseen(scene: Scene, words: readonly string[]): Candidate | undefined {
  const tabs = reachable(scene.observation).filter(
    (candidate) => candidate.role === 'tab' && candidate.selected !== true && !usedOn(scene, candidate),
  );
  const ranked = tabs
    .map((candidate) => ({ candidate, fit: likeness(words, content(candidate.name)).covered }))
    .sort((a, b) => b.fit - a.fit);
  return ranked[0]?.candidate;
}

const statements = (observation: Observation): string[] =>
  [
    ...new Set([
      ...observation.notices.map((notice) => notice.text),
      ...observation.passages.flatMap((passage) => [passage.text, passage.context.row ?? '']),
      ...observation.candidates.map((candidate) => candidate.context.row ?? ''),
    ]),
  ].filter((text) => text !== '');
