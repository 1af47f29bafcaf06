import type { Action } from '../../core/action.ts';
import { aimAt, placeOf, type Deed } from './deed.ts';

/** Past its middle a thing makes way for what is carried over it, px. */
const PAST_MIDDLE = 5;

/** Takes one thing and drops it on another, in the small moves that drag libraries listen for. */
export async function drag(deed: Deed, action: Extract<Action, { kind: 'drag' }>): Promise<void> {
  const to = await aimAt(deed, action.to, { enabled: false });
  await to.place.world.call('unguard');
  const from = await aimAt(deed, action.target, { enabled: false });
  const end = await aimAt(deed, action.to, { press: true, enabled: false });
  await end.place.world.call('unguard');
  const { mouse } = deed.tab.page;
  const [right, down] = [end.x - from.x, end.y - from.y];
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move(from.x + Math.sign(right || 1) * 6, from.y + Math.sign(down || 1) * 6, { steps: 2 });
  await mouse.move(end.x, end.y, { steps: 6 });
  if (Math.abs(right) > Math.abs(down)) await mouse.move(end.x + Math.sign(right) * PAST_MIDDLE, end.y);
  else await mouse.move(end.x, end.y + Math.sign(down) * PAST_MIDDLE);
  await mouse.up();
}

/** Scrolls the page, or the area around the target, by most of what it shows. */
export async function scroll(deed: Deed, action: Extract<Action, { kind: 'scroll' }>): Promise<void> {
  const place = action.target === undefined ? undefined : placeOf(deed, action.target);
  deed.world = place?.world ?? deed.tab.world;
  await deed.world.call('arm');
  const moved = await deed.world.call('scroll', action.direction, ...(place ? [place.number] : []));
  if (!moved) deed.say(`nothing more to scroll ${action.direction}`);
}
