import type { AgentName } from '../core/decision.ts';
import { exitCodeOf } from '../core/decide.ts';
import { countedStatuses } from '../core/quarantine.ts';
import type { RunResult } from '../core/result.ts';
import { clip } from './escape/visible.ts';
import { matricesOf } from './matrix.ts';
import { firstSentence } from './narrative/sentence.ts';
import { type Line, plain } from './narrative/line.ts';
import { type AttemptStory, type IntentStory, lastAttempt, type RunStory, verdictsOf } from './story.ts';

/** `result.json` of a run. A run that never ended has the exit code its intents stand for, never 0. */
export function resultOf(story: RunStory, divergenceOf: (intent: string) => readonly Line[] = () => []): RunResult {
  return { ...headOf(story), intents: story.intents.map((intent) => intentResult(intent, divergenceOf(intent.id))) };
}

function headOf(story: RunStory): Omit<RunResult, 'intents'> {
  const matrices = matricesOf(story);
  return {
    run: story.run,
    startedAt: story.startedAt,
    durationMs: Math.round(story.durationMs),
    exitCode: story.exitCode ?? (exitCodeOf(countedStatuses(story.intents)) || 3),
    ...(matrices.length > 0
      ? {
          matrices: matrices.map(({ of, cells, red, common }) => ({
            intent: of,
            cells: cells.length,
            red: red.map(({ id }) => id),
            common,
          })),
        }
      : {}),
  };
}

/** The same as text, intent by intent: a run of thousands never stands in memory as one string. */
export function* resultText(story: RunStory, divergenceOf: (intent: string) => readonly Line[] = () => []): Generator<string> {
  yield `${JSON.stringify(headOf(story), null, 2).replace(/\n\}$/, '')},\n  "intents": [`;
  let between = '\n';
  for (const intent of story.intents) {
    yield `${between}    ${JSON.stringify(intentResult(intent, divergenceOf(intent.id)), null, 2).replace(/\n/g, '\n    ')}`;
    between = ',\n';
  }
  yield story.intents.length > 0 ? '\n  ]\n}\n' : ']\n}\n';
}

function intentResult(intent: IntentStory, divergence: readonly Line[]): RunResult['intents'][number] {
  const attempt = lastAttempt(intent);
  const calls = intent.attempts.flatMap(({ steps }) => steps.flatMap(({ modelCalls }) => modelCalls));
  return {
    id: intent.id,
    ...(intent.cell ? { cell: intent.cell } : {}),
    title: intent.title,
    status: intent.status,
    reason: attempt?.reason ?? null,
    quarantined: intent.quarantined ?? null,
    cause: intent.cause ?? null,
    causeWhy: intent.causeWhy ?? null,
    sentence: plain(firstSentence(intent).spans),
    divergence: divergence.map(({ step, spans }) => ({ step: step ?? null, says: clip(plain(spans), 1000) })),
    durationMs: Math.round(intent.durationMs),
    attempts: intent.attempts.length,
    agent: actionsByAgent(attempt),
    modelCalls: calls.length,
    tokens: calls.reduce((sum, { promptTokens, completionTokens }) => sum + promptTokens + completionTokens, 0),
    actions: (attempt?.steps ?? []).reduce((sum, { acts }) => sum + acts.length, 0),
    adaptations: (attempt?.steps ?? []).flatMap((step) =>
      step.adaptations.map(({ agent, adaptation: { kind, from, to, note } }) => ({ step: step.index, kind, from, to, note, agent })),
    ),
    verdicts: verdictsOf(attempt).map((verdict) => ({
      invariant: verdict.invariant,
      says: verdict.says,
      status: verdict.status,
      expected: clip(verdict.expected, 2000),
      found: clip(verdict.found, 2000),
      readings: verdict.readings,
      convergedMs: verdict.convergedMs ?? null,
      vacuous: verdict.vacuous,
      reason: verdict.reason,
      builtin: verdict.builtin,
    })),
    steps: (attempt?.steps ?? []).map((step) => ({
      actor: step.actor,
      text: step.text,
      status: step.status ?? (step.began ? 'interrupted' : 'not-reached'),
      durationMs: Math.round(step.durationMs),
      requests: step.requests.map(({ request }) => ({
        method: request.method,
        path: request.template,
        status: request.status ?? null,
        ms: request.ms ?? null,
      })),
    })),
  };
}

/** How many actions of the attempt each agent decided. */
function actionsByAgent(attempt: AttemptStory | undefined): Record<AgentName, number> {
  const counts: Record<AgentName, number> = { replay: 0, relocate: 0, builtin: 0, model: 0 };
  for (const step of attempt?.steps ?? []) for (const { agent } of step.acts) counts[agent]++;
  return counts;
}
