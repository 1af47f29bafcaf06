import { aim, throughFrame, type AimOptions } from './aim.ts';
import * as edit from './edit.ts';
import { follow } from './follow.ts';
import { unguard } from './guard.ts';
import { focus, scroll } from './motion.ts';
import { blot, sight, unblot } from './picture.ts';
import { noteNumbers, sliderOf } from './slider.ts';
import { findOption, nextOptions } from './options.ts';
import { elementOf } from './registry.ts';
import { arm, disarm, quiet, type QuietOptions } from './quiet.ts';
import type { LookOptions } from './frame-look.ts';
import { look } from './look.ts';
import { awaitNews, remember } from './news.ts';

/** All that the session calls in a page, by name, with and for plain JSON. */
const calls = {
  /** As text: that crosses over faster than an object. */
  look: (options: LookOptions) => JSON.stringify(remember(look(options))),
  aim: (options: AimOptions) => aim(options),
  /** Aims and, when that succeeded, makes the field ready to be typed into. */
  aimField: async (options: AimOptions, secret: boolean) => {
    const aimed = await aim(options);
    return aimed.ok ? { ...aimed, ...edit.ready(options.number, secret) } : aimed;
  },
  throughFrame,
  arm,
  settle: async (options: QuietOptions) => ({ ...(await quiet(options)), press: unguard() }),
  disarm,
  awaitNews,
  unguard,
  ready: (number: number, secret: boolean) => edit.ready(number, secret),
  setWhole: edit.setWhole,
  typedValue: edit.typedValue,
  choose: edit.choose,
  isOn: edit.isOn,
  isFocused: edit.isFocused,
  findOption,
  nextOptions,
  focus,
  scroll,
  sliderOf,
  noteNumbers,
  blot,
  unblot,
  sight,
  element: (number: number) => elementOf(number),
};

export type PageCalls = typeof calls;

(globalThis as unknown as { intentwright?: PageCalls }).intentwright ??= calls;

// There only while a person is followed.
const world = globalThis as unknown as { intentwrightTell?(note: string): void; intentwrightFollows?: true };
if (world.intentwrightTell && !world.intentwrightFollows) {
  world.intentwrightFollows = true;
  follow((note) => world.intentwrightTell!(note));
}
