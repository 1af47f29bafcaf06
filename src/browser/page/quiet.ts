import { forgetTimers, timersDue, watchTimers } from './hooked.ts';
import { isLeaving, isOpening, stay } from './leaving.ts';

export interface QuietOptions {
  /** Nothing may have changed for so long, ms. */
  gap: number;
  /** Longest wait, ms. */
  most: number;
}

export interface Quiet {
  settled: boolean;
  /** Something in the page changed since the action began. */
  changed: boolean;
  /** The page has asked for another document, which is on its way. */
  leaving: boolean;
  /** Another window was asked for. */
  opening: boolean;
}

/** How long after an action its timers and transitions are waited for, ms. */
const TIMERS_FOR = 1200;
const MOTION_FOR = 700;
/** How long after a document began its load is waited for, ms: pages wire themselves up then. */
const LOAD_FOR = 1500;
/** How long what says that it is busy is believed, ms; after that it is furniture. */
const BUSY_FOR = 3000;
/** A node that changes by itself this often is a clock or a spinner. */
const RESTLESS = 3;

const restless = new WeakMap<Node, number>();
let armedAt = performance.now();
let armed = true;
let changedAt = 0;
let changes = 0;

const observer = new MutationObserver((records) => {
  const now = performance.now();
  for (const { target } of records) {
    const times = restless.get(target) ?? 0;
    if (!armed) restless.set(target, times + 1);
    if (times >= RESTLESS) continue;
    changes++;
    if (armed) changedAt = now;
  }
});
const WATCHED: MutationObserverInit = { subtree: true, childList: true, attributes: true, characterData: true };
const watched = new WeakSet<Node>();

for (const kind of ['scroll', 'resize'])
  window.addEventListener(
    kind,
    () => {
      changes++;
    },
    true,
  );

/** Another number as soon as the page looks different, as far as its nodes tell; what changes for ever does not count. */
export const changesSeen = (): number => changes;

/** Watches the document and the shadow roots in it. */
export function watch(roots: readonly Node[]): void {
  for (const root of [document, ...roots]) {
    if (watched.has(root)) continue;
    watched.add(root);
    observer.observe(root, WATCHED);
  }
}

/** From now on changes are put down to the action. */
export function arm(): void {
  watch([]);
  observer.takeRecords();
  armed = true;
  armedAt = performance.now();
  changedAt = 0;
  stay();
  watchTimers();
}

/** Resolves when nothing has changed for a while and no timer, frame or transition that the action set off is due. */
export async function quiet({ gap, most }: QuietOptions): Promise<Quiet> {
  watch([]);
  const start = performance.now();
  await loaded(Math.min(most, LOAD_FOR - start));
  for (;;) {
    const now = performance.now();
    const since = now - armedAt;
    const timer = since < TIMERS_FOR ? timersDue() : 0;
    const motion = since < MOTION_FOR ? motionDue() : 0;
    const busy = since < BUSY_FOR && isBusy() ? 50 : 0;
    const still = gap - (now - Math.max(changedAt, start));
    const wait = Math.max(timer, motion, busy, still);
    // what a page does that is about to go is of no interest
    if (isLeaving()) return { settled: false, changed: changedAt > 0, leaving: true, opening: isOpening() };
    if (wait <= 0 || now - start >= most) return { settled: wait <= 0, changed: changedAt > 0, leaving: false, opening: isOpening() };
    await new Promise((resolve) => setTimeout(resolve, Math.min(wait + 0.5, Math.max(0, most - (now - start)), 50)));
  }
}

/** Resolves when the document has loaded and its handlers have run, or after `ms`. */
async function loaded(ms: number): Promise<void> {
  if (document.readyState === 'complete' || ms <= 0) return;
  await new Promise((resolve) => {
    window.addEventListener('load', () => setTimeout(resolve), { once: true });
    setTimeout(resolve, ms);
  });
}

/** The action is over: what changes now, changes by itself, and what is still busy stays so. */
export function disarm(): void {
  armed = false;
  for (const element of busyElements()) furniture.add(element);
  forgetTimers();
}

const MOVING = /opacity|transform|translate|scale|height|width|top|left|right|bottom|visibility|display|clip|margin|inset/i;

/** Milliseconds until the transitions that move or show something have ended; colours and endless ones do not count. */
function motionDue(): number {
  let due = 0;
  for (const animation of document.getAnimations()) {
    if (animation.playState !== 'running' || !(animation.effect instanceof KeyframeEffect)) continue;
    const { endTime } = animation.effect.getComputedTiming();
    const left = Number(endTime) - Number(animation.currentTime ?? 0);
    if (!Number.isFinite(left) || left <= 0 || left > MOTION_FOR) continue;
    if (!animation.effect.getKeyframes().some((frame) => Object.keys(frame).some((property) => MOVING.test(property)))) continue;
    if (animation.effect.target instanceof Element && animation.effect.target.matches('button,a,input,[role=button]')) continue;
    due = Math.max(due, left);
  }
  return due;
}

const furniture = new WeakSet<Element>();

/** A skeleton, a spinner: something on the page says that more is coming. */
const isBusy = (): boolean => busyElements().some((element) => !furniture.has(element));

function busyElements(): Element[] {
  return [...document.querySelectorAll('[aria-busy=true],[role=progressbar]:not([aria-valuenow])')].filter((element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
  );
}
