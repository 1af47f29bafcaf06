import type { Action } from '../../core/action.ts';
import type { Candidate } from '../../core/observation.ts';
import { likeness } from '../meaning.ts';
import { content, plain } from '../words.ts';
import { isCalled, isTextField, labelOf, says } from './field.ts';
import type { Goal, Part } from './goal.ts';
import { bestOption, optionFit } from './option.ts';
import { isWanted, preferenceIn, speaksOf } from './preference.ts';
import { looksLikePerson, tell, type Value } from './value.ts';

/** One question with given answers: a select, a group of radios, a checkbox, a list box that has to be opened first. */
export interface Choice {
  kind: 'select' | 'radio' | 'check' | 'popup';
  label: string;
  options: string[];
  members: Candidate[];
}

export interface Pick {
  candidate: Candidate;
  /** Absent when it is chosen already. */
  action?: Action;
  part?: Part;
  why: string;
}

export function choicesIn(group: readonly Candidate[]): Choice[] {
  const choices: Choice[] = [];
  const radios = new Map<string, Candidate[]>();
  for (const candidate of group) {
    if (candidate.disabled) continue;
    if (candidate.options) choices.push({ kind: 'select', label: labelOf(candidate), options: candidate.options, members: [candidate] });
    else if (candidate.role === 'radio') {
      const key = candidate.context.group ?? candidate.print.attrs.name ?? '';
      radios.set(key, [...(radios.get(key) ?? []), candidate]);
    } else if (candidate.role === 'checkbox' || candidate.role === 'switch')
      choices.push({ kind: 'check', label: labelOf(candidate), options: [labelOf(candidate)], members: [candidate] });
    else if (
      (candidate.role === 'combobox' && (!isTextField(candidate) || candidate.readonly)) ||
      (candidate.role === 'button' && candidate.popup === 'listbox')
    ) {
      choices.push({ kind: 'popup', label: labelOf(candidate), options: [], members: [candidate] });
    }
  }
  for (const [label, members] of radios) choices.push({ kind: 'radio', label, options: members.map(labelOf), members });
  return choices;
}

/** Answers for the parts that are options somewhere, and for ticks the sentence asks for or forbids. */
export function choose(goal: Goal, parts: readonly Part[], choices: readonly Choice[]): Pick[] {
  const picks: Pick[] = [];
  const used = new Set<Choice>();
  const pairs = parts
    .flatMap((part) => choices.map((choice) => ({ part, choice, score: choiceFit(part, choice, goal) })))
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score);
  for (const { part, choice } of pairs) {
    if ((used.has(choice) && !takesSeveral(choice)) || picks.some((pick) => pick.part === part)) continue;
    used.add(choice);
    picks.push(answer(choice, part));
  }
  for (const choice of choices) if (!used.has(choice)) picks.push(...(verbIn(goal, choice) ?? spoken(goal, choice)));
  return picks;
}

/** A list that shows all it offers at once may hold several answers. */
const takesSeveral = ({ kind, members: [list] }: Choice): boolean => kind === 'select' && list?.role === 'listbox';

/** "Remove 20 of them", where the form asks whether to add or to remove: the answer is the verb. */
export function doesIt(goal: Goal, choice: Choice): string | undefined {
  if (goal.kind !== 'do' || choice.kind !== 'radio' || choice.options.length < 2) return undefined;
  const said = choice.options.filter(
    (option) => content(option).length === 1 && goal.clause.verb !== '' && content(option)[0] === goal.clause.verb,
  );
  return said.length === 1 ? said[0] : undefined;
}

function verbIn(goal: Goal, choice: Choice): Pick[] | undefined {
  const option = doesIt(goal, choice);
  const member = choice.members.find((candidate) => labelOf(candidate) === option);
  return (
    member && [
      {
        candidate: member,
        why: `“${option}” is what is to be done`,
        ...(member.checked === true ? {} : { action: { kind: 'check', target: member.id, on: true } }),
      },
    ]
  );
}

function choiceFit(part: Part, choice: Choice, goal: Goal): number {
  const { value } = part;
  if (
    value.place !== undefined &&
    !isCalled(choice.label, value.place) &&
    !choice.members.some((member) =>
      isCalled([member.context.group, member.context.row, member.context.heading].filter(Boolean).join(' '), value.place!),
    )
  )
    return 0;
  const asked = goal.kind === 'choose';
  if (value.kind === 'secret' || value.kind === 'email') return 0;
  const hinted = value.hints.length > 0 ? likeness(value.hints, content(choice.label)).score : 0;
  if (choice.kind === 'popup') {
    const current = shownIn(choice.members[0]!);
    const byRole = value.prep === 'as' && says(content(choice.label), 'n:role') ? 0.8 : 0;
    const words = value.text.split(/\s+/);
    const names = namesList(value, choice) ? 0.7 : 0;
    const mayBe =
      !/^(?:date|time|money|card|expiry|url)$/.test(value.kind) &&
      (part.needed || (part.role === 'either' && looksLikePerson(value.text))) &&
      value.hints.length === 0 &&
      !/^(?:called|named|titled)?$/.test(value.prep) &&
      words.length <= 3;
    const guess = mayBe ? 0.5 : 0;
    const byVerb =
      value.hints.length === 0 &&
      value.prep !== '' &&
      content(choice.label).some((word) => word.startsWith(goal.clause.verb) && goal.clause.verb.length >= 4)
        ? 0.7
        : 0;
    return Math.max(optionFit(value, current) > 0.8 ? 0.9 : 0, hinted >= 0.5 ? 0.7 : 0, byRole, byVerb, names, guess);
  }
  if (choice.kind === 'check') {
    const fit = Math.max(optionFit(value, choice.label), optionFit(value, choice.label.replace(/^\d+\s*[×x]\s*/, '')));
    if (asked && value.certain && fit < 0.95 && !isCalled(choice.label, value.text)) return 0;
    return fit >= 0.85 ? 0.8 * fit : asked && fit >= 0.55 ? 0.7 * fit + 0.12 : 0;
  }
  const option =
    bestOption(value, choice.options) ??
    (asked && choice.kind === 'radio' ? bestOption(beyondTitle(value, choice), choice.options) : undefined);
  if (option !== undefined && asked && choice.kind === 'radio') return Math.max(0.6, 0.85 * optionFit(value, option) + 0.15 * hinted);
  return option === undefined ? 0 : 0.85 * optionFit(value, option) + 0.15 * hinted;
}

/** "high priority": the last word says which list it is from. */
export function namesList(value: Value, choice: Choice): boolean {
  const words = value.text.split(/\s+/);
  return (
    value.hints.length === 0 && words.length > 1 && !value.certain && likeness(content(words.at(-1)!), content(choice.label)).covered >= 0.9
  );
}

/** What a closed list shows as chosen: its value, or what stands behind its label, "Priority: High". */
const shownIn = (candidate: Candidate): string => candidate.value || candidate.name.replace(/^[^:]*:\s+/, '');

/** "express delivery", asked under "Delivery": what the heading says already need not be in the answer. */
function beyondTitle(value: Value, { label, members }: Choice): { kind: Value['kind']; text: string } {
  const title = content([label, members[0]!.context.heading].filter(Boolean).join(' '));
  const rest = value.text.split(/\s+/).filter((word) => !content(word).every((part) => title.includes(part)));
  return { kind: value.kind, text: rest.length > 0 ? rest.join(' ') : value.text };
}

const chosenIn = (list: Candidate): string[] => [
  plain(list.value ?? ''),
  ...(list.role === 'listbox' ? (list.value ?? '').split(', ').map(plain) : []),
];

function answer(choice: Choice, part: Part): Pick {
  const { value } = part;
  const why = `${tell(value)} is an answer to “${choice.label || 'the list'}”`;
  const first = choice.members[0]!;
  if (choice.kind === 'select') {
    const option = bestOption(value, choice.options)!;
    return {
      candidate: first,
      part,
      why,
      ...(chosenIn(first).includes(plain(option))
        ? {}
        : {
            action: {
              kind: 'select',
              target: first.id,
              option: plain(option) === plain(value.text) ? value.ref : { from: 'page', text: option },
            },
          }),
    };
  }
  if (choice.kind === 'radio') {
    const option = bestOption(value, choice.options) ?? bestOption(beyondTitle(value, choice), choice.options)!;
    const member = choice.members.find((candidate) => labelOf(candidate) === option)!;
    return { candidate: member, part, why, ...(member.checked === true ? {} : { action: { kind: 'check', target: member.id, on: true } }) };
  }
  if (choice.kind === 'check')
    return { candidate: first, part, why, ...(first.checked === true ? {} : { action: { kind: 'check', target: first.id, on: true } }) };
  const shown = optionFit(value, shownIn(first)) >= 0.7;
  return {
    candidate: first,
    part,
    why: `the list “${choice.label}” may offer ${tell(value)}`,
    ...(shown ? {} : { action: { kind: 'click', target: first.id } }),
  };
}

/** What the sentence says of a choice without naming its answer outright: "without a redirect", "only administrators can edit". */
function spoken(goal: Goal, choice: Choice): Pick[] {
  const first = choice.members[0]!;
  const label = content(choice.label);
  const preference = preferenceIn(goal);
  if (choice.kind === 'check') {
    if (preference && speaksOf(preference, choice.label) && (preference.not || isWanted(preference, choice.label)))
      return [
        {
          candidate: first,
          why: `the sentence says “${preference.said}”`,
          ...((first.checked === true) === !preference.not ? {} : { action: { kind: 'check', target: first.id, on: !preference.not } }),
        },
      ];
    const off = goal.clause.negated.some((words) => likeness(words, label).covered >= 0.6);
    if (off)
      return [
        {
          candidate: first,
          why: `the sentence says not to: “${choice.label}”`,
          ...(first.checked ? { action: { kind: 'check', target: first.id, on: false } } : {}),
        },
      ];
    const asksToAgree = first.required === true || wordsLeft(goal).some((word) => /^(?:term|condit|polici)$/.test(word));
    if (asksToAgree && !first.checked && /\b(?:terms|agree|accept|conditions|policy|consent)\b/i.test(choice.label))
      return [{ candidate: first, why: `“${choice.label}” has to be agreed to`, action: { kind: 'check', target: first.id, on: true } }];
    if (
      first.required &&
      !first.checked &&
      first.context.dialog !== undefined &&
      /\b(?:I (?:know|understand|am sure|confirm|agree|accept|really want)|cannot be undone|can(?:'|’)t be undone|are you sure)\b/i.test(
        choice.label,
      )
    )
      return [{ candidate: first, why: `“${choice.label}” has to be confirmed`, action: { kind: 'check', target: first.id, on: true } }];
    const wanted = goal.clause.object.length > 0 && label.length > 0 && likeness(wordsLeft(goal), label).focused >= 0.95 && !first.checked;
    return wanted
      ? [{ candidate: first, why: `the sentence names “${choice.label}”`, action: { kind: 'check', target: first.id, on: true } }]
      : [];
  }
  if (choice.kind === 'popup' || choice.options.length < 2) return [];
  const words = wordsLeft(goal);
  const ranked = choice.options
    .map((option) => ({
      option,
      fit:
        content(option).length === 0 || (preference?.not === true && speaksOf(preference, option))
          ? 0
          : likeness(words, content(option)).focused,
    }))
    .sort((a, b) => b.fit - a.fit);
  const [best, second] = ranked;
  if (!best || best.fit < 0.7 || second!.fit > best.fit - 0.3) return [];
  const why = `the sentence says “${best.option}” for “${choice.label}”`;
  if (choice.kind === 'select')
    return [
      {
        candidate: first,
        why,
        ...(plain(first.value ?? '') === plain(best.option)
          ? {}
          : { action: { kind: 'select', target: first.id, option: { from: 'page', text: best.option } } }),
      },
    ];
  const member = choice.members.find((candidate) => labelOf(candidate) === best.option)!;
  return [{ candidate: member, why, ...(member.checked === true ? {} : { action: { kind: 'check', target: member.id, on: true } }) }];
}

/** Words of the sentence that are no value, no entity and not its verb. */
function wordsLeft(goal: Goal): string[] {
  return goal.clause.phrases.flatMap((phrase) => phrase.words);
}
