import type { ValueRef } from '../../core/action.ts';
import type { Candidate } from '../../core/observation.ts';
import { describe, holdsPhrase } from '../identity.ts';
import { verbsOf } from '../lexicon.ts';
import { content, plain, stem } from '../words.ts';
import { isTitle } from './affordances.ts';
import { isTextField, labelOf } from './field.ts';
import { isClickable } from './layout.ts';
import { act, click, type Move, type Scene, usedHere } from './move.ts';
import { isNeutralSubmit, isWayOut, saysVerb } from './submit.ts';

/** Answers a question that follows from what was just done: "Delete Apollo?" → yes. */
export function confirmation(scene: Scene, within: readonly Candidate[]): Move | undefined {
  const more = within.length > 0 ? asksForMore(scene, textsOf(scene.observation, within[0]!.context.dialog)) : undefined;
  if (more !== undefined) return { is: 'stuck', why: `what is asked is more than the sentence says: “${more}”` };
  const typed = typeToConfirm(scene, within);
  if (typed) return typed;
  const ranked = within
    .filter(
      (candidate) =>
        isClickable(candidate) &&
        !isTitle(candidate) &&
        candidate.name !== '' &&
        !candidate.disabled &&
        candidate.popup === undefined &&
        candidate.expanded === undefined &&
        !usedHere(scene, candidate),
    )
    .map((candidate) => ({ candidate, score: affirms(scene, candidate, within) }))
    .filter(({ score }) => score > 0.4)
    .sort((a, b) => b.score - a.score);
  const best = ranked[0]?.candidate;
  return best && click(best, 'confirm', `${describe(best)} confirms what was asked for`, 0.85);
}

const textsOf = ({ passages, dialog }: Scene['observation'], within: string | undefined): string[] =>
  within === undefined ? [] : [dialog ?? '', ...passages.filter(({ context }) => context.dialog === within).map(({ text }) => text)];

/** "Delete all 300 notes?", where one is to be deleted: the question that asks so, if any does. What goes with a thing ("and all its files") is no more than that. */
export function asksForMore({ goal, step }: Pick<Scene, 'goal' | 'step'>, questions: readonly string[]): string | undefined {
  if (goal.clause.all || /\b(?:all|every\w*|each|entire|whole|both)\b/i.test(step.text)) return undefined;
  return questions.find(
    (text) =>
      [
        ...text.matchAll(
          /\b(\p{L}+) (?:all|every|everything|(?:the |this |your )?(?:entire|whole)|\d{2,})\b(?! (?:of )?(?:its|their|his|her|your|my|this|that)\b)/giu,
        ),
      ].some(([, verb = '']) => [...verbsOf(stem(verb.toLowerCase()))].some((meaning) => goal.clause.meanings.has(meaning))) &&
      !goal.parts.some(({ value }) => value.kind !== 'secret' && holdsPhrase(text, value.text)),
  );
}

function affirms(scene: Scene, candidate: Candidate, within: readonly Candidate[]): number {
  const name = plain(candidate.name);
  const verb = saysVerb(scene.goal, name);
  const plainCancel = /^(?:cancel|close|no|back|x|×|✕)$/.test(name);
  if (plainCancel || (isWayOut(name) && verb < 0.8)) return 0;
  // What sends words has none to send yet.
  const speaks = content(name).some((word) => ['send', 'reply', 'comment', 'post'].some((meaning) => verbsOf(word).has(meaning)));
  if (
    speaks &&
    within.some(
      (other) =>
        isTextField(other) &&
        (other.value ?? '') === '' &&
        other.context.dialog === candidate.context.dialog &&
        other.context.dialog !== undefined,
    )
  )
    return 0;
  // A form that can be changed and has not been is no question.
  if (
    /^(?:save|update|apply)\b/.test(name) &&
    !scene.purposes.includes('fill') &&
    !(/\bsave\b/i.test(scene.step.text) && stoodBefore(scene, candidate)) &&
    scene.observation.candidates.some(
      (other) =>
        other.context.dialog !== undefined &&
        other.context.dialog === candidate.context.dialog &&
        (other.options !== undefined || (isTextField(other) && (other.value ?? '') !== '')),
    )
  )
    return 0;
  if (asksWhereTo(scene, candidate)) return 0;
  if (stoodBefore(scene, candidate) && verb > 0 && !isNeutralSubmit(name)) return 0;
  const yes = /^(?:yes\b|ok(?:ay)?\b|confirm\b|i'?m sure|i understand|continue\b|proceed\b|agree\b|accept\b|finish\b|done\b|got it\b)/.test(
    name,
  )
    ? 0.8
    : 0;
  const role = candidate.role === 'button' ? 0 : candidate.role === 'link' ? -0.15 : -0.05;
  return Math.max(verb, yes, isNeutralSubmit(name) ? 0.6 : 0) + role;
}

/** Who moves or assigns something is asked where or whom in the same dialog, and has not said it. */
export const asksWhereTo = ({ goal, purposes, observation }: Scene, candidate: Candidate): boolean =>
  ['move', 'assign'].some((meaning) => goal.clause.meanings.has(meaning)) &&
  candidate.context.dialog !== undefined &&
  !purposes.includes('fill') &&
  observation.candidates.some(
    (other) =>
      other.context.dialog === candidate.context.dialog && (other.options !== undefined || other.role === 'combobox' || isTextField(other)),
  );

/** It was in the dialog before something else there was used: "Remove metrics" is no answer to "Remove logs". */
function stoodBefore({ turns, observation }: Scene, candidate: Candidate): boolean {
  const last = turns.at(-1);
  return (
    last?.action.kind === 'click' &&
    last.target?.dialog !== undefined &&
    last.target.dialog === observation.dialog &&
    candidate.context.dialog === observation.dialog &&
    !last.outcome.navigated &&
    !last.added.some((line) => line.includes(`"${candidate.name}"`))
  );
}

/** Some dialogs want a word typed before they believe it: the thing's name, or DELETE. */
function typeToConfirm(scene: Scene, within: readonly Candidate[]): Move | undefined {
  const { goal, observation } = scene;
  const [field, more] = within.filter((candidate) => isTextField(candidate));
  if (!field || more || (field.value ?? '') !== '') return undefined;
  const texts = observation.passages.filter((passage) => passage.context.dialog === field.context.dialog).map((passage) => passage.text);
  const asked = [labelOf(field), ...texts].filter((text) => /\b(?:type|enter|write|confirm)\b/i.test(text));
  if (asked.length === 0) return undefined;
  const named = goal.parts.find((part) => part.value.kind !== 'secret' && asked.some((text) => holdsPhrase(text, part.value.text)));
  const word = asked
    .map(
      (text) =>
        /\b(?:type|enter|write)\s+(?:the (?:word|name|text) )?["“'‘]?([\p{L}\p{N}_-]+(?: [\p{L}\p{N}_-]+)??)["”'’]?\s+(?:to|below|in|into|here)\b/iu.exec(
          text,
        )?.[1],
    )
    .find((found) => found !== undefined);
  const entity = goal.parts.find((part) => part.role === 'entity');
  const ref: ValueRef | undefined =
    named?.value.ref ?? (word !== undefined && !/^(?:the|its|name|your)$/i.test(word) ? { from: 'page', text: word } : entity?.value.ref);
  return ref && act({ kind: 'fill', target: field.id, value: ref }, 'fill', `${describe(field)} has to be filled in to confirm`, field);
}
