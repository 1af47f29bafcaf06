import type { Action } from '../../core/action.ts';
import type { Place } from '../look.ts';
import { aimAt, Miss, placeOf, tellTarget, textOf, throughFrames, type Deed } from './deed.ts';

/** Chooses an option of a native select, or opens a custom listbox and presses the option in it. */
export async function select(deed: Deed, action: Extract<Action, { kind: 'select' }>): Promise<void> {
  const place = placeOf(deed, action.target);
  const native = place.candidate.options !== undefined && place.candidate.inputType === undefined;
  const aim = await aimAt(deed, action.target, { press: !native });
  const wanted = textOf(deed, action.option, { origin: aim.origin });
  if (aim.tag === 'select') {
    const choice = await place.world.call('choose', place.number, wanted);
    if (!choice.ok) {
      const why = choice.why === 'ambiguous' ? 'has more than one option' : choice.why === 'disabled' ? 'does not allow' : 'has no option';
      throw new Miss(
        'no-option',
        `${tellTarget(place)} ${why} “${wanted}”; it offers ${choice.options.map((option) => `“${option}”`).join(', ')}`,
      );
    }
    deed.gap = 8;
    return;
  }
  if (aim.tag === 'input' && place.candidate.options) return fromSuggestions(deed, place, wanted);
  await fromList(deed, action.target, aim, wanted);
}

/** The suggestions of a field are drawn by the browser, where nobody can press: typing one is choosing it. */
async function fromSuggestions(deed: Deed, place: Place, wanted: string): Promise<void> {
  const offers = place.candidate.options ?? [];
  const same = offers.find((offer) => offer.toLowerCase() === wanted.trim().toLowerCase());
  if (same === undefined)
    throw new Miss(
      'no-option',
      `${tellTarget(place)} has no option “${wanted}”; it offers ${offers
        .slice(0, 20)
        .map((offer) => `“${offer}”`)
        .join(', ')}`,
    );
  await place.world.call('ready', place.number, false);
  await deed.input.type(same);
}

/** Opens what the control opens and presses the option with this text. */
async function fromList(deed: Deed, id: number, aim: { x: number; y: number }, wanted: string): Promise<void> {
  const place = placeOf(deed, id);
  const find = () => place.world.call('findOption', place.number, wanted);
  let found = await find();
  if (!found.ok) {
    await deed.input.press(aim.x, aim.y, { button: 'left', clicks: 1 });
    await deed.rest();
    found = await find();
  }
  if (!found.ok && found.typable) {
    await place.world.call('ready', place.number, false);
    await deed.input.typeByKey(wanted);
    await deed.rest();
    found = await find();
  }
  for (let page = 0; !found.ok && found.more && page < 60; page++) {
    await place.world.call('nextOptions', place.number);
    await deed.rest();
    found = await find();
  }
  if (!found.ok) {
    const offers =
      found.options.length > 0 ? `; it offers ${found.options.map((option) => `“${deed.actor.mask(option)}”`).join(', ')}` : '';
    throw new Miss('no-option', `${tellTarget(place)} has ${found.ambiguous ? 'more than one option' : 'no option'} “${wanted}”${offers}`);
  }
  for (let tries = 0; found.ok && !found.chosen; tries++) {
    const option = await place.world.call('aim', {
      number: found.number,
      shown: { role: found.role, name: found.name },
      press: true,
      enabled: true,
    });
    if (option.ok) {
      const { x, y } = await throughFrames(place, option);
      await deed.input.press(x, y, { button: 'left', clicks: 1 });
      return;
    }
    // lists that draw themselves anew replace their options: the same text once more
    found = await find();
    if (tries === 2 || !found.ok) throw new Miss(option.miss, option.why);
  }
}

/** Makes a checkbox, radio or switch be on or off, and makes sure that it is. */
export async function check(deed: Deed, action: Extract<Action, { kind: 'check' }>): Promise<void> {
  const { x, y, place } = await aimAt(deed, action.target);
  const before = await place.world.call('isOn', place.number);
  if (before === action.on) return;
  deed.gap = 8;
  if (before === undefined) throw new Miss('not-editable', `${tellTarget(place)} is nothing that can be on or off`);
  await deed.input.press(x, y, { button: 'left', clicks: 1 });
  await deed.rest();
  const after = await place.world.call('isOn', place.number).catch(() => undefined);
  if (after !== undefined && after !== action.on)
    throw new Miss(undefined, `${tellTarget(place)} is still ${after === true ? 'on' : 'off'}`);
}
