import type { Action } from '../../core/action.ts';
import { DialogOpened, DocumentGone } from '../world.ts';
import type { Deed } from './deed.ts';

const STEP_MS = 1000;

/** Waits, bounded, until the page shows a text, or anything new when no text is named. */
export async function wait(deed: Deed, action: Extract<Action, { kind: 'wait' }>): Promise<void> {
  const deadline = performance.now() + deed.options.settleMs;
  const documents = deed.tab.documents;
  while (performance.now() < deadline && !deed.options.signal.aborted && !deed.tab.dialog && !deed.tab.closed) {
    try {
      const most = Math.max(1, Math.min(STEP_MS, deadline - performance.now()));
      if (await deed.tab.world.call('awaitNews', { most, ...(action.text ? { text: action.text } : {}) })) return;
    } catch (error) {
      if (error instanceof DialogOpened) return;
      if (!(error instanceof DocumentGone)) throw error;
      await deed.tab.parsed(deadline - performance.now());
    }
    if (!action.text && deed.tab.documents !== documents) return;
  }
  deed.say(action.text ? `“${action.text}” did not appear` : 'nothing new appeared');
}
