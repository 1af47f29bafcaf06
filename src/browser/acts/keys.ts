import type { Action } from '../../core/action.ts';
import { answered } from '../input.ts';
import { aimAt, Miss, type Deed } from './deed.ts';

const NAMES: Record<string, string> = {
  enter: 'Enter',
  return: 'Enter',
  esc: 'Escape',
  escape: 'Escape',
  tab: 'Tab',
  space: 'Space',
  spacebar: 'Space',
  backspace: 'Backspace',
  del: 'Delete',
  delete: 'Delete',
  up: 'ArrowUp',
  down: 'ArrowDown',
  left: 'ArrowLeft',
  right: 'ArrowRight',
  arrowup: 'ArrowUp',
  arrowdown: 'ArrowDown',
  arrowleft: 'ArrowLeft',
  arrowright: 'ArrowRight',
  pageup: 'PageUp',
  pagedown: 'PageDown',
  home: 'Home',
  end: 'End',
  insert: 'Insert',
  ctrl: 'Control',
  control: 'Control',
  cmd: 'Meta',
  command: 'Meta',
  meta: 'Meta',
  alt: 'Alt',
  option: 'Alt',
  shift: 'Shift',
};

/** "ctrl+enter" → "Control+Enter"; undefined for what is no key. */
function keyName(key: string): string | undefined {
  const parts = key.length > 1 ? key.split('+') : [key];
  const named = parts.map(
    (part) =>
      NAMES[part.trim().toLowerCase()] ??
      (/^F\d{1,2}$/i.test(part) ? part.toUpperCase() : [...part.trim()].length === 1 ? part.trim() : undefined),
  );
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

/** Presses one key, on what has the focus. */
export function stroke(deed: Deed, key: string): Promise<void> {
  deed.input.used = true;
  return answered(deed.tab, deed.tab.page.keyboard.press(key));
}
