import { z } from 'zod';
import { AGENTS } from './decision.ts';
import { CAUSES, STATUSES } from './decide.ts';
import { doubtSchema } from './doubt.ts';
import { MODES } from './invariant.ts';
import { findingSchema } from './parity.ts';

/** Version of the journal's format. A change adds a reader for the old one; old recordings must load for ever. */
export const JOURNAL_VERSION = 1;

const where = z.object({ file: z.string(), line: z.number(), col: z.number() });
const status = z.enum(STATUSES);
const agent = z.enum(AGENTS);
const target = z.object({
  role: z.string(),
  name: z.string(),
  row: z.string().optional(),
  dialog: z.string().optional(),
  group: z.string().optional(),
  landmark: z.string().optional(),
  frame: z.string().optional(),
  heading: z.string().optional(),
});
const outline = z.object({ box: z.tuple([z.number(), z.number(), z.number(), z.number()]), view: z.tuple([z.number(), z.number()]) });
/** Of journals in which pictures had no event of their own. */
const formerPicture = z.string().optional();
const adaptation = z.object({
  kind: z.enum(['renamed', 'moved', 'role-changed', 'replaced-by-steps', 'extra-step', 'no-longer-needed']),
  from: z.string(),
  to: z.string(),
  note: z.string(),
  score: z.number().optional(),
  margin: z.number().optional(),
  runnerUp: z.string().optional(),
});
const verdict = z.object({
  invariant: z.string(),
  name: z.string(),
  says: z.string(),
  mode: z.enum(MODES),
  status: z.enum(['held', 'violated', 'undecided']),
  reason: z.enum([
    'converged',
    'never-violated',
    'same-before-and-after',
    'refused-with-control',
    'already-true',
    'did-not-converge',
    'did-not-stay',
    'violated-during',
    'changed',
    'wrong-start',
    'wrong-increase',
    'access-granted',
    'control-refused',
    'state-touched',
    'unreadable',
    'denied',
    'blind-too-long',
    'no-readings',
    'invalid-expectation',
  ]),
  vacuous: z.boolean(),
  flipped: z.boolean(),
  builtin: z.boolean(),
  expected: z.string(),
  found: z.string(),
  diff: z.array(z.string()),
  value: z.unknown().optional(),
  readings: z.number(),
  unreadable: z.number(),
  convergedMs: z.number().optional(),
  blindMs: z.number(),
  decidedAt: z.number().optional(),
  where: where.optional(),
});
const conduct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('carried-out') }),
  z.object({
    kind: z.literal('blocked'),
    why: z.string(),
    by: z.enum(['gave-up', 'budget', 'ambiguous-commit', 'stale-lockfile', 'ambiguous-target', 'error-page']),
  }),
  z.object({
    kind: z.literal('errored'),
    why: z.string(),
    by: z.enum(['harness', 'spec', 'browser', 'model', 'fixture', 'environment', 'probe']),
  }),
  z.object({ kind: z.literal('not-reached'), why: z.string() }),
]);
const request = z.object({
  id: z.number(),
  method: z.string(),
  url: z.string(),
  template: z.string(),
  status: z.number().optional(),
  ms: z.number().optional(),
  kind: z.string(),
  changes: z.boolean(),
  failed: z.string().optional(),
  own: z.boolean(),
});

/** Fields of every event that belongs to one attempt at one intent. */
const inIntent = { intent: z.string(), attempt: z.number() };
const inStep = { ...inIntent, step: z.number(), actor: z.string() };

/** Every event, noun-verb. A subscriber may rely on these fields and on no others. */
export const eventBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run-start'),
    run: z.string(),
    startedAt: z.string(),
    version: z.string(),
    node: z.string(),
    platform: z.string(),
    target: z.object({ name: z.string(), url: z.string(), production: z.boolean() }),
    mode: z.string(),
    agents: z.array(agent),
    frozen: z.boolean(),
    ci: z.boolean(),
    command: z.string(),
    model: z.string().optional(),
    commit: z.string().optional(),
    /** What CI calls the whole of which this is a part: parts of another whole are not merged with it. */
    whole: z.string().optional(),
    /** One of several machines' part of a run; `whole` are the ids of all parts, in the run's order. */
    shard: z.object({ index: z.number(), of: z.number(), whole: z.array(z.string()) }).optional(),
    intents: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        why: z.string().optional(),
        owner: z.string().optional(),
        priority: z.string(),
        touches: z.array(z.string()),
        where,
        steps: z.array(z.object({ actor: z.string(), text: z.string(), tries: z.boolean(), line: z.number() })),
        /** Why it is not run; `lost`: it was to be, and nothing is known of it. */
        skipped: z.string().optional(),
        lost: z.boolean().optional(),
        selection: z.object({ chosen: z.boolean(), risk: z.number(), why: z.string() }).optional(),
        quarantined: z.object({ owner: z.string(), until: z.string(), why: z.string() }).optional(),
        cell: z.object({ of: z.string(), values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }).optional(),
      }),
    ),
    selection: z
      .object({ base: z.string(), applied: z.boolean(), files: z.number(), unmapped: z.array(z.string()), agent: z.string().optional() })
      .optional(),
  }),
  z.object({
    type: z.literal('run-end'),
    exitCode: z.number(),
    durationMs: z.number(),
    interrupted: z.string().optional(),
    browser: z.string().optional(),
  }),
  z.object({ type: z.literal('parity-end'), against: z.string(), findings: z.array(findingSchema) }),
  z.object({ type: z.literal('intent-start'), ...inIntent, workflow: z.string(), isolation: z.boolean().optional() }),
  z.object({
    type: z.literal('intent-end'),
    ...inIntent,
    status,
    reason: z.string(),
    cause: z.enum(CAUSES).optional(),
    causeWhy: z.string().optional(),
    conduct,
    durationMs: z.number(),
    unlike: z.array(findingSchema).optional(),
    doubts: z.array(doubtSchema).optional(),
  }),
  z.object({
    type: z.literal('fixture-end'),
    ...inIntent,
    fixture: z.string(),
    alias: z.string(),
    phase: z.enum(['set-up', 'undo', 'system']),
    ok: z.boolean(),
    durationMs: z.number(),
    outputs: z.array(z.string()),
    error: z.string().optional(),
  }),
  z.object({ type: z.literal('step-start'), ...inStep, text: z.string(), tries: z.boolean() }),
  z.object({
    type: z.literal('step-end'),
    ...inStep,
    status: z.enum(['done', 'refused', 'gave-up', 'out-of-budget', 'fault', 'not-reached']),
    why: z.string(),
    durationMs: z.number(),
    by: agent.optional(),
    between: z.array(z.string()).optional(),
    picture: formerPicture,
  }),
  z.object({
    type: z.literal('observation-taken'),
    ...inStep,
    path: z.string(),
    title: z.string(),
    candidates: z.number(),
    notices: z.array(z.object({ kind: z.string(), text: z.string() })),
    dialog: z.string().optional(),
    added: z.array(z.string()),
    removed: z.array(z.string()),
    cut: z.array(z.string()),
    ms: z.number(),
    digest: z.string(),
    status: z.number().optional(),
  }),
  z.object({
    type: z.literal('decision-made'),
    ...inStep,
    agent,
    kind: z.enum(['act', 'step-done', 'unsure', 'give-up']),
    /** Of what kind the action is. */ does: z.string().optional(),
    action: z.string().optional(),
    target: target.optional(),
    why: z.string(),
    confidence: z.number().optional(),
    runnerUp: z.string().optional(),
    margin: z.number().optional(),
    between: z.array(z.string()).optional(),
    ms: z.number(),
  }),
  z.object({
    type: z.literal('action-end'),
    ...inStep,
    agent,
    action: z.string(),
    line: z.string(),
    target: target.optional(),
    ok: z.boolean(),
    error: z.string().optional(),
    miss: z.string().optional(),
    effect: z.enum(['read', 'write']),
    committed: z.boolean(),
    requests: z.array(z.number()),
    events: z.array(z.string()),
    navigated: z.boolean(),
    ms: z.number(),
    picture: formerPicture,
  }),
  // `act`: of the step, 0-based; without it, the page when the step was over. Told when it is filed, which may be later than what came after it.
  z.object({ type: z.literal('picture-taken'), ...inStep, act: z.number().optional(), picture: z.string(), outline: outline.optional() }),
  z.object({ type: z.literal('request-seen'), ...inStep, request, at: z.number() }),
  z.object({
    type: z.literal('page-event'),
    ...inStep,
    kind: z.enum([
      'console-error',
      'exception',
      'dialog',
      'download',
      'popup',
      'crash',
      'host-refused',
      'injection-suspected',
      'secret-withheld',
    ]),
    text: z.string(),
    at: z.number(),
  }),
  z.object({ type: z.literal('adaptation-made'), ...inStep, agent, adaptation }),
  z.object({
    type: z.literal('model-called'),
    ...inStep,
    provider: z.string(),
    model: z.string(),
    promptTokens: z.number(),
    completionTokens: z.number(),
    estimated: z.boolean(),
    ms: z.number(),
    outcome: z.string(),
  }),
  z.object({ type: z.literal('invariant-start'), ...inIntent, bound: z.unknown() }),
  z.object({
    type: z.literal('reading-taken'),
    ...inIntent,
    invariant: z.string(),
    reading: z.object({
      at: z.number(),
      phase: z.enum(['baseline', 'watch', 'poll', 'settle', 'final']),
      ms: z.number(),
      value: z.unknown().optional(),
      unreadable: z.string().optional(),
      denied: z.boolean().optional(),
      note: z.string().optional(),
      same: z.boolean().optional(),
    }),
  }),
  z.object({ type: z.literal('journey-end'), ...inIntent, conduct, at: z.number() }),
  z.object({ type: z.literal('invariant-end'), ...inIntent, verdict }),
  z.object({ type: z.literal('precondition-end'), ...inIntent, met: z.boolean(), why: z.string() }),
  z.object({
    type: z.literal('recording-end'),
    ...inIntent,
    actor: z.string(),
    kind: z.enum(['trace', 'video', 'har']),
    file: z.string().optional(),
    bytes: z.number().optional(),
    why: z.string().optional(),
  }),
  z.object({ type: z.literal('environment-checked'), ...inIntent, check: z.string(), says: z.string(), ok: z.boolean(), why: z.string() }),
  z.object({
    type: z.literal('lockfile-end'),
    ...inIntent,
    state: z.enum(['written', 'unchanged', 'proposed', 'absent', 'stale', 'kept']),
    file: z.string().optional(),
    /** The lockfile as it would be; `was`: as it is. */ patch: z.string().optional(),
    was: z.string().optional(),
    why: z.string().optional(),
  }),
  z.object({ type: z.literal('sources-seen'), ...inIntent, files: z.array(z.string()) }),
  z.object({
    type: z.literal('note-made'),
    intent: z.string().optional(),
    attempt: z.number().optional(),
    level: z.enum(['info', 'warning', 'error']),
    code: z.string(),
    message: z.string(),
  }),
]);

export type EventBody = z.infer<typeof eventBody>;
export type EventType = EventBody['type'];

/** The stamp of an event: `time` is ISO wall time, `t` monotonic ms since run-start. No event has fields of these names. */
export const stamp = z.object({ v: z.literal(JOURNAL_VERSION), seq: z.number(), time: z.string(), t: z.number() });

/** An event as it stands in the journal. */
export const journalLine = z.intersection(stamp, eventBody);
export type JournalEvent = EventBody & z.infer<typeof stamp>;

/** What everything that runs is given to speak with. Never throws, never waits. */
export type Emit = (body: EventBody) => void;

/** A reader of events. Its failure never hurts a run and is never lost. */
export interface Subscriber {
  readonly name: string;
  on(event: JournalEvent): void | Promise<void>;
  close?(): void | Promise<void>;
}
