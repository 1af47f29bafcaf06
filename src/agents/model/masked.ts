import type { Observation } from '../../core/observation.ts';

/**
 * The page with every text masked before it is cut, folded or quoted: a secret that was changed on the way is no longer recognised.
 * Fingerprints are left out; no reader is told of them.
 */
export function masked(observation: Observation, mask: (text: string) => string): Observation {
  return deep(observation, mask);
}

function deep<T>(value: T, mask: (text: string) => string): T {
  if (typeof value === 'string') return mask(value) as T;
  if (Array.isArray(value)) return value.map((item) => deep(item, mask)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === 'print' ? item : deep(item, mask)])) as T;
}
