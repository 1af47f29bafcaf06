import type { Connection } from '../core/config.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { ProbeQuery } from '../core/invariant.ts';
import { canonical } from './equal.ts';
import { Limiter } from './limiter.ts';
import { plainJson, withinCaps } from './plain-json.ts';
import type { OpenProbe, Probe, ProbeReader, ProbeServices } from './port.ts';
import { probes as builtinProbes } from './probes/index.ts';
import { SharedRead } from './shared-read.ts';

export interface ReaderOptions {
  /** Settings with every template resolved. */
  connections: readonly Pick<Connection, 'name' | 'probe' | 'settings'>[];
  services: ProbeServices;
  /** Reads in flight per connection. */
  maxInFlight: number;
  /** Longest time of one read, ms. */
  timeoutMs?: number;
  probes?: readonly Probe[];
  /** Hides secrets in what was read: the live verdict and a recheck from the journal then judge the same values. */
  mask?<T>(value: T): T;
}

/** A connection that is opened when it is first asked. */
interface Line {
  probe: Probe;
  name: string;
  settings: Record<string, unknown>;
  limiter: Limiter;
  opening?: Promise<OpenProbe>;
}

const TIMEOUT_MS = 10_000;

/** All probes of one attempt behind one question. Opens nothing before it is asked, but what the application sends to. */
export async function openReader(options: ReaderOptions): Promise<ProbeReader> {
  const reader = new Reader(options);
  await reader.openEarly();
  return reader;
}

class Reader implements ProbeReader {
  readonly #options: ReaderOptions;
  readonly #lines = new Map<string, Line>();
  readonly #pending = new Map<string, SharedRead>();
  readonly #closed = new AbortController();

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  async read(query: ProbeQuery, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    if (this.#closed.signal.aborted) throw new IntentwrightError('PROBE_UNREADABLE', 'the probes of this attempt are closed');
    const line = this.#lineFor(query);
    const args = parseArgs(line.probe, query);
    if (line.probe.once) return line.limiter.run(() => this.#ask(line, args, signal));
    const key = canonical([line.name, line.probe.name, query.args]);
    const pending = this.#pending.get(key);
    if (pending) return pending.join(signal);
    // Joined only until it begins: the answer to a question that was sent earlier may be older than the one who asks.
    const shared: SharedRead = new SharedRead(
      (at, begins) =>
        line.limiter.run(() => {
          begins();
          return this.#ask(line, args, at);
        }),
      () => {
        if (this.#pending.get(key) === shared) this.#pending.delete(key);
      },
    );
    this.#pending.set(key, shared);
    return shared.join(signal);
  }

  async watch(query: ProbeQuery, wake: () => void): Promise<(() => void) | undefined> {
    const line = this.#lineFor(query);
    const probe = await this.#open(line);
    return probe.watch?.(parseArgs(line.probe, query), wake);
  }

  /** What cannot be opened now is told by the first question. */
  async openEarly(): Promise<void> {
    const early = (this.#options.probes ?? builtinProbes).filter((probe) => probe.early);
    const connections = this.#options.connections.filter(({ probe }) => early.some(({ name }) => name === probe));
    await Promise.all(
      connections.map(({ name, probe }) => this.#open(this.#lineFor({ probe, on: name, args: {} })).catch(() => undefined)),
    );
  }

  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort(new IntentwrightError('PROBE_UNREADABLE', 'the probes of this attempt were closed'));
    await Promise.all(
      [...new Set(this.#lines.values())].map(async ({ opening }) =>
        (await opening?.catch(() => undefined))?.close().catch(() => undefined),
      ),
    );
  }

  async #ask(line: Line, args: unknown, signal: AbortSignal): Promise<unknown> {
    const timeoutMs = this.#options.timeoutMs ?? TIMEOUT_MS;
    const both = AbortSignal.any([signal, this.#closed.signal, AbortSignal.timeout(timeoutMs)]);
    both.throwIfAborted();
    try {
      const probe = await raced(this.#open(line), both);
      const value = withinCaps(plainJson(await raced(probe.read(args, both), both)));
      return this.#options.mask ? this.#options.mask(value) : value;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw told(error, line, both, timeoutMs);
    }
  }

  #open(line: Line): Promise<OpenProbe> {
    line.opening ??= this.#openNow(line).catch((error: unknown) => {
      // The next read tries again.
      line.opening = undefined;
      throw error;
    });
    return line.opening;
  }

  async #openNow(line: Line): Promise<OpenProbe> {
    const settings = line.probe.settings?.safeParse(line.settings);
    if (settings && !settings.success)
      throw new IntentwrightError('PROBE_CONFIG', `the settings do not fit the probe ${line.probe.name}: ${issuesOf(settings.error)}`);
    return line.probe.open(settings?.data, this.#options.services);
  }

  #lineFor({ probe: name, on }: ProbeQuery): Line {
    const key = `${name}\0${on ?? ''}`;
    const known = this.#lines.get(key);
    if (known) return known;
    const probes = this.#options.probes ?? builtinProbes;
    const probe = probes.find((one) => one.name === name);
    if (!probe)
      throw new IntentwrightError('PROBE_CONFIG', `there is no probe called ${name}`, {
        hint: `probes: ${probes.map((one) => one.name).join(', ')}`,
      });
    const fitting = this.#options.connections.filter((one) => one.probe === name && (on === undefined || one.name === on));
    if (on !== undefined && fitting.length === 0)
      throw new IntentwrightError('PROBE_CONFIG', `there is no ${name} connection called ${on}`, {
        hint: 'add it under connections in the config',
      });
    if (fitting.length > 1)
      throw new IntentwrightError('PROBE_CONFIG', `there are several ${name} connections`, {
        hint: `say on: ${fitting.map((one) => one.name).join(' or ')}`,
      });
    const [connection] = fitting;
    const same = connection && [...this.#lines.values()].find((line) => line.probe === probe && line.name === connection.name);
    const line = same ?? {
      probe,
      name: connection?.name ?? name,
      settings: connection?.settings ?? {},
      limiter: new Limiter(this.#options.maxInFlight),
    };
    this.#lines.set(key, line);
    return line;
  }
}

function parseArgs(probe: Probe, query: ProbeQuery): unknown {
  const parsed = probe.query.safeParse(query.args);
  if (!parsed.success)
    throw new IntentwrightError('PROBE_CONFIG', `the probe ${probe.name} cannot be asked this: ${issuesOf(parsed.error)}`);
  return parsed.data;
}

const issuesOf = (error: { issues: { path: PropertyKey[]; message: string }[] }): string =>
  error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.length > 0 ? `${path.map(String).join('.')}: ` : ''}${message}`)
    .join('; ');

/** Every failure comes out as an IntentwrightError that names the connection. */
function told(error: unknown, { name, probe }: Line, signal: AbortSignal, timeoutMs: number): IntentwrightError {
  const at = name === probe.name ? name : `${probe.name} ${name}`;
  if (IntentwrightError.is(error)) return new IntentwrightError(error.code, `${at}: ${error.message}`, { hint: error.hint, cause: error });
  const timedOut = signal.aborted && (signal.reason as { name?: string } | undefined)?.name === 'TimeoutError';
  return new IntentwrightError('PROBE_UNREADABLE', `${at}: ${timedOut ? `no answer within ${timeoutMs} ms` : messageOf(error)}`, {
    cause: error,
  });
}

/** A probe that does not heed the signal is left behind. */
function raced<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
