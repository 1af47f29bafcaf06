import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { isConsumed } from './consumed.ts';
import { likeness } from '../meaning.ts';
import { content } from '../words.ts';
import type { FormPlan } from './form.ts';
import { formKey, reachable } from './layout.ts';
import { act, click, type Move, type Scene, usedHere, usedOn } from './move.ts';
import { optionFit } from './option.ts';
import { tell } from './value.ts';

/** Fields that serve several ends: "Internal note" has to be chosen before it is written. */
export function modeOf(scene: Scene, form: FormPlan): Candidate | undefined {
  const own = new Set(form.fields.map((field) => formKey(field)));
  const words = [...scene.goal.wish, ...scene.goal.deeds];
  const tabs = reachable(scene.observation).filter((candidate) => candidate.role === 'tab' && own.has(formKey(candidate)));
  const fits = (candidate: Candidate): boolean => likeness(words, content(candidate.name)).focused >= 0.95;
  const wanted = tabs.filter((candidate) => fits(candidate));
  return wanted.length === 1 && wanted[0]!.selected === false && !usedHere(scene, wanted[0]!) ? wanted[0] : undefined;
}

/** An answer that is a button of its own among others like it: a time slot, a size. */
export function pickButton(scene: Scene, form: FormPlan): Move | undefined {
  const usable = reachable(scene.observation).filter(
    (candidate) => candidate.role === 'button' && candidate.context.row === undefined && candidate.popup === undefined,
  );
  for (const part of form.unplaced.filter(
    (item) => item.value.kind !== 'secret' && item.role !== 'entity' && !(item.value.kind === 'time' && isConsumed(scene, item)),
  )) {
    const fits = usable.filter((candidate) => optionFit(part.value, candidate.name) >= 0.95);
    const alike =
      fits.length === 1
        ? usable.filter(
            (candidate) =>
              candidate !== fits[0] && candidate.context.group === fits[0]!.context.group && candidate.print.path === fits[0]!.print.path,
          )
        : [];
    if (alike.length > 0 && !usedOn(scene, fits[0]!)) return click(fits[0]!, 'fill', `${describe(fits[0]!)} is ${tell(part.value)}`, 0.8);
    const waited = scene.turns.findLastIndex((turn) => turn.action.kind === 'wait');
    if (part.value.kind === 'time' && fits.length === 0 && waited < scene.turns.length - 1)
      return act({ kind: 'wait' }, 'wait', `the page may still offer ${tell(part.value)}`);
  }
  return undefined;
}
