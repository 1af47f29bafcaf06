/** A host as written and as everybody means it: lower case, no brackets, no dot at the end. */
export const plainHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');

/** A literal address of this machine, or a name that always means it. */
const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|::1?|::ffff:(127(\.\d+){3}|7f[\da-f]{2}:[\da-f]{1,4}))$/;
export const isLoopback = (host: string): boolean => LOOPBACK.test(plainHost(host));

const PRIVATE =
  /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][\da-f]{2}:|fe[89ab][\da-f]:)/;

/** An address that only machines of one house reach. */
export const isPrivateAddress = (ip: string): boolean => isLoopback(ip) || PRIVATE.test(plainAddress(ip));

/** IPv4 in IPv6 clothes is IPv4; every loopback address is the same machine. */
function plainAddress(ip: string): string {
  const plain = plainHost(ip);
  if (isLoopback(plain)) return 'loopback';
  return /^::ffff:(\d+(?:\.\d+){3})$/.exec(plain)?.[1] ?? plain;
}

/** Hosts that are production, by name and by the addresses that the names lead to. */
export class ProductionHosts {
  readonly #exact = new Map<string, Set<number | 'any'>>();
  readonly #endings: string[] = [];
  readonly #places: { host: string; port: number | 'any' }[] = [];
  readonly #addresses = new Set<string>();

  /** `entries`: URLs of targets, "host", "host:port" or "*.host". */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry);
  }

  get size(): number {
    return this.#exact.size + this.#endings.length;
  }

  /** Hosts that can be looked up, with the port they answer on. */
  get places(): readonly { host: string; port: number | 'any' }[] {
    return this.#places;
  }

  #add(entry: string): void {
    if (entry.startsWith('*.')) {
      this.#endings.push(`.${plainHost(entry.slice(2))}`);
      return;
    }
    const url = new URL(/^[a-z][a-z+.-]*:\/\//i.test(entry) ? entry : `any://${entry}`);
    // Parsed as a web address, so that 0x7f.1 and 2130706433 are what a browser takes them for.
    const host = plainHost(URL.canParse(`http://${url.hostname}`) ? new URL(`http://${url.hostname}`).hostname : url.hostname);
    // Machines of developers serve many things from one address: there the port tells which is meant.
    const port = (isLoopback(host) && portOf(url)) || 'any';
    this.#places.push({ host, port: portOf(url) || 'any' });
    const key = plainAddress(host);
    this.#exact.set(key, (this.#exact.get(key) ?? new Set()).add(port));
  }

  /** A host and port as somebody wrote them. */
  named(host: string, port: number): boolean {
    const plain = plainHost(host);
    const ports = this.#exact.get(plainAddress(plain));
    return (
      ports?.has('any') === true ||
      ports?.has(port) === true ||
      this.#endings.some((ending) => plain.endsWith(ending) || `.${plain}` === ending)
    );
  }

  /** Learns that production answers here. */
  learn(ip: string, port: number | 'any'): void {
    this.#addresses.add(`${plainAddress(ip)} ${port}`);
  }

  /** An address that a name led to, or a host as written. */
  at(ip: string, port: number): boolean {
    const plain = plainAddress(ip);
    return this.#addresses.has(`${plain} ${port}`) || (plain !== 'loopback' && this.#addresses.has(`${plain} any`)) || this.named(ip, port);
  }
}

const HOST = '(\\[[\\da-f:.]+\\]|[\\w-]+(?:\\.[\\w-]+)*\\.?)(?::(\\d{1,5}))?';
const IN_URL = new RegExp(`([a-z][a-z+.-]*)://(?:[^\\s/@'"]*@)?${HOST}`, 'gi');
/** The text, or what an option is set to, is nothing but a host. */
const ALONE = new RegExp(`^(?:-{0,2}\\w[\\w-]*=)?${HOST}(?:/.*)?$`, 'i');

/** What a program was given that names production: in an address anywhere in the text, or as all of it. A domain behind an @ is somebody's mail. */
export function productionIn(text: string, hosts: ProductionHosts): string | undefined {
  for (const [, scheme = '', host = '', port] of text.matchAll(IN_URL)) {
    if (hosts.at(host, Number(port ?? DEFAULT_PORTS[scheme.toLowerCase()] ?? 0))) return plainHost(host);
  }
  const [, host, port] = ALONE.exec(text.trim()) ?? [];
  return host !== undefined && hosts.at(host, Number(port ?? 0)) ? plainHost(host) : undefined;
}

const DEFAULT_PORTS: Record<string, number> = {
  'http:': 80,
  http: 80,
  ws: 80,
  https: 443,
  wss: 443,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  mariadb: 3306,
  redis: 6379,
  rediss: 6379,
  amqp: 5672,
  amqps: 5671,
  nats: 4222,
  smtp: 25,
  imap: 143,
  imaps: 993,
};

/** The port of an address, its scheme's own where it names none. */
export const portOf = (url: URL): number => Number(url.port || DEFAULT_PORTS[url.protocol.replace(/:$/, '')] || 0);
