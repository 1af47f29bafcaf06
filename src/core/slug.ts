/** A name that is safe as a file name on every system, Windows included; different names never collide. */
export function slugOf(name: string, max = 60): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/.test(plain);
  if (plain === name && plain.length > 0 && plain.length <= max && !reserved) return plain;
  return `${plain.slice(0, max - 8) || 'x'}-${hash32(name)}`;
}

/** FNV-1a, 7 characters of base 36: enough to tell names apart, not a digest. */
export function hash32(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36).padStart(7, '0');
}
