import type { Clock } from '../../../src/core/clock.ts';
import type { Cause, Conduct, Status } from '../../../src/core/decide.ts';
import type { Adaptation, AgentName } from '../../../src/core/decision.ts';
import type { Emit, EventBody, JournalEvent } from '../../../src/core/events.ts';
import type { ReadingPhase, Verdict } from '../../../src/core/invariant.ts';
import { Redactor } from '../../../src/core/redact.ts';
import { createHub } from '../../../src/report/journal.ts';

/** A clock that moves only when it is told to. */
export function handClock(): Clock & { pass(ms: number): void } {
  let now = 0;
  return {
    now: () => now,
    wall: () => new Date(Date.UTC(2026, 10, 20, 9, 30) + now),
    sleep: (_ms, signal) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })),
    pass(ms) {
      now += ms;
    },
  };
}

type Plan = Extract<EventBody, { type: 'run-start' }>['intents'][number];
type RunStart = Extract<EventBody, { type: 'run-start' }>;

/** What is told of a step: everything but the obvious may be left out. */
export interface ToldStep {
  ms?: number;
  agent?: AgentName;
  status?: Extract<EventBody, { type: 'step-end' }>['status'];
  why?: string;
  between?: string[];
  page?: string;
  title?: string;
  acts?: {
    line: string;
    action?: string;
    target?: { role: string; name: string; row?: string };
    ok?: boolean;
    miss?: string;
    error?: string;
    picture?: string;
    effect?: 'read' | 'write';
  }[];
  requests?: { method: string; template: string; status?: number; ms?: number; failed?: string; kind?: string; own?: boolean }[];
  notices?: { kind: string; text: string }[];
  pageEvents?: { kind: Extract<EventBody, { type: 'page-event' }>['kind']; text: string }[];
  adaptations?: Adaptation[];
  unsure?: { agent: AgentName; why: string }[];
  modelCalls?: { promptTokens: number; completionTokens: number }[];
}

export interface ToldInvariant {
  verdict: Pick<Verdict, 'name' | 'says' | 'mode' | 'status' | 'reason'> & Partial<Verdict>;
  /** [ms since the first baseline reading, phase, value or a reason it was unreadable] */
  readings: [at: number, phase: ReadingPhase, value: unknown | { unreadable: string }][];
}

export interface ToldAttempt {
  status?: Status;
  reason?: string;
  cause?: Cause;
  causeWhy?: string;
  conduct?: Conduct;
  fixtures?: { fixture: string; phase?: 'set-up' | 'undo' | 'system'; ok?: boolean; error?: string }[];
  preconditions?: { met: boolean; why: string }[];
  steps?: ToldStep[];
  invariants?: ToldInvariant[];
  lockfile?: Omit<Extract<EventBody, { type: 'lockfile-end' }>, 'type' | 'intent' | 'attempt'>;
  notes?: { level: 'info' | 'warning' | 'error'; code: string; message: string }[];
}

export interface ToldIntent extends Omit<Plan, 'where' | 'touches' | 'priority'> {
  priority?: string;
  touches?: string[];
  attempts: ToldAttempt[];
}

/** A run told to a real hub, and the events it stamped. */
export async function tellRun(
  intents: readonly ToldIntent[],
  run: Partial<RunStart> & { end?: Partial<Extract<EventBody, { type: 'run-end' }>> | false } = {},
): Promise<JournalEvent[]> {
  const events: JournalEvent[] = [];
  const clock = handClock();
  const hub = createHub({
    clock,
    redactor: new Redactor(),
    subscribers: [
      {
        name: 'kept',
        on: (event) => {
          events.push(event);
        },
      },
    ],
  });
  tell(hub.emit, clock, intents, run);
  await hub.close();
  return events;
}

export function tell(
  emit: Emit,
  clock: { pass(ms: number): void },
  intents: readonly ToldIntent[],
  { end = {}, ...run }: Partial<RunStart> & { end?: Partial<Extract<EventBody, { type: 'run-end' }>> | false } = {},
): void {
  let passed = 0;
  const pass = (ms: number): void => {
    passed += ms;
    clock.pass(ms);
  };
  emit({
    type: 'run-start',
    run: '2026-11-20T09-30-00-k3fz',
    startedAt: '2026-11-20T09:30:00.000Z',
    version: '0.1.0',
    node: 'v24.21.0',
    platform: 'linux',
    target: { name: 'teamspace', url: 'http://127.0.0.1:4101', production: false },
    mode: 'auto',
    agents: ['replay', 'relocate', 'builtin'],
    frozen: false,
    ci: false,
    command: 'intentwright demo',
    commit: '3f9c2ab17d0e4c55',
    intents: intents.map(({ attempts: _attempts, priority = 'normal', touches = [], ...plan }) => ({
      ...plan,
      priority,
      touches,
      where: { file: `intents/${plan.id}.intent.yaml`, line: 1, col: 1 },
    })),
    ...run,
  });
  for (const intent of intents) intent.attempts.forEach((attempt, index) => tellAttempt(emit, pass, intent, attempt, index + 1));
  if (end !== false) emit({ type: 'run-end', exitCode: 1, durationMs: passed, browser: 'Chromium 143.0.7499.4 (headless shell)', ...end });
}

function tellAttempt(emit: Emit, pass: (ms: number) => void, plan: ToldIntent, told: ToldAttempt, attempt: number): void {
  const here = { intent: plan.id, attempt };
  let elapsed = 0;
  const wait = (ms: number): void => {
    elapsed += ms;
    pass(ms);
  };
  emit({ type: 'intent-start', ...here, workflow: `iw${plan.id.replace(/\W/g, '').slice(0, 6)}${attempt}` });
  for (const { fixture, phase = 'set-up', ok = true, error } of (told.fixtures ?? []).filter(({ phase }) => phase !== 'undo')) {
    wait(40);
    emit({
      type: 'fixture-end',
      ...here,
      fixture,
      alias: 'org',
      phase,
      ok,
      durationMs: 40,
      outputs: ['id', 'admin'],
      ...(error === undefined ? {} : { error }),
    });
  }
  for (const { met, why } of told.preconditions ?? []) emit({ type: 'precondition-end', ...here, met, why });
  for (const { verdict } of told.invariants ?? [])
    emit({
      type: 'invariant-start',
      ...here,
      bound: {
        id: verdict.name,
        name: verdict.name,
        says: verdict.says,
        mode: { kind: verdict.mode },
        withinMs: 20_000,
        settleMs: 1500,
        blindMs: 5000,
        builtin: verdict.builtin ?? false,
      },
    });
  const readings = (told.invariants ?? [])
    .flatMap(({ verdict, readings }) => readings.map(([at, phase, value]) => ({ invariant: verdict.name, at, phase, value })))
    .sort((a, b) => a.at - b.at);
  const read = (until: number): void => {
    while (readings[0] && readings[0].at <= until) {
      const { invariant, at, phase, value } = readings.shift()!;
      if (at > elapsed) wait(at - elapsed);
      const unreadable = value !== null && typeof value === 'object' && 'unreadable' in value ? String(value.unreadable) : undefined;
      emit({
        type: 'reading-taken',
        ...here,
        invariant,
        reading: { at, phase, ms: 3, ...(unreadable === undefined ? { value } : { unreadable }) },
      });
    }
  };
  const baseline = elapsed;
  read(baseline);
  const conduct = told.conduct ?? { kind: 'carried-out' as const };
  (told.steps ?? []).forEach((step, index) => {
    tellStep(emit, wait, { ...here, step: index, actor: plan.steps[index]!.actor }, plan.steps[index]!, step);
    read(elapsed);
  });
  if (told.steps) emit({ type: 'journey-end', ...here, conduct, at: elapsed });
  read(Number.POSITIVE_INFINITY);
  for (const { verdict, readings: all } of told.invariants ?? []) {
    const last = all.at(-1)?.[2];
    emit({
      type: 'invariant-end',
      ...here,
      verdict: {
        invariant: verdict.name,
        vacuous: false,
        flipped: verdict.mode === 'eventually' && verdict.status === 'held',
        builtin: false,
        expected: '',
        found: '',
        diff: [],
        value: last,
        readings: all.length,
        unreadable: 0,
        blindMs: 0,
        where: { file: 'invariants/teamspace.yaml', line: 12, col: 1 },
        ...verdict,
      },
    });
  }
  for (const { fixture, ok = true, error } of (told.fixtures ?? []).filter(({ phase }) => phase === 'undo'))
    emit({
      type: 'fixture-end',
      ...here,
      fixture,
      alias: 'org',
      phase: 'undo',
      ok,
      durationMs: 12,
      outputs: [],
      ...(error === undefined ? {} : { error }),
    });
  for (const note of told.notes ?? []) emit({ type: 'note-made', ...here, ...note });
  if (told.lockfile) emit({ type: 'lockfile-end', ...here, ...told.lockfile });
  if (told.status) {
    const { status, reason = 'all-proven', cause, causeWhy } = told;
    emit({
      type: 'intent-end',
      ...here,
      status,
      reason,
      conduct,
      durationMs: elapsed,
      ...(cause ? { cause } : {}),
      ...(causeWhy ? { causeWhy } : {}),
    });
  }
  pass(15);
}

let requestId = 0;

function tellStep(
  emit: Emit,
  wait: (ms: number) => void,
  here: { intent: string; attempt: number; step: number; actor: string },
  plan: { text: string; tries: boolean },
  told: ToldStep,
): void {
  const agent = told.agent ?? 'replay';
  const acts = told.acts ?? [];
  const pace = (told.ms ?? 240) / (acts.length + 1);
  emit({ type: 'step-start', ...here, text: plan.text, tries: plan.tries });
  if (told.status === 'not-reached') {
    emit({ type: 'step-end', ...here, status: 'not-reached', why: told.why ?? 'an earlier step was not carried out', durationMs: 0 });
    return;
  }
  const look = (notices: { kind: string; text: string }[], added: string[]): void =>
    emit({
      type: 'observation-taken',
      ...here,
      path: told.page ?? '/o/acme/members',
      title: told.title ?? 'Members · Acme',
      candidates: 34,
      notices,
      added,
      removed: [],
      cut: [],
      ms: 3,
      digest: 'd',
      status: 200,
    });
  look([], []);
  for (const { agent: shy, why } of told.unsure ?? []) emit({ type: 'decision-made', ...here, agent: shy, kind: 'unsure', why, ms: 0.4 });
  for (const call of told.modelCalls ?? [])
    emit({ type: 'model-called', ...here, provider: 'openai', model: 'local', ...call, estimated: false, ms: 420, outcome: 'ok' });
  acts.forEach((act, index) => {
    wait(pace);
    const sent = index === acts.length - 1 ? (told.requests ?? []) : [];
    const ids = sent.map(() => ++requestId);
    emit({
      type: 'decision-made',
      ...here,
      agent,
      kind: 'act',
      action: act.action ?? 'click',
      ...(act.target ? { target: act.target } : {}),
      why: 'named by the step',
      confidence: 0.97,
      ms: 0.6,
    });
    sent.forEach(({ method, template, status, ms, failed, kind = 'fetch', own = true }, position) =>
      emit({
        type: 'request-seen',
        ...here,
        at: 0,
        request: {
          id: ids[position]!,
          method,
          url: `http://127.0.0.1:4101${template}`,
          template,
          kind,
          own,
          changes: !/^(GET|HEAD|OPTIONS)$/.test(method),
          ...(status === undefined ? {} : { status }),
          ...(ms === undefined ? {} : { ms }),
          ...(failed === undefined ? {} : { failed }),
        },
      }),
    );
    emit({
      type: 'action-end',
      ...here,
      agent,
      action: act.action ?? 'click',
      line: act.line,
      ...(act.target ? { target: act.target } : {}),
      ok: act.ok ?? true,
      ...(act.error ? { error: act.error } : {}),
      ...(act.miss ? { miss: act.miss } : {}),
      effect: act.effect ?? 'write',
      committed: sent.some(({ method }) => method !== 'GET'),
      requests: ids,
      events: [],
      navigated: false,
      ms: Math.round(pace * 0.6),
    });
    if (act.picture)
      emit({ type: 'picture-taken', ...here, act: index, picture: act.picture, outline: { box: [300, 200, 160, 40], view: [1280, 800] } });
  });
  wait(pace);
  for (const adaptation of told.adaptations ?? []) emit({ type: 'adaptation-made', ...here, agent, adaptation });
  for (const event of told.pageEvents ?? []) emit({ type: 'page-event', ...here, ...event, at: 0 });
  look(
    told.notices ?? [],
    (told.notices ?? []).map(({ text }) => text),
  );
  emit({
    type: 'step-end',
    ...here,
    status: told.status ?? 'done',
    why: told.why ?? 'the page shows it',
    durationMs: told.ms ?? 240,
    by: agent,
    ...(told.between ? { between: told.between } : {}),
  });
}
