import { dataOf } from '../escape/terminal.ts';
import { plain } from '../narrative/line.ts';
import { firstSentence } from '../narrative/sentence.ts';
import type { AttemptStory, IntentStory, RunStory, StepStory } from '../story.ts';
import { epochOf, hexOf } from './identity.ts';

type Value = string | number | boolean | undefined;
type Attribute = { key: string; value: { stringValue: string } | { intValue: string } | { boolValue: boolean } };

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: 1;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Attribute[];
  events?: { timeUnixNano: string; name: string; attributes: Attribute[] }[];
  status: { code: 0 | 1 | 2; message?: string };
}

/** The run as OpenTelemetry spans (OTLP/JSON): one trace an attempt, one span a step, readings as events of the wait for the system. */
export function otlpOf(story: RunStory): object {
  return dataOf({
    resourceSpans: [
      {
        resource: {
          attributes: attributes({
            'service.name': 'intentwright',
            'service.version': story.version,
            'intentwright.run': story.run,
            'intentwright.target': story.target.name,
            'intentwright.mode': story.mode,
            'vcs.ref.head.revision': story.commit,
          }),
        },
        scopeSpans: [
          {
            scope: { name: 'intentwright', version: story.version },
            spans: story.intents.flatMap((intent) => intent.attempts.flatMap((attempt) => spansOf(intent, attempt, story))),
          },
        ],
      },
    ],
  });
}

function spansOf(intent: IntentStory, attempt: AttemptStory, story: RunStory): Span[] {
  const traceId = hexOf(16, 'trace', story.run, intent.id, String(attempt.attempt));
  const root = hexOf(8, traceId, 'intent');
  const at = (ms: number): string => `${epochOf(story, ms)}000000`;
  const green = attempt.status === 'passed';
  const spans: Span[] = [
    {
      traceId,
      spanId: root,
      name: `intent ${intent.id}`,
      kind: 1,
      startTimeUnixNano: at(attempt.startedMs),
      endTimeUnixNano: at(attempt.startedMs + attempt.durationMs),
      attributes: attributes({
        'intentwright.intent': intent.id,
        'intentwright.title': intent.title,
        'intentwright.status': attempt.status ?? 'interrupted',
        'intentwright.cause': attempt.cause,
        'intentwright.attempt': attempt.attempt,
        'intentwright.workflow': attempt.workflow,
      }),
      status: green ? { code: 1 } : { code: 2, message: plain(firstSentence(intent).spans) },
    },
  ];
  for (const step of attempt.steps) if (step.startedMs !== undefined) spans.push(stepSpan(step, traceId, root, at));
  const end = attempt.journeyEndAt;
  const from = attempt.readingsFromMs;
  if (end !== undefined && from !== undefined) {
    for (const { id, verdict, readings } of attempt.invariants) {
      const after = readings.filter(({ at: ms }) => ms >= end);
      spans.push({
        traceId,
        spanId: hexOf(8, traceId, 'invariant', id),
        parentSpanId: root,
        name: `invariant ${id}`,
        kind: 1,
        startTimeUnixNano: at(from + end),
        endTimeUnixNano: at(from + Math.max(end, ...after.map(({ at: ms, ms: took }) => ms + took))),
        attributes: attributes({
          'intentwright.invariant': id,
          'intentwright.verdict': verdict?.status,
          'intentwright.reason': verdict?.reason,
          'intentwright.converged_ms': verdict?.convergedMs,
        }),
        events: after.slice(0, 200).map((reading) => ({
          timeUnixNano: at(from + reading.at),
          name: 'reading',
          attributes: attributes({ phase: reading.phase, unreadable: reading.unreadable }),
        })),
        status:
          verdict?.status === 'held' ? { code: 1 } : verdict?.status === 'violated' ? { code: 2, message: verdict.found } : { code: 0 },
      });
    }
  }
  return spans;
}

function stepSpan(step: StepStory, traceId: string, parentSpanId: string, at: (ms: number) => string): Span {
  const done = step.status === 'done' || step.status === 'refused';
  return {
    traceId,
    spanId: hexOf(8, traceId, 'step', String(step.index)),
    parentSpanId,
    name: `step ${step.index + 1}`,
    kind: 1,
    startTimeUnixNano: at(step.startedMs!),
    endTimeUnixNano: at(step.startedMs! + step.durationMs),
    attributes: attributes({
      'intentwright.actor': step.actor,
      'intentwright.step': step.text,
      'intentwright.agent': step.by,
      'intentwright.step.status': step.status ?? 'interrupted',
      'intentwright.actions': step.acts.length,
      'intentwright.requests': step.requests.length,
    }),
    status: done ? { code: 1 } : { code: 2, message: step.why },
  };
}

function attributes(values: Record<string, Value>): Attribute[] {
  return Object.entries(values).flatMap(([key, value]): Attribute[] => {
    if (value === undefined || value === '') return [];
    if (typeof value === 'boolean') return [{ key, value: { boolValue: value } }];
    return [{ key, value: typeof value === 'number' ? { intValue: String(Math.round(value)) } : { stringValue: value } }];
  });
}
