import { isRecord } from '../expectation.ts';

/** A span of a trace, told the same way wherever it was kept. */
export interface Span {
  trace: string;
  service: string;
  name: string;
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer' | 'unspecified';
  status: 'unset' | 'ok' | 'error';
  ms: number;
  attributes: Record<string, unknown>;
}

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const STATUSES = ['unset', 'ok', 'error'] as const;

/** Spans of OTLP's JSON: what exporters send, and what Tempo answers. */
export function spansOfOtlp(body: unknown): Span[] {
  const root = isRecord(body) && isRecord(body.trace) ? body.trace : body;
  const groups = isRecord(root) ? records(root.resourceSpans ?? root.batches) : [];
  return groups.flatMap((group) => {
    const service = String(attributesOf(isRecord(group.resource) ? group.resource.attributes : undefined)['service.name'] ?? '');
    const scopes = records(group.scopeSpans ?? group.instrumentationLibrarySpans);
    return scopes.flatMap(({ spans }) => records(spans)).map((span) => spanOf(span, service));
  });
}

function spanOf(span: Record<string, unknown>, service: string): Span {
  const status = isRecord(span.status) ? span.status.code : undefined;
  return {
    trace: idOf(span.traceId),
    service,
    name: String(span.name ?? ''),
    kind: enumOf(KINDS, span.kind, 'SPAN_KIND_', 'unspecified'),
    status: enumOf(STATUSES, status, 'STATUS_CODE_', 'unset'),
    ms: Number((BigInt(String(span.endTimeUnixNano ?? 0)) - BigInt(String(span.startTimeUnixNano ?? 0))) / 1000n) / 1000,
    attributes: attributesOf(span.attributes),
  };
}

/** A number, its digits, or its name; as JSON of protobuf has it. */
function enumOf<T extends string>(names: readonly T[], value: unknown, prefix: string, otherwise: T): T {
  if (typeof value === 'string' && value.startsWith(prefix))
    return names.find((name) => name === value.slice(prefix.length).toLowerCase()) ?? otherwise;
  return names[Number(value ?? -1)] ?? otherwise;
}

/** Exporters write ids in hex, protobuf's own JSON in base64. */
const idOf = (id: unknown): string => {
  const text = String(id ?? '');
  return /^[\da-f]{32}$/i.test(text) ? text.toLowerCase() : Buffer.from(text, 'base64').toString('hex');
};

export function attributesOf(list: unknown): Record<string, unknown> {
  return Object.fromEntries(records(list).map(({ key, value }) => [String(key), isRecord(value) ? plainOf(value) : value]));
}

function plainOf(value: Record<string, unknown>): unknown {
  if ('intValue' in value) return Number(value.intValue);
  if (isRecord(value.arrayValue)) return records(value.arrayValue.values).map(plainOf);
  return value.stringValue ?? value.boolValue ?? value.doubleValue ?? null;
}

/** Spans of Jaeger's query API. */
export function spansOfJaeger(body: unknown): Span[] {
  return records(isRecord(body) ? body.data : undefined).flatMap(({ spans, processes }) =>
    records(spans).map((span) => {
      const tags = Object.fromEntries(records(span.tags).map(({ key, value }) => [String(key), value]));
      const process = isRecord(processes) ? processes[String(span.processID)] : undefined;
      return {
        trace: String(span.traceID ?? '').padStart(32, '0'),
        service: String(isRecord(process) ? process.serviceName : ''),
        name: String(span.operationName ?? ''),
        kind: enumOf(KINDS, `SPAN_KIND_${String(tags['span.kind'] ?? '').toUpperCase()}`, 'SPAN_KIND_', 'unspecified'),
        status: tags.error === true || tags['otel.status_code'] === 'ERROR' ? 'error' : tags['otel.status_code'] === 'OK' ? 'ok' : 'unset',
        ms: Number(span.duration ?? 0) / 1000,
        attributes: tags,
      };
    }),
  );
}

const records = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);
