import type { Action } from '../../core/action.ts';
import type { MailItem } from '../../core/observation.ts';
import { messageOf } from '../../core/errors.ts';
import { hostOf } from '../address.ts';
import type { Tab } from '../tab.ts';
import { Miss, type Deed } from './deed.ts';

/** Goes to a path of the application, and nowhere else. */
export async function goto(deed: Deed, action: Extract<Action, { kind: 'goto' }>): Promise<void> {
  const url = deed.fence.resolve(action.path);
  if (!url) throw new Miss('refused', `“${action.path}” is not a page of the application`);
  await open(deed, url);
}

/** Opens a link of one of the actor's own mails. */
export async function mail(deed: Deed, action: Extract<Action, { kind: 'mail' }>, box: readonly MailItem[]): Promise<void> {
  const item = box.find((one) => one.id === action.mail);
  const link = item?.links.find((one) => one.id === action.link);
  if (!item || !link)
    throw new Miss('gone', item ? `the mail “${item.subject}” has no link ${action.link}` : `there is no mail ${action.mail}`);
  const url = deed.fence.owns(link.url) ? deed.fence.resolve(link.url) : undefined;
  if (!url) throw new Miss('refused', `the link “${link.text}” of the mail leads to ${hostOf(link.url)}, which is not the application’s`);
  await open(deed, url);
}

export async function back(deed: Deed): Promise<void> {
  const moved = await deed.tab.page.goBack({ waitUntil: 'commit', timeout: deed.options.settleMs }).catch(failed);
  if (moved === null) deed.say('there was no page to go back to');
}

export async function reload(deed: Deed): Promise<void> {
  await deed.tab.page.reload({ waitUntil: 'commit', timeout: deed.options.settleMs }).catch(failed);
}

async function open(deed: Deed, url: string): Promise<void> {
  const failed = await openAddress(deed.tab, url, Math.max(deed.options.settleMs, 10_000));
  if (failed) throw new Miss(undefined, `${deed.actor.mask(new URL(url).pathname)} could not be opened: ${failed}`);
}

/** Loads an address in a tab until its document is there. Returns why it could not be, if it could not. */
export async function openAddress(tab: Tab, url: string, ms: number): Promise<string | undefined> {
  try {
    await tab.page.goto(url, { waitUntil: 'commit', timeout: ms });
    return undefined;
  } catch (error) {
    const why = messageOf(error);
    // the page itself went on somewhere else, or it is a download: what came of it is to be looked at
    return /interrupted by another navigation|ERR_ABORTED/.test(why) ? undefined : netError(why);
  }
}

function failed(error: unknown): undefined {
  const why = messageOf(error);
  if (/interrupted by another navigation|ERR_ABORTED|Timeout/.test(why)) return undefined;
  throw new Miss(undefined, netError(why));
}

const netError = (why: string): string => /net::[A-Z_]+/.exec(why)?.[0] ?? why.replace(/^page\.\w+: /, '');
