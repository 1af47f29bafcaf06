/** What handed a step over, and why. */
interface HandedOver {
  agent: string;
  why: string;
}

const RECORDED = /^recorded action (\d+) of/;

/**
 * Where the recorded way ended for good: the furthest of its actions that could not be done as recorded. An earlier one was found again,
 * or something else was done for it.
 */
export function lostAt<T extends HandedOver>(handedOver: readonly T[]): T | undefined {
  const furthest = Math.max(0, ...handedOver.map(reached));
  return handedOver.find((one) => reached(one) === furthest);
}

/** Why, with what stands nearest to what is gone, where that was looked for. */
export function whyLost(handedOver: readonly HandedOver[]): string | undefined {
  const lost = lostAt(handedOver);
  const next = lost && handedOver[handedOver.indexOf(lost) + 1];
  const nearest =
    next?.agent === 'relocate' && !/in its place/.test(lost!.why)
      ? /the nearest is .+$/.exec(next.why)?.[0].replace(/ \([\d.]+, [\d.]+ ahead\)/, '')
      : undefined;
  return nearest ? `${lost!.why}; ${nearest}` : lost?.why;
}

const reached = ({ agent, why }: HandedOver): number => (agent === 'replay' ? Number(RECORDED.exec(why)?.[1] ?? 0) : 0);
