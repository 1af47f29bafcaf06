/** Something to be shared out: how long it takes, and with what it must not run at once. */
export interface Weighed {
  id: string;
  /** Estimated duration, ms; more than 0. */
  ms: number;
  /** Resources that one machine alone may hold: items that name the same one stay together. */
  locks: readonly string[];
}

interface Parcel {
  ids: string[];
  ms: number;
}

const CAPACITY_STEPS = 24;

/**
 * Shares items out to `of` machines so that the busiest has little more to do than in the best split: at most 13/11 of it (MULTIFIT).
 * Disjoint and complete; the same for everybody who asks about the same items, in whatever order.
 */
export function splitEvenly(items: readonly Weighed[], of: number): string[][] {
  const parcels = parcelsOf(items).sort((a, b) => b.ms - a.ms || (a.ids[0]! < b.ids[0]! ? -1 : 1));
  const spread = longestFirst(parcels, of);
  const packed = multifit(parcels, of);
  return (packed && busiest(packed) < busiest(spread) ? packed : spread).map((bin) => bin.flatMap(({ ids }) => ids));
}

/** What shares a resource, directly or over others, is one parcel. */
function parcelsOf(items: readonly Weighed[]): Parcel[] {
  const sorted = items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const parcelOf = new Map<string, Parcel>();
  const parcels = new Set<Parcel>();
  for (const { id, ms, locks } of sorted) {
    const parcel: Parcel = { ids: [id], ms };
    for (const met of new Set(locks.flatMap((lock) => parcelOf.get(lock) ?? []))) {
      parcel.ids.push(...met.ids);
      parcel.ms += met.ms;
      parcels.delete(met);
      for (const [lock, holder] of parcelOf) if (holder === met) parcelOf.set(lock, parcel);
    }
    for (const lock of locks) parcelOf.set(lock, parcel);
    parcels.add(parcel);
  }
  return [...parcels].map(({ ids, ms }) => ({ ids: ids.sort(), ms }));
}

const loadOf = (bin: readonly Parcel[]): number => bin.reduce((sum, { ms }) => sum + ms, 0);
const busiest = (bins: readonly Parcel[][]): number => Math.max(...bins.map(loadOf));

/** The next longest goes to whoever has least to do. */
function longestFirst(parcels: readonly Parcel[], of: number): Parcel[][] {
  const bins = Array.from({ length: of }, () => ({ ms: 0, parcels: [] as Parcel[] }));
  for (const parcel of parcels) {
    const least = bins.reduce((best, bin) => (bin.ms < best.ms ? bin : best));
    least.parcels.push(parcel);
    least.ms += parcel.ms;
  }
  return bins.map((bin) => bin.parcels);
}

/** The smallest capacity at which first-fit needs no more than `of` bins. */
function multifit(parcels: readonly Parcel[], of: number): Parcel[][] | undefined {
  const total = parcels.reduce((sum, { ms }) => sum + ms, 0);
  let low = Math.max(total / of, parcels[0]?.ms ?? 0);
  let high = Math.max((2 * total) / of, parcels[0]?.ms ?? 0);
  let best = firstFit(parcels, of, high);
  for (let step = 0; step < CAPACITY_STEPS && high > low; step++) {
    const middle = (low + high) / 2;
    const tried = firstFit(parcels, of, middle);
    if (tried) [best, high] = [tried, middle];
    else low = middle;
  }
  return best;
}

function firstFit(parcels: readonly Parcel[], of: number, capacity: number): Parcel[][] | undefined {
  const bins = Array.from({ length: of }, () => ({ left: capacity, parcels: [] as Parcel[] }));
  for (const parcel of parcels) {
    // A whisker of room, so that rounding does not refuse what fits exactly.
    const bin = bins.find(({ left }) => parcel.ms <= left * (1 + 1e-9));
    if (!bin) return undefined;
    bin.parcels.push(parcel);
    bin.left -= parcel.ms;
  }
  return bins.map((bin) => bin.parcels);
}
