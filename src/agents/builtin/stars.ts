import type { Candidate } from '../../core/observation.ts';
import type { FormPlan } from './form.ts';
import { formKey, reachable } from './layout.ts';
import { click, type Move, type Scene } from './move.ts';

/** "four stars", where the form shows a scale of alike signs without names: the fourth of them. */
export function rate(scene: Scene, form: FormPlan): Move | undefined {
  const { goal, observation, taken } = scene;
  if (!/\bstars?\b/i.test(goal.clause.text)) return undefined;
  const part = goal.parts.find(({ role, value }) => role === 'typed' && value.kind === 'number' && !taken.has(value.text));
  const count = Number(part?.value.text);
  if (!part || form.takes.includes(part) || form.fields.length === 0) return undefined;
  const own = formKey(form.fields[0]!);
  const signs = reachable(observation).filter((candidate) => formKey(candidate) === own && isSign(candidate));
  const scale = signs.filter((sign) => isBeside(sign, signs[0]!)).sort((a, b) => a.print.box.x - b.print.box.x);
  if (scale.length !== signs.length || (scale.length !== 5 && scale.length !== 10) || !(count >= 1 && count <= scale.length))
    return undefined;
  const why = `it is number ${count} of a scale of ${scale.length}`;
  return { ...click(scale[count - 1]!, 'fill', why, 0.7), took: [part.value.text] };
}

const isSign = ({ name, role, href }: Candidate): boolean =>
  name === '' && href === undefined && ['generic', 'button', 'img', 'image'].includes(role);

const isBeside = ({ print: { box, tag } }: Candidate, first: Candidate): boolean =>
  tag === first.print.tag &&
  Math.abs(box.y - first.print.box.y) <= 4 &&
  Math.abs(box.w - first.print.box.w) <= 4 &&
  Math.abs(box.h - first.print.box.h) <= 4;
