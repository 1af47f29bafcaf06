import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Config, Target } from '../core/config.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { Fixture, Intent } from '../core/intent.ts';
import { isLoopback, isPrivateAddress, portOf, productionIn, ProductionHosts } from '../core/production.ts';
import type { Project } from '../core/project.ts';
import { requestPolicy, type RequestPolicy } from '../core/request-policy.ts';
import { resolveText } from '../core/template.ts';
import type { NetworkRule } from './network-guard.ts';
import type { Env } from './scope.ts';

const MOST_REDIRECTS = 6;

export interface GuardOptions {
  project: Project;
  target: string;
  /** Host that was typed after `--production`. */
  confirmed?: string;
  /** Ids that were named; one of them that may not run is an error, not left out. */
  ids: readonly string[];
  env: Env;
  /** The addresses of a name; the system's own answer when absent. */
  resolve?: (host: string) => Promise<string[]>;
}

/** What keeps a run off production, or harmless in it. */
export interface ProductionGuard extends NetworkRule {
  /** Intents that may run here. */
  intents: Intent[];
  /** True when anything is known to be production. */
  active: boolean;
  /** In production: which requests may be sent at all. */
  policy: RequestPolicy | undefined;
  /** Names of variables that name production and are kept from programs. */
  withheld: string[];
  /** The environment for programs: nothing in it leads to production. */
  env: Env;
  /** Refuses a program whose arguments or own variables name production. @throws IntentwrightError TARGET_REFUSED */
  checkProgram(command: readonly string[], env: Record<string, string>): void;
  /**
   * Refuses a program that nobody vouches for: what it connects to, and what it starts in turn, this process cannot watch.
   * @param what who would start it: "fixture seed"
   * @param safe what its author says of it
   * @throws IntentwrightError TARGET_REFUSED
   */
  checkUnwatched(what: string, program: string, safe: 'production' | 'test' | undefined): void;
  /** In production: refuses a fixture that could write. @throws IntentwrightError TARGET_REFUSED */
  checkFixture(fixture: Fixture): void;
  /**
   * Checks where the application really is: its origins, the addresses they lead to, and where its first page redirects.
   * Resolves to what the browser is to take each origin for, so that a name cannot lead elsewhere later.
   * @throws IntentwrightError TARGET_REFUSED
   */
  checkOrigins(url: string, origins: readonly string[]): Promise<{ origin: string; address?: string }[]>;
}

/**
 * Production only on purpose: the target is marked, its host was typed, and only intents that say `safe: production` run.
 * A target that is not marked and leads there, by its name, its address or a redirect, is refused.
 * @throws IntentwrightError TARGET_REFUSED
 */
export async function openProductionGuard({ project, target: name, confirmed, ids, env, resolve }: GuardOptions): Promise<ProductionGuard> {
  const { config, intents } = project;
  const target = config.targets[name];
  if (!target) throw refused(`there is no target called ${name}`, `declared: ${Object.keys(config.targets).join(', ')}`);
  if (target.production) confirm(target, confirmed, env);
  const guard = new Guard(config, target, env, resolve);
  await guard.learn();
  guard.intents = target.production ? safeOnes(intents, ids, project) : intents;
  return guard;
}

function confirm(target: Target, confirmed: string | undefined, env: Env): void {
  const host = addressOf(target.url, env)?.host ?? target.name;
  if (confirmed !== host)
    throw refused(`target ${target.name} is production (${host})`, `to run there on purpose: --target ${target.name} --production ${host}`);
}

function safeOnes(intents: readonly Intent[], ids: readonly string[], project: Project): Intent[] {
  const unsafe = intents.filter((intent) => ids.includes(intent.id) && intent.safe !== 'production').map(({ id }) => id);
  if (unsafe.length > 0)
    throw refused(`${unsafe.join(', ')} may not run in production`, 'only intents that say  safe: production  run there');
  const safe = intents.filter((intent) => intent.safe === 'production');
  for (const { id, given } of safe) for (const { fixture } of given) checkHarmless(project.fixtures.get(fixture), id);
  return safe;
}

function checkHarmless(fixture: Fixture | undefined, intent?: string): void {
  if (!fixture) return;
  if (fixture.safe === 'production') {
    if (fixture.undo.length > 0 && !fixture.leftBehind)
      throw refused(
        `fixture ${fixture.name} takes something away in production and does not prove it`,
        'let it ask afterwards what is left:  left_behind: { sql: … }',
      );
    return;
  }
  const writes = [...fixture.do, ...fixture.undo].find(
    (action) => !(action.kind === 'wait' || (action.kind === 'http' && /^(GET|HEAD|OPTIONS)$/.test(action.method))),
  );
  if (writes)
    throw refused(
      `fixture ${fixture.name}${intent ? ` of ${intent}` : ''} may not run in production: it could write (${writes.kind === 'http' ? `${writes.method} ${writes.url}` : writes.kind})`,
      'one that does no harm there says  safe: production',
    );
}

class Guard implements ProductionGuard {
  intents: Intent[] = [];
  readonly #target: Target;
  readonly #hosts: ProductionHosts;
  readonly #resolve: (host: string) => Promise<string[]>;
  readonly resolve?: (host: string) => Promise<string[]>;
  readonly policy: RequestPolicy | undefined;
  readonly #env: Env;

  constructor(config: Config, target: Target, env: Env, resolve: GuardOptions['resolve']) {
    this.#target = target;
    // On purpose in one production is no purpose to be in another.
    const others = Object.values(config.targets).filter((one) => one.production && one.name !== target.name);
    const own = target.production ? [target.url, ...target.origins].flatMap((text) => addressOf(text, env)?.host ?? []) : [];
    const marked = others
      .flatMap((one) => [one.url, ...one.origins])
      .flatMap((text) => addressOf(text, env) ?? [])
      .filter(({ host }) => !own.includes(host));
    this.#hosts = new ProductionHosts([...marked.map(({ href }) => href), ...(target.production ? [] : (config.productionHosts ?? []))]);
    this.#resolve = resolve ?? (async (host) => (await lookup(host, { all: true })).map(({ address }) => address));
    if (resolve) this.resolve = resolve;
    this.policy = target.production ? requestPolicy(target.allows ?? []) : undefined;
    this.#env = env;
  }

  get withheld(): string[] {
    return Object.entries(this.#env).flatMap(([name, value]) => (value && productionIn(value, this.#hosts) ? [name] : []));
  }

  get env(): Env {
    const { withheld } = this;
    return Object.fromEntries(Object.entries(this.#env).filter(([name]) => !withheld.includes(name)));
  }

  get active(): boolean {
    return this.#hosts.size > 0;
  }

  /** Looks up where production is. */
  async learn(): Promise<void> {
    if (this.#target.sharesAddress) return;
    await Promise.all(
      this.#hosts.places.map(async ({ host, port }) => {
        for (const ip of await this.#addresses(host)) this.#hosts.learn(ip, port);
      }),
    );
  }

  refusesHost(host: string, port: number): Error | undefined {
    return this.#hosts.named(host, port) ? refused(`${host} is production`, hint) : undefined;
  }

  refusesAddress(ip: string, port: number): Error | undefined {
    return this.#hosts.at(ip, port) ? refused(`${ip}:${port} is production`, hint) : undefined;
  }

  checkProgram(command: readonly string[], env: Record<string, string>): void {
    for (const text of [...command, ...Object.values(env)]) {
      const host = productionIn(text, this.#hosts);
      if (host) throw refused(`${command[0]} would be given ${host}, which is production`, hint);
    }
  }

  checkUnwatched(what: string, program: string, safe: 'production' | 'test' | undefined): void {
    if (this.policy ? safe === 'production' : safe !== undefined || !this.active) return;
    if (this.policy)
      throw refused(
        `${what} may not start ${program} in production: what a program connects to cannot be watched`,
        'one that does no harm there says  safe: production',
      );
    throw refused(
      `${what} may not start ${program}: it could reach production, for what a program connects to cannot be watched`,
      'when it reaches test systems alone, say  safe: test',
    );
  }

  checkFixture(fixture: Fixture): void {
    if (this.policy) checkHarmless(fixture);
  }

  async checkOrigins(url: string, origins: readonly string[]): Promise<{ origin: string; address?: string }[]> {
    if (this.active) await this.#followRedirects(url);
    return Promise.all(
      origins.map(async (origin) => {
        const { hostname, port } = partsOf(new URL(origin));
        const addresses = isLoopback(hostname) ? [] : await this.#addresses(hostname);
        this.#refuse(hostname, port, addresses);
        if (!this.#target.marked && !this.#target.production && addresses.some((ip) => !isPrivateAddress(ip))) {
          throw refused(
            `target ${this.#target.name} leads to ${hostname}, a public address, and does not say whether that is production`,
            `add  production: false  to targets.${this.#target.name} in the config when it is a test system, production: true when it is not`,
          );
        }
        const address = addresses.find((ip) => isIP(ip) === 4) ?? addresses[0];
        return this.active && address !== undefined ? { origin, address } : { origin };
      }),
    );
  }

  /** Step by step, so that a redirect is followed up to production and never into it. */
  async #followRedirects(first: string): Promise<void> {
    let url: URL | undefined = new URL(first);
    for (let step = 0; url && step < MOST_REDIRECTS; step++) {
      const { hostname, port } = partsOf(url);
      this.#refuse(hostname, port, isLoopback(hostname) ? [] : await this.#addresses(hostname));
      url = await redirectOf(url);
    }
  }

  #refuse(host: string, port: number, addresses: readonly string[]): void {
    const direct = this.#hosts.named(host, port) || (isLoopback(host) && this.#hosts.at('127.0.0.1', port));
    const led = addresses.find((ip) => this.#hosts.at(ip, port));
    if (!direct && led === undefined) return;
    const how = direct ? '' : ` (by the address ${led})`;
    const shared = direct ? '' : '; when both only share a load balancer, say  sharesAddress: true';
    throw refused(
      `target ${this.#target.name} leads to ${host}:${port}, which is production${how}`,
      `the target is not marked production: true; correct its url${shared}`,
    );
  }

  async #addresses(host: string): Promise<string[]> {
    return isIP(host) ? [host] : this.#resolve(host).catch(() => []);
  }
}

const hint = 'this run is not in production, and nothing of it may go there';

const refused = (message: string, fix: string): IntentwrightError => new IntentwrightError('TARGET_REFUSED', message, { hint: fix });

const partsOf = (url: URL): { hostname: string; port: number } => ({ hostname: url.hostname.replace(/^\[|\]$/g, ''), port: portOf(url) });

async function redirectOf(url: URL): Promise<URL | undefined> {
  try {
    const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5000) });
    const location = answer.headers.get('location');
    return location && URL.canParse(location, url) ? new URL(location, url) : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where the address is known only once the application was started: then it is our own. */
function addressOf(text: string, env: Env): URL | undefined {
  try {
    return new URL(resolveText(text, {}, env) as string);
  } catch {
    return undefined;
  }
}
