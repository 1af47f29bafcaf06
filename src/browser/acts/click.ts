import type { Action } from '../../core/action.ts';
import { aimAt, type Deed } from './deed.ts';

/** Presses with the mouse, where the target can be seen. */
export async function click(deed: Deed, action: Extract<Action, { kind: 'click' }>): Promise<void> {
  const { x, y, place, outline } = await aimAt(deed, action.target);
  await deed.shot?.found(place.frames.length === 0 ? outline : undefined);
  await deed.input.press(x, y, { button: action.button ?? 'left', clicks: action.double ? 2 : 1 });
}

/** Moves the mouse over the target: menus that open by hovering stay open until it moves on. */
export async function hover(deed: Deed, action: Extract<Action, { kind: 'hover' }>): Promise<void> {
  const { x, y } = await aimAt(deed, action.target, { enabled: false });
  await deed.input.move(x, y);
}
