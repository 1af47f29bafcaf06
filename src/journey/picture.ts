import type { ActorSession } from '../browser/port.ts';

export interface Pictures {
  session: ActorSession;
  savePicture: ((jpeg: Uint8Array) => Promise<string>) | undefined;
}

/** What the page looks like now, with a candidate outlined; its filing goes on while the journey does. */
export async function takePicture({ session, savePicture }: Pictures, outline?: number): Promise<{ filed: Promise<string | undefined> }> {
  const jpeg = savePicture && (await session.picture(outline));
  const filed = Promise.resolve(jpeg && savePicture(jpeg));
  filed.catch(() => undefined);
  return { filed };
}
