import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;

/** The entries of a zip file, unpacked one by one; throws RangeError on anything that is no plain zip (encrypted, zip64, another method). */
export function* zipEntries(zip: Buffer): Generator<{ name: string; bytes: Buffer }> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || zip.readUInt32LE(end) !== END) throw new RangeError('it is no zip file');
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff) throw new RangeError('it is a zip64 file');
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw new RangeError('its directory is broken');
    const [flags, method, size] = [zip.readUInt16LE(at + 8), zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [nameLength, extraLength, commentLength, local] = [
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
      zip.readUInt32LE(at + 42),
    ];
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) throw new RangeError('it is packed in a way that cannot be looked into');
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(from, from + size);
    yield { name: zip.toString('utf8', at + 46, at + 46 + nameLength), bytes: method === 8 ? inflateRawSync(packed) : packed };
    at += 46 + nameLength + extraLength + commentLength;
  }
}
