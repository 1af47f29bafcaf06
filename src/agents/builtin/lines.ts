import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { likeness } from '../meaning.ts';
import { content, plain } from '../words.ts';
import { inFocus } from './entity.ts';
import { holds, isTextField, labelOf } from './field.ts';
import type { Goal, Part } from './goal.ts';
import { isClickable, reachable } from './layout.ts';
import { click, type Move, type Scene, usedOn } from './move.ts';

const ANOTHER = /^\+?\s*(?:add|new|insert) (?:another|one more|an? |new )?\s*(?:row|line|item|entry|position|one)?$/i;
const isAnother = (name: string): boolean => ANOTHER.test(name.trim()) || /^\+?\s*add another\b/i.test(name.trim());

const middle = ({ print: { box } }: Candidate): number => box.y + box.h / 2;
const besides = (a: Candidate, b: Candidate): boolean => a.context.row === b.context.row && Math.abs(middle(a) - middle(b)) <= 12;

/** One of the lines of a list that is filled in line by line: it has neighbours, or others are called the same. */
const isInLine = (field: Candidate, group: readonly Candidate[]): boolean =>
  group.some(
    (other) =>
      other !== field &&
      ((field.context.row !== undefined && besides(field, other)) ||
        (other.role === field.role && labelOf(field) !== '' && labelOf(other) === labelOf(field))),
  );

/** What is added gets a line of its own: this one holds something else. */
export function isAnothersLine(goal: Goal, candidate: Candidate, group: readonly Candidate[]): boolean {
  if (goal.kind !== 'do' || !goal.clause.meanings.has('create') || goal.clause.meanings.has('update') || !isInLine(candidate, group))
    return false;
  const texts = group.filter(
    (other) =>
      isTextField(other) &&
      other.inputType !== 'number' &&
      besides(candidate, other) &&
      (other.value ?? '') !== '' &&
      !other.value!.includes('•'),
  );
  return texts.some((other) => !goal.parts.some(({ value }) => holds(other, value) || plain(other.value!) === plain(value.text)));
}

/** Each thing has a part of the form under its own name: what stands under another's is the other's. */
export function withoutOthersLines(goal: Goal, group: readonly Candidate[]): readonly Candidate[] {
  const things = goal.parts.filter(({ role, value }) => role === 'entity' && value.kind === 'text').map(({ value }) => plain(value.text));
  const fields = group.filter((candidate) => isTextField(candidate) && candidate.context.heading !== undefined);
  const own = fields.filter((field) => things.includes(plain(field.context.heading!)));
  const others = fields.filter(
    (field) => !own.includes(field) && own.some((one) => one.role === field.role && one.context.heading !== field.context.heading),
  );
  const headings = new Set(others.map((field) => field.context.heading));
  return headings.size === 0 ? group : group.filter(({ context }) => !headings.has(context.heading));
}

/** "Add another row", where all the lines that there are hold something else. */
export function anotherLine(scene: Scene, open: readonly Part[]): Move | undefined {
  const { goal, observation, past } = scene;
  if (!goal.clause.meanings.has('create') || !open.some((part) => part.role === 'typed' && part.value.kind === 'text')) return undefined;
  if (!goal.parts.every((part) => part.role !== 'entity' || inFocus(observation, part.value.text, past))) return undefined;
  const usable = reachable(observation);
  const control = usable.find(
    (candidate) => isClickable(candidate) && isAnother(candidate.name) && candidate.context.row === undefined && !usedOn(scene, candidate),
  );
  if (!control) return undefined;
  const lines = usable.filter((candidate) => isTextField(candidate) && middle(candidate) < middle(control) && isInLine(candidate, usable));
  if (
    lines.length === 0 ||
    !lines.some((field) => isAnothersLine(goal, field, usable)) ||
    lines.some((field) => usable.every((other) => !isTextField(other) || !besides(field, other) || (other.value ?? '') === ''))
  )
    return undefined;
  const about = content(
    [control.name, control.context.heading, ...lines.map(labelOf), ...lines.map((field) => field.context.column)].filter(Boolean).join(' '),
  );
  const said = [
    ...goal.clause.object,
    ...goal.clause.phrases.flatMap((phrase) => phrase.words),
    ...goal.parts.flatMap(({ value }) => value.hints),
  ];
  return likeness(said, about).covered > 0
    ? click(control, 'look', `${describe(control)} makes room for what is to be added`, 0.7)
    : undefined;
}
