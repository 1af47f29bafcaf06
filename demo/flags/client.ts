import { passOn, workflow } from '../correlation.ts';

export interface FlagContext {
  targetingKey: string;
  email?: string;
  segment?: string;
  org?: string;
}

/** Asks the flags service by OFREP; the fallback where it does not answer. */
export async function flag<T extends boolean | string>(key: string, context: FlagContext, fallback: T): Promise<T> {
  try {
    const response = await fetch(`${process.env['FLAGS_URL']}/ofrep/v1/evaluate/flags/${key}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...passOn() },
      body: JSON.stringify({ context: { ...context, ...(workflow() ? { workflow: workflow() } : {}) } }),
      signal: AbortSignal.timeout(2000),
    });
    const answer = (await response.json()) as { value?: unknown };
    return response.ok && typeof answer.value === typeof fallback ? (answer.value as T) : fallback;
  } catch {
    return fallback;
  }
}
