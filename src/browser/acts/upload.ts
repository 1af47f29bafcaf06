import { realpath, stat } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import type { FileChooser } from 'playwright';
import type { Action } from '../../core/action.ts';
import { aimAt, Miss, placeOf, tellTarget, type Deed } from './deed.ts';

const CHOOSER_MS = 1500;

/** Gives a file that lies beside the intent to a file field, or to the chooser that a button opens. */
export async function upload(deed: Deed, action: Extract<Action, { kind: 'upload' }>): Promise<void> {
  const file = await fileOf(deed, action.file);
  const aimed = await aimAt(deed, action.target).catch((error: unknown) => {
    // A file field often lies unseen under the button that opens it: it is given the file all the same.
    if (!(error instanceof Miss) || error.miss !== 'covered' || placeOf(deed, action.target).candidate.inputType !== 'file') throw error;
    return { place: placeOf(deed, action.target), type: 'file', x: 0, y: 0 };
  });
  const { place, type, x, y } = aimed;
  if (type === 'file') {
    const objectId = await place.world.handle(place.number);
    if (!objectId) throw new Miss('gone', `${tellTarget(place)} is gone`);
    await place.world.link.cdp.send('DOM.setFileInputFiles', { files: [file], objectId });
    return;
  }
  deed.tab.chooser = undefined;
  await deed.input.press(x, y, { button: 'left', clicks: 1 });
  await deed.rest();
  const opened = await chooserOf(deed);
  if (!opened) throw new Miss('not-editable', `${tellTarget(place)} opens no file chooser`);
  await opened.setFiles(file);
  deed.input.used = true;
}

/** The chooser that a press opened; the browser may take a moment to say so. */
async function chooserOf({ tab, pulse }: Deed): Promise<FileChooser | undefined> {
  const deadline = performance.now() + CHOOSER_MS;
  while (!tab.chooser && performance.now() < deadline) await pulse.next(deadline - performance.now());
  return tab.chooser;
}

async function fileOf(deed: Deed, name: string): Promise<string> {
  const folder = await realpath(deed.actor.filesDir).catch(() => resolve(deed.actor.filesDir));
  const file = await realpath(resolve(folder, name)).catch(() => undefined);
  if (!file || !file.startsWith(folder + sep) || !(await stat(file)).isFile())
    throw new Miss('refused', `there is no file ${basename(name)} beside the intent`);
  return file;
}
