/** Edit distance with swapped neighbours counted once; Infinity as soon as it passes `limit`. */
export function distance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, beforeLast[column - 2]! + 1);
      current.push(cost);
    }
    if (Math.min(...current) > limit) return Number.POSITIVE_INFINITY;
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The known name that was most likely meant, or undefined when none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const wanted = plain(name);
  const limit = wanted.length <= 3 ? 1 : Math.min(3, Math.ceil(wanted.length / 3));
  let best: { name: string; cost: number } | undefined;
  for (const candidate of known) {
    const folded = plain(candidate);
    const contained = wanted.length >= 4 && folded.length >= 4 && (folded.includes(wanted) || wanted.includes(folded));
    const cost = Math.min(distance(wanted, folded, limit), contained ? limit : Number.POSITIVE_INFINITY);
    if (cost <= limit && (!best || cost < best.cost)) best = { name: candidate, cost };
  }
  return best?.name;
}

/** "did you mean "journey"?", else what is known, else nothing to say. */
export function hintFor(name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  const meant = nearest(name, names);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  if (names.length === 0) return undefined;
  const shown = names.slice(0, 12).join(', ');
  return `known: ${shown}${names.length > 12 ? `, and ${names.length - 12} more` : ''}`;
}
