import type { Budget, InvariantUse, MatrixDepth, Priority, Where } from './intent.ts';
import type { ParityConfig } from './parity.ts';
import type { Quarantine } from './quarantine.ts';

/** A target as configured: an application under test. */
export interface Target {
  name: string;
  /** Base URL, a template. `${app.…}` are the outputs of `start`. */
  url: string;
  /** Other origins that belong to the application: a payment page, a sign-in. Templates. */
  origins: string[];
  production: boolean;
  /** False when the config does not say whether it is production. */
  marked?: boolean;
  /** It stands behind the same load balancer as production: the address tells nothing. */
  sharesAddress?: boolean;
  /** In production: requests that may be sent although they could write, "POST /session". */
  allows?: string[];
  /** A command that starts it when it is not running; prints one JSON line `{"ready":true, …}` whose fields become `${app.…}`. */
  start?: { command: string[]; cwd?: string; env: Record<string, string>; timeoutMs: number };
}

export interface Secret {
  name: string;
  /** Environment variable it is read from. */
  env?: string;
  /** Made afresh for each run when nothing else is given: for accounts that the journey itself creates. */
  generate: boolean;
  /** Its value is the seed of an authenticator: what is typed is the code of the moment. */
  totp?: boolean;
  /** Origins it may be typed on; the target's own when empty. */
  origins: string[];
  /** Fields it fits: "password" fields only unless said otherwise. */
  fields: ('password' | 'text' | 'any')[];
}

export interface Connection {
  name: string;
  probe: string;
  /** Probe-specific settings, templates inside. */
  settings: Record<string, unknown>;
  where: Where;
}

export interface ModelConfig {
  provider: 'openai' | 'langchain';
  model: string;
  baseUrl?: string;
  /** Environment variable with the key; never the key. */
  keyEnv?: string;
  api: 'chat' | 'responses';
  /** Over all tries, ms. */
  timeoutMs: number;
  pricePerMillion?: { prompt: number; completion: number };
}

/** What a kind of run does differently; what is absent stays as the config has it. */
export interface ModeSettings {
  retries?: number | undefined;
  workers?: number | undefined;
  priority?: Priority | undefined;
  touches?: string[] | undefined;
  matrix?: MatrixDepth | undefined;
  budget?: { [K in keyof Budget]?: Budget[K] | undefined } | undefined;
  artifacts?:
    | {
        pictures?: Config['artifacts']['pictures'] | undefined;
        trace?: Config['artifacts']['trace'] | undefined;
        video?: Config['artifacts']['video'] | undefined;
      }
    | undefined;
  /** Only intents that say `safe: production`, whatever the target. */
  safeOnly?: boolean | undefined;
  /** URL of a chat's incoming webhook that is told of a run that is not green; a template. */
  notify?: string | undefined;
}

export interface Config {
  /** Absolute folder of the config file: everything relative is relative to it. */
  root: string;
  file: string;
  intents: string[];
  invariants: string[];
  fixtures: string[];
  defaultTarget: string;
  targets: Record<string, Target>;
  /** Hosts that are production, beside those of marked targets: "example.com", "*.example.com". */
  productionHosts?: string[];
  connections: Record<string, Connection>;
  secrets: Record<string, Secret>;
  agents: { chain: ('replay' | 'relocate' | 'builtin' | 'model')[]; model?: ModelConfig };
  budget: Budget;
  artifacts: {
    dir: string;
    pictures: 'none' | 'each-step' | 'on-failure';
    trace: 'off' | 'on-failure' | 'on';
    video: 'off' | 'on-failure' | 'on';
    har: 'off' | 'on-failure' | 'on';
    maxMegabytes: number;
    keepRuns: number;
    keepMegabytes: number;
  };
  /** Invariants that tell whether the environment is fit; asked of what did not pass, and never part of a verdict. */
  environment: InvariantUse[];
  defaults: { withinMs: number; settleMs: number; blindMs: number; noServerErrors: boolean; noExceptions: boolean };
  /** What `select` compares with, and what it need not look at. */
  selection: { base?: string; ignore: string[]; coverage: 'never' | 'nightly' | 'always' };
  /** By intent. */
  quarantine: Record<string, Quarantine>;
  modes?: Record<string, ModeSettings>;
  parity: ParityConfig;
  workers: number;
  retries: number;
  browser: {
    channel: 'auto' | 'headless-shell' | 'chromium' | 'chrome' | 'msedge';
    executable?: string /** ws://… of a Playwright server that launches it. */;
    endpoint?: string;
    headless: boolean;
    serviceWorkers: 'allow' | 'block';
    viewport: { width: number; height: number };
    locale: string;
    timezone: string;
  };
  where: Where;
}

export const DEFAULT_BUDGET: Budget = { actionsPerStep: 25, modelCalls: 20, tokens: 60_000, dollars: 1, seconds: 120 };
