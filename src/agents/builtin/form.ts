import type { Action } from '../../core/action.ts';
import type { Turn } from '../../core/decision.ts';
import type { Candidate, Observation } from '../../core/observation.ts';
import { likeness } from '../meaning.ts';
import { content, plain } from '../words.ts';
import { assign, type Pair, refOf, sought, wasOffered } from './assign.ts';
import { type Choice, choicesIn, choose, doesIt, namesList, type Pick } from './choice.ts';
import { inFocus, type Past } from './entity.ts';
import { holds, isSearchField, isTextField, labelOf } from './field.ts';
import { fitOf, isForTicked, onlyNarrows } from './fit.ts';
import type { Goal, Part } from './goal.ts';
import { formKey, reachable } from './layout.ts';
import { isAnothersLine, withoutOthersLines } from './lines.ts';
import { bestOption, optionFit } from './option.ts';
import { saysVerb, submitsFor } from './submit.ts';
import { tell } from './value.ts';
import { inOneField } from './whole-address.ts';

export interface Fill {
  candidate: Candidate;
  action: Action;
  why: string;
  part?: Part;
}

/** One form of the page, seen with the goal in mind. */
export interface FormPlan {
  fields: Candidate[];
  /** Those that hold something of this goal, or will. */
  filled: Candidate[];
  /** What is still to be put in, in reading order. */
  unfilled: Fill[];
  /** Parts that it takes or holds already. */
  takes: Part[];
  /** Needed parts that have no place in it. */
  unplaced: Part[];
  /** Required and empty, and the sentence names nothing for it. */
  missing: Candidate[];
  submit?: Candidate;
  /** 0 to about 1: how much it looks like the form for this goal. */
  fit: number;
}

/** The forms of the page that take something of this goal, best first. */
export function formsFor(goal: Goal, open: readonly Part[], observation: Observation, past: Past): FormPlan[] {
  const usable = reachable(observation);
  const groups = new Map<string, Candidate[]>();
  for (const candidate of usable) groups.set(formKey(candidate), [...(groups.get(formKey(candidate)) ?? []), candidate]);
  return [...groups.values()]
    .map((group) => plan(goal, open, withoutOthersLines(goal, group), observation, past))
    .filter((form): form is FormPlan => form !== undefined)
    .sort((a, b) => b.fit - a.fit);
}

function plan(goal: Goal, open: readonly Part[], group: readonly Candidate[], observation: Observation, past: Past): FormPlan | undefined {
  const fields = group.filter((candidate) => isTextField(candidate));
  const choices = choicesIn(group).filter(
    (choice) => (choice.kind !== 'popup' || !wasInVain(choice, past)) && !isAnothersLine(goal, choice.members[0]!, group),
  );
  if (fields.length === 0 && choices.length === 0) return undefined;
  const typed = open.filter((part) => part.role !== 'entity' || isTick(part, choices) || isOffered(part, choices, goal));
  const matched = assign(
    goal,
    typed.filter((part) => !isOptionOf(part, choices)),
    fields,
    past,
    group,
  ).filter((pair) => !listFor(pair, choices, past));
  matched.push(...sought(goal, open, { fields, assigned: matched, group, observation }));
  const rest = typed.filter((part) => !matched.some((pair) => pair.part === part));
  const picked = choose(goal, rest, choices).filter((pick) => pick.part !== undefined || !namesField(pick, matched));
  const chosen = picked.map((pick) => pick.part).filter((part) => part !== undefined);
  const { assigned, taken } = inOneField(
    matched,
    rest.filter((part) => !chosen.includes(part)),
  );
  const takes = [...new Set([...assigned.map((pair) => pair.part), ...chosen, ...taken])];
  const all = [...fields, ...choices.flatMap((choice) => choice.members)];
  const unfilled = [
    ...assigned
      .filter(({ field, value }) => !holds(field, value) && !wasOffered(field, value, past))
      .map(
        ({ field, value, part }): Fill => ({
          candidate: field,
          action: { kind: 'fill', target: field.id, value: refOf(value, field) },
          why: `${tell(value)} belongs in “${labelOf(field) || 'the field'}”`,
          part,
        }),
      ),
    ...picked
      .filter((pick) => pick.action !== undefined)
      .map((pick): Fill => ({ candidate: pick.candidate, action: pick.action!, why: pick.why, ...(pick.part ? { part: pick.part } : {}) })),
  ];
  const filled = [...assigned.map((pair) => pair.field), ...picked.filter((pick) => pick.part !== undefined).map((pick) => pick.candidate)];
  const submit = submitsFor(goal, all, group, filled)[0]?.candidate;
  if ((!submit || saysVerb(goal, submit.name) < 0.75) && onlyNarrows(goal, fields, picked)) return undefined;
  if (isForTicked(goal, group, { assigned, picked })) return undefined;
  const missing = fields.filter(
    (field) => field.required && (field.value ?? '') === '' && !assigned.some((pair) => pair.field === field) && !isSearchField(field),
  );
  const asked = typed.filter((part) => takes.includes(part) || !isGiven(part, observation));
  const unplaced = asked.filter((part) => part.needed && !takes.includes(part));
  const fit = fitOf(goal, {
    assigned,
    picked: picked.filter((pick) => pick.part !== undefined).length,
    unplaced,
    missing,
    submit,
    group,
    observation,
    past,
    typed: asked,
    does: choices.some((choice) => doesIt(goal, choice) !== undefined),
  });
  return fit > 0
    ? { fields: all, filled, unfilled: inOrder(unfilled), takes, unplaced, missing, ...(submit ? { submit } : {}), fit }
    : undefined;
}

/** A list stands beside the field, under the same words: the field is for what the list does not offer. */
const listFor = ({ field, value }: Pair, choices: readonly Choice[], past: Past): boolean =>
  field.context.group !== undefined &&
  choices.some(
    ({ kind, options, members: [list] }) =>
      (kind === 'select' || kind === 'popup') &&
      list!.context.group === field.context.group &&
      labelOf(list!) === field.context.group &&
      (kind === 'select'
        ? bestOption(value, options) !== undefined
        : !past.turns.some(
            (turn, index) =>
              turn.target?.role === list!.role &&
              turn.target.group === list!.context.group &&
              past.turns[index + 1] !== undefined &&
              past.turns[index + 1]!.target?.role !== 'option',
          )),
  );

/** "Change the phone number": the words that a value is called by are no answer to another question. */
const namesField = ({ candidate, action }: Pick, assigned: readonly Pair[]): boolean => {
  const said = content(action?.kind === 'select' && 'text' in action.option ? action.option.text : labelOf(candidate));
  return (
    said.length > 0 &&
    assigned.some(({ value, field }) =>
      said.every(
        (word) =>
          value.hints.includes(word) &&
          (content(labelOf(field)).includes(word) || !content(labelOf(field)).some((own) => value.hints.includes(own))),
      ),
    )
  );
};

/** The page is about it before anything is typed: "Creating Launch plan". */
export const isGiven = (part: Part, observation: Observation): boolean =>
  part.value.kind === 'text' && part.value.certain && inFocus(observation, part.value.text, { turns: [], focused: new Set() });

/** One of the answers that a list of this form offers, word for word. */
const isOptionOf = (part: Part, choices: readonly Choice[]): boolean =>
  part.value.kind !== 'secret' &&
  choices.some(
    (choice) =>
      choice.kind !== 'check' &&
      (choice.options.some((option) => optionFit(part.value, option) >= 0.95) ||
        (choice.kind === 'popup' &&
          (namesList(part.value, choice) ||
            (part.value.hints.length > 0 && likeness(part.value.hints, content(choice.label)).score >= 0.99)))),
  );

/** Its list was opened already, and nothing in it was taken. */
const wasInVain = ({ members }: Choice, { turns }: Past): boolean =>
  turns.some(
    (turn, index) =>
      turn.action.kind === 'click' &&
      turn.outcome.ok &&
      turn.target?.name === members[0]!.name &&
      turn.target.role === members[0]!.role &&
      turn.added.some((line) => /\boption\b/.test(line)) &&
      !isAnswer(turns[index + 1]),
  );

const isAnswer = (turn: Turn | undefined): boolean =>
  turn?.outcome.ok === true && /^(?:option|menuitem(?:radio)?|treeitem)$/.test(turn.target?.role ?? '');

/** "Return the Teapot": the thing is one of the boxes to tick, "1 × Teapot". */
function isTick(part: Part, choices: readonly Choice[]): boolean {
  const bare = (label: string): string => plain(label.replace(/^\d+\s*[×x]\s*/, ''));
  return (
    part.value.kind === 'text' &&
    choices.filter((choice) => choice.kind === 'check').length > 1 &&
    choices.filter((choice) => choice.kind === 'check' && bare(choice.label) === plain(part.value.text)).length === 1
  );
}

/** "Plan Pea risotto for Friday": what is there already is what a list of the dialog offers. */
function isOffered({ value }: Part, choices: readonly Choice[], goal: Goal): boolean {
  if (goal.kind !== 'do' || value.kind !== 'text') return false;
  return choices.some(
    (choice) =>
      (choice.kind === 'select' || choice.kind === 'radio') &&
      choice.members[0]!.context.dialog !== undefined &&
      choice.options.some((option) => plain(option) === plain(value.text)),
  );
}

const inOrder = (fills: Fill[]): Fill[] => fills.toSorted((a, b) => a.candidate.id - b.candidate.id);
