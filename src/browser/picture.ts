import type { Tab } from './tab.ts';
import type { Place } from './look.ts';

const QUALITY = 60;

/** JPEG of the tab as it is, the target outlined and secret fields blotted out; undefined when it cannot be drawn now. */
export async function drawPicture(tab: Tab, target?: Place): Promise<Uint8Array | undefined> {
  if (tab.dialog || tab.closed || tab.crashed) return undefined;
  try {
    const worlds = new Set([target?.world ?? tab.world, ...tab.secretive]);
    await Promise.all([...worlds].map((world) => world.call('mark', world === target?.world && world.document === target.document ? target.number : 0)));
    try {
      const { data } = await tab.cdp.send('Page.captureScreenshot', { format: 'jpeg', quality: QUALITY, optimizeForSpeed: true });
      return Buffer.from(data, 'base64');
    } finally {
      for (const world of worlds) world.tell('unmark');
    }
  } catch {
    return undefined;
  }
}
