import type { Target } from '../core/action.ts';
import type { StepTask } from '../core/decision.ts';

/** Names and values of this attempt, longest value first: how what varies is written back as a template. */
export type NamedValues = readonly (readonly [name: string, value: string])[];

/** Sorts and drops what is too short to be told apart from ordinary text. */
export const namedValues = (entries: Iterable<readonly [string, string]>, shortest = 4): NamedValues =>
  [...entries].filter(([, value]) => value.length >= shortest).sort((a, b) => b[1].length - a[1].length || a[0].length - b[0].length);

/** "casey+k3f9@example.test" → "${invitee}". Text that holds no named value stays as it is. */
export function asTemplate(text: string, names: NamedValues): string {
  let template = text;
  for (const [name, value] of names) template = template.split(value).join(`\${${name}}`);
  return template;
}

/**
 * A target as the lockfile keeps it: volatile parts as templates, and of a row only what identifies it,
 * so that a date or a counter in the row does not make tomorrow's row another one.
 */
export function anchored(target: Target, step: StepTask, names: NamedValues): Target {
  const kept: Target = { role: target.role, name: asTemplate(target.name, names) };
  if (target.row) kept.row = rowAnchor(target.row, step, names);
  for (const key of ['dialog', 'group', 'landmark', 'frame', 'heading'] as const) {
    if (target[key]) kept[key] = asTemplate(target[key], names);
  }
  return kept;
}

function rowAnchor(row: string, step: StepTask, names: NamedValues): string {
  const said = step.values
    .filter((value) => !value.secret && value.value.length > 1 && row.includes(value.value))
    .map((value) => value.value);
  if (said.length > 0) return asTemplate(said.toSorted((a, b) => b.length - a.length)[0]!, names);
  const known = names.find(([, value]) => row.includes(value));
  return known ? `\${${known[0]}}` : steadyPart(row);
}

/** The beginning of a row up to the first date, time or count: what still stands there tomorrow. */
function steadyPart(row: string): string {
  const words = row.split(' ');
  const varies = words.findIndex((word) => /^[\d.,:/-]*\d[\d.,:/%-]*$/.test(word));
  return (varies > 0 ? words.slice(0, varies) : words).join(' ').slice(0, 60).trim();
}
