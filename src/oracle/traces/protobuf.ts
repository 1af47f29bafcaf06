/** A message of protobuf's wire format: numbers, and bytes, by field; a field may be repeated. */
type Message = Map<number, (bigint | Uint8Array)[]>;

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** An ExportTraceServiceRequest as OTLP's JSON: most exporters send protobuf. @throws RangeError when it is not one */
export function otlpFromProtobuf(body: Uint8Array): unknown {
  return {
    resourceSpans: messages(body, 1).map((group) => ({
      resource: { attributes: bytesOf(group, 1).flatMap((resource) => attributes(resource, 1)) },
      scopeSpans: bytesOf(group, 2).map((scope) => ({ spans: messages(scope, 2).map(spanOf) })),
    })),
  };
}

function spanOf(span: Message) {
  const status = bytesOf(span, 15).map(parse)[0];
  return {
    traceId: Buffer.from(bytesOf(span, 1)[0] ?? []).toString('hex'),
    name: textOf(span, 5),
    kind: Number(numberOf(span, 6)),
    startTimeUnixNano: String(numberOf(span, 7)),
    endTimeUnixNano: String(numberOf(span, 8)),
    attributes: (span.get(9) ?? []).flatMap((bytes) => (typeof bytes === 'bigint' ? [] : [attribute(bytes)])),
    status: { code: status ? Number(numberOf(status, 3)) : 0 },
  };
}

const attributes = (message: Uint8Array, field: number) => bytesOf(parse(message), field).map(attribute);

function attribute(bytes: Uint8Array) {
  const pair = parse(bytes);
  const value = bytesOf(pair, 2).map(parse)[0];
  return { key: textOf(pair, 1), value: value ? anyValue(value) : {} };
}

function anyValue(value: Message): Record<string, unknown> {
  if (value.has(1)) return { stringValue: textOf(value, 1) };
  if (value.has(2)) return { boolValue: numberOf(value, 2) === 1n };
  if (value.has(3)) return { intValue: String(BigInt.asIntN(64, numberOf(value, 3))) };
  if (value.has(4)) return { doubleValue: doubleOf(numberOf(value, 4)) };
  if (value.has(5))
    return { arrayValue: { values: bytesOf(value, 5).flatMap((list) => bytesOf(parse(list), 1).map((item) => anyValue(parse(item)))) } };
  return {};
}

function doubleOf(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

const messages = (bytes: Uint8Array, field: number): Message[] => bytesOf(parse(bytes), field).map(parse);
const bytesOf = (message: Message, field: number): Uint8Array[] => (message.get(field) ?? []).filter((value) => typeof value !== 'bigint');
const textOf = (message: Message, field: number): string => Buffer.from(bytesOf(message, field)[0] ?? []).toString('utf8');
const numberOf = (message: Message, field: number): bigint => (message.get(field) ?? []).find((value) => typeof value === 'bigint') ?? 0n;

function parse(bytes: Uint8Array): Message {
  const message: Message = new Map();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = view.getUint8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a number that does not end');
  };
  const take = (length: number): Uint8Array => {
    if (length > bytes.length - at) throw new RangeError('a field that is longer than the message');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const values = message.get(tag >>> 3) ?? [];
    message.set(tag >>> 3, values);
    switch (tag & 7) {
      case VARINT:
        values.push(varint());
        break;
      case FIXED64:
        values.push(view.getBigUint64(at, true));
        at += 8;
        break;
      case BYTES:
        values.push(take(Number(varint())));
        break;
      case FIXED32:
        values.push(BigInt(view.getUint32(at, true)));
        at += 4;
        break;
      default:
        throw new RangeError('no protobuf');
    }
  }
  return message;
}
