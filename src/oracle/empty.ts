import { isRecord } from './expectation.ts';

/**
 * What `expect: none` means: the backend answered, and there was nothing. null, "", [], {},
 * and an HTTP answer whose body is nothing (as the http probe reports 404 and 410). Zero and false are something.
 */
export function isEmptyAnswer(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (!isRecord(value)) return false;
  if (isHttpAnswer(value)) return isEmptyAnswer(value.body);
  return Object.keys(value).length === 0;
}

const isHttpAnswer = (value: Record<string, unknown>): boolean =>
  typeof value.status === 'number' &&
  'body' in value &&
  Object.keys(value).every((key) => key === 'status' || key === 'body' || key === 'headers');
