import type { Pair } from './assign.ts';
import type { Part } from './goal.ts';

/** A form that asks for an address in one field gets all of it there; which of its pieces went with it is told, too. */
export function inOneField(assigned: readonly Pair[], left: readonly Part[]): { assigned: Pair[]; taken: Part[] } {
  const pieces = assigned.filter(({ value }) => value.whole !== undefined);
  const [only] = pieces;
  const others = left.filter(({ value }) => value.whole !== undefined && value.whole === only?.value.whole);
  const whole = only?.value.whole;
  if (pieces.length !== 1 || whole === undefined || others.length < 2 || !whole.startsWith(only!.value.text))
    return { assigned: [...assigned], taken: [] };
  const value = { ...only!.value, text: whole, ref: { from: 'step', text: whole } as const };
  return { assigned: assigned.map((pair) => (pair === only ? { ...pair, value } : pair)), taken: others };
}
