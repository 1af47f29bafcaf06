import type { Target } from '../core/config.ts';
import { resolveDeep } from '../core/template.ts';
import type { Env } from './scope.ts';

/** The hosts that the browser of a run may reach. */
export const hostsOf = (origins: readonly string[]): string[] => origins.map((origin) => new URL(origin).hostname);

/** The same where production must not be reached: no other port of the host, and no other address than the one that was checked. */
export const checkedHosts = (places: readonly { origin: string; address?: string }[]): string[] =>
  places.map(({ origin, address }) => (address === undefined ? origin : `${origin} ${address}`));

/** The same, where the config alone tells; undefined where the application must be started first to know its address. */
export function hostsByConfig(target: Target | undefined, env: Env): string[] | undefined {
  try {
    const { url, origins } = resolveDeep({ url: target!.url, origins: target!.origins }, {}, env);
    return hostsOf([...new Set([url, ...origins].map((one) => new URL(one).origin))]);
  } catch {
    return undefined;
  }
}
