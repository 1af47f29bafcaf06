import { join } from 'node:path';
import { openAttachments } from '../../../src/report/attachments.ts';
import { writeAllure } from '../../../src/report/exports/allure.ts';
import { foldEvents } from '../../../src/report/fold.ts';
import { allIntents } from '../synthetic/teamspace.ts';
import { tellRun, type ToldIntent } from '../synthetic/telling.ts';

/** A run of every status, with one picture in it (of the bytes "jpeg"), as Allure's files in `out`. */
export async function writeAllureWithPicture(folder: string, out: string): Promise<void> {
  const attachments = openAttachments(join(folder, 'run'));
  const picture = await attachments.put(Buffer.from('jpeg'), 'jpg');
  const told = structuredClone(allIntents) as ToldIntent[];
  told.find(({ id }) => id === 'invite-editor')!.attempts[0]!.steps![0]!.acts![0]!.picture = picture;
  await writeAllure(foldEvents(await tellRun(told)), out, attachments.folder);
}
