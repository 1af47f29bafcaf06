import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from './write-file.ts';

const ATTACHMENT_ID = /^[0-9a-f]{64}\.[a-z0-9]{1,5}$/;

/** Large bytes of a run, kept once by content. */
export interface Attachments {
  readonly folder: string;
  /** Stores the bytes and resolves to their id: sha256 and extension, which is also the file's name. */
  put(bytes: Uint8Array, extension: string): Promise<string>;
}

export function openAttachments(runFolder: string): Attachments {
  const folder = join(runFolder, 'attachments');
  return {
    folder,
    async put(bytes, extension) {
      const id = `${createHash('sha256').update(bytes).digest('hex')}.${extension}`;
      if (!isAttachmentId(id)) throw new RangeError(`${extension} is no file extension`);
      const file = join(folder, id);
      const known = await access(file).then(
        () => true,
        () => false,
      );
      if (!known) await writeWhole(file, bytes);
      return id;
    },
  };
}

/** Ids come back from journals, which may have been tampered with: nothing else may become a path. */
export const isAttachmentId = (id: string): boolean => ATTACHMENT_ID.test(id);
