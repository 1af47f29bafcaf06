import type { Action } from '../../core/action.ts';
import type { SliderFacts } from '../page/slider.ts';
import { aimAt, Miss, tellTarget, textOf, type Deed } from './deed.ts';
import { stroke } from './keys.ts';

const MOST_STEPS = 1000;

/** Moves a slider to a value: at once where it is a field, else by its keyboard, as a person without a mouse would. */
export async function slide(deed: Deed, action: Extract<Action, { kind: 'slide' }>): Promise<void> {
  const { place, origin, tag } = await aimAt(deed, action.target);
  const { world, number } = place;
  const text = textOf(deed, action.value, { origin });
  const wanted = Number(text.replace(/[^\d.-]/g, ''));
  const read = (): Promise<SliderFacts | undefined> => world.call('sliderOf', number);
  await world.call('focus', number);
  let at = (await read()) ?? (await revealed(deed, place, read));
  if (!at) throw new Miss('not-editable', `${tellTarget(place)} is no slider that tells its value`);
  if (!Number.isFinite(wanted) || wanted < at.min || wanted > at.max)
    throw new Miss('no-option', `${tellTarget(place)} goes from ${at.min} to ${at.max}, not to “${text}”`);
  if (tag === 'input') await world.call('setWhole', number, String(wanted));
  else {
    for (let step = 0; at && at.value !== wanted && step < MOST_STEPS; step++) {
      const before: number = at.value;
      await stroke(deed, before < wanted ? 'ArrowRight' : 'ArrowLeft');
      at = await read();
      const passed = at && Math.sign(wanted - at.value) === -Math.sign(wanted - before);
      if (!at || at.value === before || passed) break;
    }
  }
  const end = await read();
  if (end && end.value !== wanted) throw new Miss('no-option', `${tellTarget(place)} stands at ${end.value}, not at ${wanted}`);
}

/** A slider that tells no value may have it written beside it: the number that changes when it is moved. */
async function revealed(
  deed: Deed,
  { world, number }: { world: Deed['world']; number: number },
  read: () => Promise<SliderFacts | undefined>,
): Promise<SliderFacts | undefined> {
  await world.call('noteNumbers', number);
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowLeft']) {
    await stroke(deed, key);
    const at = await read();
    if (at) return at;
  }
  return undefined;
}
