import { createHash } from 'node:crypto';

/** "Roadmap" of one organisation → "ROAD-7F3A": short, and the same again for the same seed. */
export const projectKey = (name: string, seed: string): string =>
  `${
    name
      .replace(/[^a-z]/gi, '')
      .slice(0, 4)
      .toUpperCase() || 'PROJ'
  }-${createHash('sha256')
    .update(seed + name)
    .digest('hex')
    .slice(0, 4)
    .toUpperCase()}`;
