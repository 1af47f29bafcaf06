import type { Redactor } from '../core/redact.ts';

/** Headers that open doors, whoever they were given to. */
const KEYS = /^(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-csrf-token)$/i;
const GONE = '(removed)';

/** A HAR without cookies, without keys, without bodies that were sent, and with every known secret masked. @throws SyntaxError */
export function scrubHar(text: string, redactor: Redactor): string {
  const har: unknown = JSON.parse(text);
  return JSON.stringify(redactor.deep(scrub(har)));
}

function scrub(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    if (key === 'cookies') return [];
    return value.map((item) => (isPair(item) && KEYS.test(item.name) ? { ...item, value: GONE } : scrub(item)));
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === 'postData' ? withoutBody(item) : scrub(item, name)]),
  );
}

const isPair = (value: unknown): value is { name: string; value: unknown } =>
  typeof value === 'object' && value !== null && typeof (value as { name?: unknown }).name === 'string' && 'value' in value;

const withoutBody = (data: unknown): unknown =>
  data === null || typeof data !== 'object' ? data : { mimeType: (data as { mimeType?: unknown }).mimeType, text: GONE };
