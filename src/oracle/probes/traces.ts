import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { IntentwrightError } from '../../core/errors.ts';
import { collectors, type Delivery } from '../collector.ts';
import { askHttp, checkStatus, jsonOf } from '../http-answer.ts';
import { defineProbe, type ProbeServices } from '../port.ts';
import { otlpFromProtobuf } from '../traces/protobuf.ts';
import { type Span, spansOfJaeger, spansOfOtlp } from '../traces/span.ts';

const settings = z
  .strictObject({
    port: z
      .int()
      .min(1)
      .max(65535)
      .describe('Port on 127.0.0.1 that takes OTLP over HTTP: OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318')
      .optional(),
    tempo: z.string().describe('Base URL of Grafana Tempo').optional(),
    jaeger: z.string().describe('Base URL of Jaeger’s query service').optional(),
    headers: z.record(z.string(), z.string()).describe('Sent with every question').default({}),
  })
  .refine(({ port, tempo, jaeger }) => [port, tempo, jaeger].filter((one) => one !== undefined).length === 1, {
    error: 'give exactly one of port, tempo and jaeger',
  });

const query = z.strictObject({
  service: z.string().describe('Only spans of this service').optional(),
  name: z.string().describe('Only spans of this name').optional(),
  kind: z.enum(['internal', 'server', 'client', 'producer', 'consumer']).describe('Only spans of this kind').optional(),
  status: z.enum(['unset', 'ok', 'error']).describe('Only spans that ended so').optional(),
  trace: z.string().describe('Another trace than the journey’s own').optional(),
});

type Source = (trace: string, signal: AbortSignal) => Promise<Span[]>;

/**
 * Spans of the journey's trace: `[{ service, name, kind, status, ms, attributes }]`. A trace that is not there is unknown, not empty:
 * it may have been sampled away, or still be on its way. Before the browser sent anything there can be none, and the answer is [].
 */
export const traces = defineProbe({
  name: 'traces',
  about: 'Spans of the journey’s trace, from an own OTLP receiver, Tempo or Jaeger',
  early: true,
  settings,
  query,
  async open(given: z.output<typeof settings>, services) {
    const held = given.port === undefined ? undefined : await collectors.hold(String(given.port));
    const source: Source = held
      ? async (trace) => held.thing.deliveries.flatMap(spansOf).filter((span) => span.trace === trace)
      : queried(given);
    return {
      async read(asked: z.output<typeof query>, signal) {
        const trace = (asked.trace ?? services.traceId).toLowerCase();
        const spans = await source(trace, signal);
        if (spans.length === 0 && !nothingSent(asked.trace, services))
          throw new IntentwrightError('PROBE_UNREADABLE', `no span of trace ${trace} is there`, {
            hint: 'it may have been sampled away: sample all traces in the test environment',
          });
        return spans.filter((span) => fits(span, asked)).map(({ trace: _, ...span }) => span);
      },
      ...(held ? { watch: async (_: unknown, wake: () => void) => held.thing.onDelivery(wake) } : {}),
      async close() {
        held?.release();
      },
    };
  },
});

const nothingSent = (other: string | undefined, services: ProbeServices): boolean =>
  other === undefined && services.requests().length === 0;

const fits = (span: Span, { service, name, kind, status }: z.output<typeof query>): boolean =>
  (service === undefined || span.service === service) &&
  (name === undefined || span.name === name) &&
  (kind === undefined || span.kind === kind) &&
  (status === undefined || span.status === status);

/** What cannot be read is no span: the trace is then unknown, as it should be. */
function spansOf({ path, headers, body }: Delivery): Span[] {
  if (path !== '/v1/traces') return [];
  try {
    const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(body, { maxOutputLength: 16 * 1024 * 1024 }) : body;
    return spansOfOtlp(/\bjson\b/.test(headers['content-type'] ?? '') ? JSON.parse(plain.toString('utf8')) : otlpFromProtobuf(plain));
  } catch {
    return [];
  }
}

const queried =
  ({ tempo, jaeger, headers }: z.output<typeof settings>): Source =>
  async (trace, signal) => {
    const what = tempo === undefined ? 'Jaeger' : 'Tempo';
    const answer = await askHttp(
      `${(tempo ?? jaeger)!.replace(/\/$/, '')}/api/traces/${encodeURIComponent(trace)}`,
      { headers: { ...headers, accept: 'application/json' } },
      signal,
    );
    checkStatus(answer, what);
    if (answer.status === 404) return [];
    const body = jsonOf(answer, what);
    return tempo === undefined ? spansOfJaeger(body) : spansOfOtlp(body).map((span) => ({ ...span, trace }));
  };
