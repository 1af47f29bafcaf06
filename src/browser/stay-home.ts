import { hostOf } from './address.ts';
import type { Fence } from './fence.ts';
import type { Happenings } from './happenings.ts';
import type { Ledger } from './ledger.ts';
import type { Tab } from './tab.ts';

const BACK_MS = 5000;

/**
 * Makes sure that a tab stands on the application after an action. The fence keeps other hosts from answering; where a page
 * went all the same, or tried to, it is said, and left.
 */
export async function stayHome(tab: Tab, options: { fence: Fence; ledger: Ledger; happenings: Happenings; alone: boolean }): Promise<void> {
  const { fence, ledger, happenings, alone } = options;
  if (tab.closed || tab.crashed || tab.dialog) return;
  const url = tab.page.url();
  if (fence.allows(url)) return;
  const foreign = url.startsWith('chrome-error:') ? ledger.foreignDocument() : url;
  // an error page of the application itself is the application's to show
  if (foreign === undefined) return;
  happenings.tell('host-refused', `the page went to ${hostOf(foreign)}, which is not the application’s; went back`);
  if (!alone && (await tab.page.opener().catch(() => null)) !== null) return tab.page.close();
  await tab.page.goBack({ waitUntil: 'domcontentloaded', timeout: BACK_MS }).catch(() => undefined);
  if (!fence.allows(tab.page.url()))
    await tab.page.goto(fence.base.href, { waitUntil: 'domcontentloaded', timeout: BACK_MS }).catch(() => undefined);
}
