import { z } from 'zod';
import { duration, nameSchema, sentence } from './values.ts';

const params = z.record(z.string(), z.unknown()).nullable();

export const use = z
  .union([
    nameSchema.describe('The name of an invariant'),
    z.record(nameSchema, params).refine((map) => Object.keys(map).length === 1, { error: 'one invariant an entry: begin each with "- "' }),
  ])
  .describe('An invariant by name, with its parameters: `active-member: { email: "${invitee}", role: editor }`');

const step = z
  .union([
    sentence('One sentence, as you would say it to a colleague'),
    z
      .record(
        z.string(),
        z.union([
          sentence('What the actor does, as you would say it to a colleague'),
          z.strictObject({
            tries: sentence('What the actor must not be able to do: finding no way, or being told no, is the step carried out'),
          }),
        ]),
      )
      .refine((map) => Object.keys(map).length === 1, { error: 'one actor a step: begin each step with "- "' }),
  ])
  .describe(
    '`actor: sentence`, `actor: { tries: sentence }`, `system: what the world does`, or the sentence alone when there is one actor',
  );

const session = z.union([
  z.string().describe('A Cookie header ("sid=…"), or what a fixture captured'),
  z.strictObject({ state: z.string() }).describe('A file with a Playwright storage state, relative to the intent'),
  z.strictObject({ basic: z.strictObject({ user: z.string(), password: z.string() }) }).describe('HTTP basic authentication'),
  z
    .strictObject({
      token: z.strictObject({
        url: z.string().describe('Where a token is given out: absolute, or a path of the target'),
        method: z.string().describe('POST when absent').optional(),
        headers: z.record(z.string(), z.string()).optional(),
        json: z.unknown().optional(),
        form: z.record(z.string(), z.string()).optional(),
        pick: z.string().describe('Where the token is in the answer; access_token when absent').optional(),
        header: z.string().describe('The header it is sent in; authorization when absent').optional(),
        prefix: z.string().describe('What stands before it; "Bearer " when absent').optional(),
      }),
    })
    .describe('A token, fetched before the journey and sent with every request of this actor'),
  z
    .strictObject({
      login: nameSchema.describe('The id of an intent'),
      with: z.record(z.string(), z.unknown()).describe('Values of its variables').optional(),
    })
    .describe('Another intent’s journey, carried out by this actor before anything is read'),
  z
    .looseObject({
      cookies: z.array(z.looseObject({})).optional(),
      origins: z.array(z.looseObject({})).optional(),
      headers: z.record(z.string(), z.string()).optional(),
    })
    .refine((value) => ['cookies', 'origins', 'headers'].some((key) => key in value), {
      error: 'a session is a Cookie header, { state }, { basic }, { token }, { login }, or { cookies, origins, headers }',
    })
    .describe('A Playwright storage state, or { headers }'),
]);

const actor = z
  .strictObject({
    session: session.describe('How the actor is signed in').optional(),
    mailbox: z.string().describe('The address whose mail this actor can open').optional(),
    start: z
      .string()
      .describe(
        'Path where the actor begins; when absent "/", or nowhere for somebody whose first sentence opens a mail: its link is the first page they see',
      )
      .optional(),
    locale: z.string().describe('BCP 47, for example de-DE').optional(),
    viewport: z
      .strictObject({ width: z.int().min(200), height: z.int().min(200) })
      .describe('Size of the page in pixels')
      .optional(),
  })
  .describe('A person in the journey: an isolated browser of their own');

export const budgetShape = z
  .strictObject({
    actionsPerStep: z.int().positive().describe('Actions one step may take').optional(),
    modelCalls: z.int().nonnegative().describe('Calls of a language model').optional(),
    tokens: z.int().nonnegative().describe('Tokens sent to and received from a language model').optional(),
    dollars: z.number().nonnegative().describe('What those may cost').optional(),
    seconds: z.number().positive().describe('Time the journey may take').optional(),
  })
  .describe('What one intent may spend; exhausted means blocked, never passed');

/** `intents/*.intent.yaml` */
export const intentShape = z
  .strictObject({
    intent: sentence('What this journey is, in one line; with no `journey` it is also its only step'),
    why: z.string().describe('What it costs the business when this is broken').optional(),
    owner: z.string().describe('Who is asked when it is red').optional(),
    priority: z.enum(['critical', 'high', 'normal']).describe('critical | high | normal').default('normal'),
    touches: z.array(z.string()).describe('Systems that the journey crosses: auth, mail, jobs').default([]),
    watch: z.array(z.string()).describe('Source paths that put this journey at risk when they change').default([]),
    safe: z.literal('production').describe('"production": may run there, as a canary').optional(),
    given: z
      .record(
        nameSchema,
        z.union([
          nameSchema.describe('The name of a fixture'),
          z.strictObject({
            fixture: nameSchema.describe('The name of a fixture'),
            with: z.record(z.string(), z.unknown()).describe('Its parameters').default({}),
          }),
        ]),
      )
      .describe('The starting state: alias → fixture; its outputs are ${alias.…}')
      .default({}),
    vars: z
      .record(nameSchema, z.union([z.string(), z.number(), z.boolean()]))
      .describe('Values that sentences and invariants name as ${…}; ${run.id} makes them unique')
      .default({}),
    matrix: z
      .record(
        nameSchema,
        z
          .array(
            z.union([
              z
                .string()
                .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u, { error: 'a value of a matrix is letters, digits, " ", ".", "_" and "-"' }),
              z.number(),
              z.boolean(),
            ]),
          )
          .min(1),
      )
      .describe('Runs the intent once for each combination, with a starting state and a verdict of its own: ${matrix.plan}')
      .optional(),
    cells: z.enum(['full', 'pairwise']).describe('All combinations of the matrix, or as few as let every two values meet').default('full'),
    actors: z.record(nameSchema, actor.nullable()).describe('The people of the journey').default({}),
    journey: z.array(step).min(1).describe('What happens, one sentence a step').optional(),
    then: z.array(use).min(1).describe('What must be true afterwards; at least one of it false before'),
    requires: z.array(use).describe('Invariants that must hold before the first step').default([]),
    within: duration('How long the system may take to converge after the last step').optional(),
    settle: duration('How long what converged must stay so').optional(),
    blind: duration('How long an `always` may be unreadable before it is undecided').optional(),
    locks: z.array(z.string()).describe('Shared resources: two intents that hold the same one never run at once').default([]),
    budget: budgetShape.default({}),
  })
  .describe('A business journey in plain English, with its starting state and what proves it happened');

export type IntentText = z.output<typeof intentShape>;
