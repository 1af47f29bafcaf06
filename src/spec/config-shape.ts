import { z } from 'zod';
import { MATRIX_DEPTHS } from '../core/intent.ts';
import { AGENTS } from '../core/decision.ts';
import type { ProbeFace } from '../core/probe.ts';
import { budgetShape, use } from './intent-shape.ts';
import { parityShape } from './parity-shape.ts';
import { duration, nameSchema, oneOrMany } from './values.ts';

const target = z.strictObject({
  url: z.string().min(1).describe('Where the application is; `${app.…}` is what its start command printed, `${env:NAME}` a variable'),
  origins: z.array(z.string()).describe('Other origins that belong to it: a payment page, a sign-in').default([]),
  production: z
    .boolean()
    .describe('true: only intents that say `safe: production` run there; false: a test system, which a public address has to say')
    .optional(),
  sharesAddress: z
    .literal(true)
    .describe('It stands behind the same load balancer as production, so that its address tells nothing')
    .optional(),
  allows: z
    .array(z.string().regex(/^(\*|[A-Z]+) \/\S*$/, { error: 'write a method and a path: POST /session' }))
    .describe('In production: requests that may be sent although they could write, "POST /session", "* /canary/**"')
    .default([]),
  start: z
    .strictObject({
      command: z
        .array(z.string())
        .min(1)
        .describe('Starts the application and prints one JSON line {"ready":true, …}; its fields are ${app.…}'),
      cwd: z.string().describe('Relative to the config file').optional(),
      env: z.record(z.string(), z.string()).default({}),
      timeout: duration('How long it may take to be ready').default(30_000),
    })
    .optional(),
});

const secret = z.strictObject({
  env: z.string().describe('Environment variable that holds it').optional(),
  generate: z.boolean().describe('Make one up for each run: for accounts that a journey creates itself').default(false),
  totp: z.boolean().describe('It is the base32 seed of an authenticator: what is typed is the code of the moment').default(false),
  origins: z.array(z.string()).describe('Where it may be typed; the target’s own origins when empty').default([]),
  fields: oneOrMany(z.enum(['password', 'text', 'any']))
    .describe('Into which fields')
    .default(['password']),
});

const model = z.strictObject({
  provider: z.enum(['openai', 'langchain']).describe('"openai" is any compatible endpoint').default('openai'),
  model: z.string().min(1),
  baseUrl: z.string().optional(),
  keyEnv: z.string().describe('Environment variable with the key; never the key').optional(),
  api: z.enum(['chat', 'responses']).default('chat'),
  timeout: duration('Over all tries').default(60_000),
  pricePerMillion: z.strictObject({ prompt: z.number().nonnegative(), completion: z.number().nonnegative() }).optional(),
});

const evidence = z.enum(['off', 'on-failure', 'on']);

const mode = z
  .strictObject({
    retries: z.int().nonnegative().max(5).optional(),
    workers: z.int().positive().max(64).optional(),
    priority: z.enum(['critical', 'high', 'normal']).describe('Only intents of this priority and above').optional(),
    touches: z.array(z.string()).describe('Only intents that touch one of these').optional(),
    matrix: z
      .enum(MATRIX_DEPTHS)
      .describe('How many cells of a matrix are run: the first, as few as let each value or every two values be run once, or all')
      .optional(),
    budget: budgetShape.optional(),
    artifacts: z
      .strictObject({
        pictures: z.enum(['none', 'each-step', 'on-failure']).optional(),
        trace: evidence.optional(),
        video: evidence.optional(),
      })
      .optional(),
    safeOnly: z.boolean().describe('Only intents that say `safe: production`, whatever the target').optional(),
    notify: z.string().describe('Incoming webhook of a chat that is told of a run that is not green: `${env:SLACK_WEBHOOK}`').optional(),
  })
  .describe('A kind of run');

/** What holds for every journey that says nothing else. */
export const defaultsShape = z.strictObject({
  within: duration('How long a system may take to converge').default(15_000),
  settle: duration('How long what converged must stay so').default(1_500),
  blind: duration('How long an `always` may be unreadable').default(5_000),
  noServerErrors: z.boolean().describe('Every journey: no 5xx answer of the application').default(true),
  noExceptions: z.boolean().describe('Every journey: no uncaught exception on its pages').default(true),
});

/** `intentwright.config.yaml`. Connections hold settings of the probes: the slots are given out so that schemas can be put into them. */
export function configShape(probes: readonly ProbeFace[]) {
  const slots = new Map<z.ZodType, ProbeFace>();
  const optional: Record<string, z.ZodType> = {};
  for (const probe of probes) {
    if (!probe.settings) continue;
    const slot = z.record(z.string(), z.unknown()).nullable().describe(probe.about);
    slots.set(slot, probe);
    optional[probe.name] = slot.optional();
  }
  const connection = (z.strictObject(optional) as z.ZodType<Record<string, Record<string, unknown> | null | undefined>>).refine(
    (value) => Object.keys(value).length === 1,
    { error: 'a connection names exactly one probe' },
  );
  const file = z
    .strictObject({
      intents: oneOrMany(z.string()).describe('Patterns of intent files').default(['intents/**/*.intent.yaml']),
      invariants: oneOrMany(z.string()).describe('Patterns of invariant files').default(['invariants/**/*.{yaml,ts}']),
      fixtures: oneOrMany(z.string()).describe('Patterns of fixture files').default(['intents/fixtures/**/*.yaml']),
      defaultTarget: z.string().describe('The target of a run that names none; the first when absent').optional(),
      targets: z
        .record(nameSchema, target)
        .refine((map) => Object.keys(map).length > 0, { error: 'at least one target is needed' })
        .describe('Applications under test'),
      productionHosts: z
        .array(z.string().min(1))
        .describe('Hosts that are production, beside those of targets marked so: "example.com", "*.example.com"')
        .default([]),
      connections: z.record(nameSchema, connection).describe('What invariants ask, by the name after `on:`').default({}),
      secrets: z
        .record(z.string().regex(/^[A-Za-z_]\w*$/), secret)
        .describe('What may be typed but never shown: ${secret:NAME}')
        .default({}),
      environment: z
        .array(use)
        .describe(
          'Invariants that tell whether the environment is fit (the worker runs, the mail catcher answers): asked when an intent did not pass, so that its cause is named. Never part of a verdict',
        )
        .default([]),
      agents: z
        .strictObject({
          chain: z
            .union([z.literal('auto'), z.array(z.enum(AGENTS)).min(1)])
            .describe('Who carries journeys out, cheapest first')
            .default('auto'),
          model: model.describe('A language model, asked last').optional(),
        })
        .describe('Who carries journeys out')
        .default({ chain: 'auto' }),
      budget: budgetShape.default({}),
      artifacts: z
        .strictObject({
          dir: z.string().default('.intentwright'),
          pictures: z.enum(['none', 'each-step', 'on-failure']).default('each-step'),
          trace: evidence.describe('Playwright traces, one an actor; none where a secret was typed').default('off'),
          video: evidence.describe('Videos, one an actor; none where a secret was typed').default('off'),
          har: evidence.describe('What went over the network, one an actor; without cookies, keys and sent bodies').default('off'),
          maxMegabytes: z.int().positive().describe('Room for the traces, videos and HARs of one run').default(500),
          keepRuns: z.int().positive().describe('Older runs are deleted; of red ones the journal stays for as many runs again').default(20),
          keepMegabytes: z.int().positive().describe('Room for all runs together: the oldest go first, red ones last').default(4000),
        })
        .describe('The evidence that runs leave')
        .prefault({}),
      defaults: defaultsShape.describe('What holds for every journey that says nothing else').prefault({}),
      selection: z
        .strictObject({
          base: z.string().describe('What a change is compared with; the pull request’s own base or origin/main otherwise').optional(),
          ignore: z.array(z.string()).describe('Paths that cannot reach the application: scripts/**, evals/**').default([]),
          coverage: z
            .enum(['never', 'nightly', 'always'])
            .describe('When the browser tells which source files of the front end ran')
            .default('nightly'),
        })
        .describe('Which intents a change puts at risk')
        .prefault({}),
      modes: z
        .record(nameSchema, mode)
        .describe('What kinds of run do differently: `run --mode pr`; pr, nightly and canary are there already')
        .default({}),
      parity: parityShape.prefault({}),
      workers: z.int().positive().max(64).describe('Intents that run at once').default(2),
      quarantine: z
        .record(
          z.string(),
          z.strictObject({
            owner: z.string().min(1).describe('Who mends it'),
            until: z.iso.date().describe('The last day, YYYY-MM-DD: from then on its red counts again'),
            why: z.string().min(1).describe('What is known of it, such as an issue'),
          }),
        )
        .describe('Intents that are known to be unreliable: run and told as ever, but their red fails no run until that day')
        .default({}),
      retries: z.int().nonnegative().max(5).describe('A retry that passes is flaky, never passed').default(0),
      browser: z
        .strictObject({
          channel: z.enum(['auto', 'headless-shell', 'chromium', 'chrome', 'msedge']).default('auto'),
          executable: z.string().optional(),
          endpoint: z
            .string()
            .regex(/^wss?:\/\//, { error: 'a Playwright server has an address like ws://host:3000/' })
            .describe('A Playwright server that launches the browser: npx playwright run-server --unsafe')
            .optional(),
          headless: z.boolean().default(true),
          serviceWorkers: z.enum(['allow', 'block']).default('allow'),
          viewport: z.strictObject({ width: z.int().min(200), height: z.int().min(200) }).default({ width: 1280, height: 800 }),
          locale: z.string().default('en-US'),
          timezone: z.string().default('UTC'),
        })
        .describe('The browser of all actors')
        .prefault({}),
    })
    .describe('Targets, connections, agents, budgets and artifacts of a project');
  return { file, slots };
}

export type ConfigText = z.output<ReturnType<typeof configShape>['file']>;
export type ConfigInput = z.input<ReturnType<typeof configShape>['file']>;
