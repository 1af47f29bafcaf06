import type { ActionOutcome, ValueRef } from '../../core/action.ts';
import type { ActOptions, OpenActorOptions } from '../port.ts';
import type { Fence } from '../fence.ts';
import type { Input } from '../input.ts';
import type { Ledger } from '../ledger.ts';
import type { Shot } from '../picture.ts';
import type { Look, Place } from '../look.ts';
import type { Aim } from '../page/aim.ts';
import { isSame, type Identity } from '../page/same.ts';
import type { Ready } from '../page/edit.ts';
import type { Pulse } from '../pulse.ts';
import type { Tab } from '../tab.ts';
import { DocumentGone, type World } from '../world.ts';

/** Why an action was not done. Thrown by acts, told as the outcome. */
export class Miss extends Error {
  readonly miss: ActionOutcome['miss'];

  constructor(miss: ActionOutcome['miss'], message: string) {
    super(message);
    this.miss = miss;
  }
}

/** What an act works with. */
export interface Deed {
  tab: Tab;
  look: Look;
  fence: Fence;
  ledger: Ledger;
  actor: OpenActorOptions;
  options: ActOptions;
  input: Input;
  pulse: Pulse;
  /** Quiet that is enough afterwards, ms; acts that hardly ever set anything off lower it. */
  gap: number;
  /** World whose quiet is waited for. */
  world: World;
  shot: Shot | undefined;
  /** Adds a line to the outcome's events. */
  say(line: string): void;
  /** Waits for what was done so far to come to rest. */
  rest(): Promise<void>;
}

export type Aimed = Extract<Aim, { ok: true }> & { place: Place };

/** Where a target lives in the observation it was chosen on. */
export function placeOf(deed: Deed, id: number): Place {
  const place = deed.look.places.get(id);
  if (!place) throw new Miss('gone', `there is no element ${id} in this look at the page`);
  if (place.world.document !== place.document) throw new Miss('gone', `the page on which ${tellTarget(place)} stood is gone`);
  return place;
}

export const tellTarget = (place: Place): string => `${place.candidate.role} “${place.candidate.name}”`;

export interface AimAt {
  /** Checks identity only, when false. */
  press?: boolean;
  enabled?: boolean;
}

/** Checks that a target is still what it was and finds where to press it, in the viewport of the tab. */
export async function aimAt(deed: Deed, id: number, { press = true, enabled = true }: AimAt = {}): Promise<Aimed> {
  const place = placeOf(deed, id);
  const aim = await aimed(deed, place, (shown) => place.world.call('aim', { number: place.number, shown, press, enabled }));
  return { ...aim, ...(press ? await throughFrames(place, aim) : {}), place };
}

/** The same for a field, which is made ready to be typed into. */
export async function aimAtField(deed: Deed, id: number, secret: boolean): Promise<Aimed & Ready> {
  const place = placeOf(deed, id);
  const aim = await aimed(deed, place, (shown) =>
    place.world.call('aimField', { number: place.number, shown, press: true, enabled: true }, secret),
  );
  return { ...(aim as Extract<Aim, { ok: true }> & Ready), place };
}

async function aimed(deed: Deed, place: Place, ask: (shown: Identity) => Promise<Aim>): Promise<Extract<Aim, { ok: true }>> {
  deed.world = place.world;
  let aim: Aim;
  try {
    aim = await ask(place.shown);
    // it was shown masked: ask again for who it really is
    if (!aim.ok && aim.now && isSame(masked(aim.now, deed.actor.mask), place.shown)) aim = await ask(aim.now);
  } catch (error) {
    if (error instanceof DocumentGone) throw new Miss('gone', `the page on which ${tellTarget(place)} stood is gone`);
    throw error;
  }
  if (!aim.ok) throw new Miss(aim.miss, deed.actor.mask(aim.why));
  return aim;
}

function masked(identity: Identity, mask: (text: string) => string): Identity {
  const { role, name, row, dialog } = identity;
  return {
    role,
    name: mask(name),
    ...(row === undefined ? {} : { row: mask(row) }),
    ...(dialog === undefined ? {} : { dialog: mask(dialog) }),
  };
}

/** A point of a frame as a point of the tab. */
export async function throughFrames(place: Place, point: { x: number; y: number }): Promise<{ x: number; y: number }> {
  let { x, y } = point;
  for (const { world, number } of [...place.frames].reverse()) {
    const outside = await world.call('throughFrame', number, x, y);
    if (!outside) throw new Miss('gone', `the frame of ${tellTarget(place)} is gone`);
    if ('covered' in outside) throw new Miss('covered', `the frame of ${tellTarget(place)} is covered by ${outside.covered}`);
    ({ x, y } = outside);
  }
  return { x, y };
}

/** Text of a value, for typing or looking for: resolved in the last line. */
export function textOf(deed: Deed, ref: ValueRef, field: { origin: string; inputType?: string }): string {
  return deed.options.valueOf(ref, field);
}
