import { portOf } from '../core/production.ts';

/** Which addresses belong to the application. Origins are compared whole: no prefixes, no suffixes. */
export class Fence {
  readonly base: URL;
  readonly #origins: Set<string>;

  constructor(baseUrl: string, origins: readonly string[]) {
    this.base = new URL(baseUrl);
    this.#origins = new Set([this.base.origin, ...origins.map((origin) => new URL(origin).origin)]);
  }

  get origins(): string[] {
    return [...this.#origins];
  }

  /** Belongs to the application's own origins. */
  owns(url: string): boolean {
    try {
      const { origin } = new URL(url);
      return origin !== 'null' && this.#origins.has(origin);
    } catch {
      return false;
    }
  }

  /** A page the actor may stand on: the application's, one it made itself, or none yet. */
  allows(url: string): boolean {
    return url === '' || url === 'about:blank' || url === 'about:srcdoc' || this.owns(url);
  }

  /** A path of the application as a URL; undefined when it leads elsewhere. */
  resolve(path: string): string | undefined {
    try {
      const url = new URL(path, this.base);
      return /^https?:$/.test(url.protocol) && this.owns(url.href) ? url.href : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Path, query and fragment of an address of the application; the whole address of any other; nothing of an empty tab. */
export function pathOf(url: string, fence: Fence): string {
  if (url === 'about:blank') return '';
  try {
    const parsed = new URL(url);
    return parsed.origin === fence.base.origin ? parsed.pathname + parsed.search + parsed.hash : url;
  } catch {
    return url;
  }
}

const hostRule = (place: string): string => {
  const [host = '', address] = place.split(' ');
  const url = /^[a-z]+:\/\//.test(host) ? new URL(host) : undefined;
  const bare = url ? withPort(url) : host;
  if (address === undefined) return `MAP ${bare} ${bare}`;
  return `MAP ${bare} ${address.includes(':') ? `[${address}]` : address}${url ? `:${portOf(url)}` : ''}`;
};

const withPort = (url: URL): string => `${url.hostname}:${portOf(url)}`;

/** Launch-time rules under which no other host resolves: redirects, sockets and literal addresses included. */
export function resolverRules(hosts: readonly string[]): string {
  return [...new Set(hosts.map(hostRule)), 'MAP * ~NOTFOUND'].join(', ');
}
