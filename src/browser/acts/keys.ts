import type { Action } from '../../core/action.ts';
import { answered } from '../input.ts';
import { aimAt, Miss, tellTarget, textOf, type Deed } from './deed.ts';

const NAMES: Record<string, string> = {
  enter: 'Enter', return: 'Enter', esc: 'Escape', escape: 'Escape', tab: 'Tab', space: 'Space', spacebar: 'Space', backspace: 'Backspace', del: 'Delete', delete: 'Delete',
  up: 'ArrowUp', down: 'ArrowDown', left: 'ArrowLeft', right: 'ArrowRight', arrowup: 'ArrowUp', arrowdown: 'ArrowDown', arrowleft: 'ArrowLeft', arrowright: 'ArrowRight',
  pageup: 'PageUp', pagedown: 'PageDown', home: 'Home', end: 'End', insert: 'Insert', ctrl: 'Control', control: 'Control', cmd: 'Meta', command: 'Meta', meta: 'Meta', alt: 'Alt', option: 'Alt', shift: 'Shift',
};

/** "ctrl+enter" → "Control+Enter"; undefined for what is no key. */
export function keyName(key: string): string | undefined {
  const parts = key.length > 1 ? key.split('+') : [key];
  const named = parts.map((part) => NAMES[part.trim().toLowerCase()] ?? (/^F\d{1,2}$/i.test(part) ? part.toUpperCase() : [...part.trim()].length === 1 ? part.trim() : undefined));
  return named.every((part) => part !== undefined) ? named.join('+') : undefined;
}

/** Presses a key or a combination, on the target or on what has the focus. */
export async function press(deed: Deed, action: Extract<Action, { kind: 'press' }>): Promise<void> {
  const key = keyName(action.key);
  if (!key) throw new Miss('refused', `“${action.key}” is no key`);
  if (action.target === undefined) await deed.world.call('arm');
  else {
    const { place } = await aimAt(deed, action.target, { press: false });
    if (!(await place.world.call('isFocused', place.number))) await place.world.call('focus', place.number);
  }
  await stroke(deed, key);
}

/** Moves a slider to a value, by its keyboard. */
export async function slide(deed: Deed, action: Extract<Action, { kind: 'slide' }>): Promise<void> {
  const { place, origin, tag } = await aimAt(deed, action.target);
  const text = textOf(deed, action.value, { origin });
  const wanted = Number(text.replace(/[^\d.-]/g, ''));
  const read = () => place.world.call('sliderOf', place.number);
  let at = await read();
  if (!at) throw new Miss('not-editable', `${tellTarget(place)} is no slider that tells its value`);
  if (!Number.isFinite(wanted) || wanted < at.min || wanted > at.max) throw new Miss('no-option', `${tellTarget(place)} goes from ${at.min} to ${at.max}, not to “${text}”`);
  if (tag === 'input') {
    await place.world.call('focus', place.number);
    await place.world.call('setWhole', place.number, String(wanted));
  } else {
    await place.world.call('focus', place.number);
    for (let tries = 0; at && at.value !== wanted && tries < 400; tries++) {
      const before = at.value;
      await stroke(deed, before < wanted ? 'ArrowRight' : 'ArrowLeft');
      at = await read();
      if (at && (at.value === before || Math.sign(wanted - at.value) === -Math.sign(wanted - before))) break;
    }
  }
  const end = await read();
  if (end && end.value !== wanted) throw new Miss('no-option', `${tellTarget(place)} stands at ${end.value}, not at ${wanted}`);
}

function stroke(deed: Deed, key: string): Promise<void> {
  deed.input.used = true;
  return answered(deed.tab, deed.tab.page.keyboard.press(key));
}
