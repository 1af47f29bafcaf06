import type { Ledger } from './ledger.ts';
import type { Pulse } from './pulse.ts';
import type { Tab } from './tab.ts';
import { DialogOpened, DocumentGone, type World } from './world.ts';

export interface SettleOptions {
  /** Where the action took place. */
  world: World;
  ledger: Ledger;
  pulse: Pulse;
  /** Requests after this mark belong to the action. */
  mark: number;
  /** Documents of the tab before the action. */
  documents: number;
  /** Whether a window has opened since the action began. */
  opened(): boolean;
  /** Whether the document that was asked for turned out to be a download. */
  downloading(): boolean;
  /** Quiet that is enough, ms. */
  gap: number;
  /** Longest wait, ms. */
  most: number;
  signal: AbortSignal;
}

export interface Settled {
  /** What a guarded press landed on; "unknown" when its document is gone. */
  press: 'none' | 'hit' | 'unknown' | { missed: string };
  /** The page still moved when the time was up. */
  restless: boolean;
}

/** A document that the page has asked for must be on its way by then, ms; */
const LEAVE_MS = 1500;
/** and, once its request has ended, be there or turn out to be a download. */
const ARRIVE_MS = 400;
/** Nothing new in a fresh document for so long is enough, ms. */
const FRESH_GAP = 8;

/**
 * Waits until what an action set off has come to rest, by what can be observed: requests, navigation, changes of the page,
 * timers and transitions. A click that causes nothing costs one gap.
 */
export async function settle(tab: Tab, options: SettleOptions): Promise<Settled> {
  const { ledger, mark, signal } = options;
  const deadline = performance.now() + options.most;
  let press: Settled['press'] = 'unknown';
  let world = options.world;
  let gap = options.gap;
  let idleSince: number | undefined;
  const left = (): number => deadline - performance.now();
  while (!signal.aborted && !tab.dialog && !tab.closed && !tab.crashed) {
    if (left() <= 0) return { press, restless: true };
    const documents = tab.documents;
    let leaving = false;
    let opening = false;
    try {
      if (documents !== options.documents && world !== tab.world) world = tab.world;
      const quiet = await world.call('settle', { gap, most: Math.max(1, Math.min(left(), 3000)) });
      leaving = quiet.leaving;
      opening = quiet.opening && !options.opened();
      if (world === options.world && press === 'unknown') press = quiet.press;
    } catch (error) {
      if (error instanceof DialogOpened) break;
      if (!(error instanceof DocumentGone)) throw error;
      if (tab.closed) break;
      if (press === 'none') press = 'unknown';
      world = tab.world;
      await tab.parsed(left());
      gap = FRESH_GAP;
      continue;
    }
    await new Promise((resolve) => setImmediate(resolve));
    if (tab.documents !== documents) {
      await tab.parsed(left());
      gap = FRESH_GAP;
      continue;
    }
    if (ledger.pending(mark, tab.page) === 0) {
      idleSince ??= performance.now();
      const patience = !opening && ledger.askedForDocument(mark) ? ARRIVE_MS : LEAVE_MS;
      if (!(leaving || opening) || options.downloading() || performance.now() - idleSince > patience) return { press, restless: false };
    } else idleSince = undefined;
    await options.pulse.next(Math.min(left(), 100));
  }
  return { press, restless: false };
}
