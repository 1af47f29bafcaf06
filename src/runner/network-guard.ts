import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, Socket } from 'node:net';

/** What a guard knows of where a connection may not go. */
export interface NetworkRule {
  /** Why this host, as somebody wrote it, is refused; undefined when it is not. */
  refusesHost(host: string, port: number): Error | undefined;
  /** The same for an address that a name led to. */
  refusesAddress(ip: string, port: number): Error | undefined;
  /** Looks names up; the system's own when absent. */
  resolve?(host: string): Promise<string[]>;
}

const rules = new Set<NetworkRule>();
const connect = Socket.prototype.connect as Connect;
type Connect = (this: Socket, ...args: unknown[]) => Socket;
type Callback = (error: Error | null, address?: string | LookupAddress[], family?: number) => void;

/**
 * Holds every TCP connection of this process to a rule, whoever opens it: fixtures, probes, drivers, redirects that `fetch` follows.
 * Names are judged twice: as written, and by every address they lead to at that moment. Returns how to let go.
 */
export function guardNetwork(rule: NetworkRule): () => void {
  Socket.prototype.connect = guarded as unknown as typeof Socket.prototype.connect;
  rules.add(rule);
  // What an earlier run of this process left open for the next request would not be connected anew.
  for (const [socket, { host, port }] of open) {
    const refused =
      rule.refusesHost(host, port) ?? (socket.remoteAddress === undefined ? undefined : rule.refusesAddress(socket.remoteAddress, port));
    if (refused) socket.destroy(refused);
  }
  return () => void rules.delete(rule);
}

const open = new Map<Socket, { host: string; port: number }>();

interface ConnectOptions {
  host?: string;
  port?: number | string;
  path?: string;
  lookup?: (host: string, options: LookupOptions, callback: Callback) => void;
}

const guarded: Connect = function guarded(...args) {
  const options = optionsOf(args);
  if (!options || options.path !== undefined) return connect.apply(this, args);
  const port = Number(options.port);
  const host = options.host ?? 'localhost';
  const refused = first((rule) => rule.refusesHost(host, port) ?? (isIP(host) ? rule.refusesAddress(host, port) : undefined));
  if (refused) {
    this.destroy(refused);
    return this;
  }
  options.lookup = checkedLookup(options.lookup, port);
  open.set(this, { host, port });
  this.once('close', () => open.delete(this));
  return connect.apply(this, args);
};

const first = (ask: (rule: NetworkRule) => Error | undefined): Error | undefined => {
  for (const rule of rules) {
    const refused = ask(rule);
    if (refused) return refused;
  }
  return undefined;
};

/** The options that Node itself will read: a copy in the place of the caller's, or made of (port, host). */
function optionsOf(args: unknown[]): ConnectOptions | undefined {
  // Node's own callers hand over what `net.connect` normalised: [options, callback] in one array.
  const list = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  const [given, host] = list;
  if (typeof given === 'object' && given !== null) {
    const copy = { ...(given as ConnectOptions) };
    list[0] = copy;
    return copy;
  }
  if (typeof given !== 'number' && !(typeof given === 'string' && /^\d+$/.test(given))) return undefined;
  const made: ConnectOptions = { port: given, ...(typeof host === 'string' ? { host } : {}) };
  list.splice(0, typeof host === 'string' ? 2 : 1, made);
  return made;
}

function checkedLookup(own: ConnectOptions['lookup'], port: number): NonNullable<ConnectOptions['lookup']> {
  return (host, options, callback) => {
    const judge: Callback = (error, found, family) => {
      const addresses = Array.isArray(found) ? found.map(({ address }) => address) : found === undefined ? [] : [found];
      const refused = error
        ? undefined
        : addresses.map((ip) => first((rule) => rule.refusesAddress(ip, port))).find((one) => one !== undefined);
      if (refused) callback(refused);
      else callback(error, found, family);
    };
    const [{ resolve } = {}] = [...rules].filter((rule) => rule.resolve);
    if (resolve) {
      resolve(host).then(
        (ips) => {
          const list = ips.map((address) => ({ address, family: isIP(address) }));
          if (list.length === 0) judge(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }));
          else if (options.all) judge(null, list);
          else judge(null, list[0]!.address, list[0]!.family);
        },
        (error: Error) => judge(error),
      );
    } else if (own) own(host, options, judge);
    else systemLookup(host, options, judge as never);
  };
}
