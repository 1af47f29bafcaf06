import { z } from 'zod';
import type { ModelConfig } from '../core/config.ts';
import { IntentwrightError } from '../core/errors.ts';
import { createModel, keyOf, type CreateModelOptions } from './create.ts';
import { mishapOf } from './fault.ts';
import { askPatiently } from './patience.ts';
import { ModelError } from './port.ts';

/** Longest start-up check, ms. */
const PATIENCE = 15_000;

/** What a check found that is no reason to stop. */
export interface ModelCheck {
  reachable: boolean;
  notes: string[];
}

/**
 * Asks the endpoint about key and model name before a browser starts: for free where it lists its models, else by one tiny question.
 * An endpoint that does not answer is a note, not an error: a green day needs no model.
 * @throws IntentwrightError MODEL_DENIED with the fix, ENV_MISSING
 */
export async function checkModel(options: CreateModelOptions & { signal: AbortSignal }): Promise<ModelCheck> {
  const config: ModelConfig = { ...options.config, timeoutMs: Math.min(options.config.timeoutMs, PATIENCE) };
  const notes = config.provider === 'langchain' ? tracingNotes(options.env) : [];
  let listed: string[] = [];
  try {
    if (config.provider === 'openai') {
      listed = await listModels(config, options);
      if (listed.some((id) => id === config.model || id === `${config.model}:latest`)) return { reachable: true, notes };
    }
    await askSomething(config, options);
    return { reachable: true, notes };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    if (error.fault !== 'denied')
      return { reachable: error.fault !== 'unavailable' && error.fault !== 'timeout', notes: [...notes, error.message] };
    throw new IntentwrightError('MODEL_DENIED', error.message, { hint: fixOf(config, listed), cause: error });
  }
}

async function listModels(config: ModelConfig, { env, clock, signal }: CreateModelOptions & { signal: AbortSignal }): Promise<string[]> {
  const { openaiClient } = await import('./openai.ts');
  const client = await openaiClient(config, keyOf(config, env));
  try {
    const page = await askPatiently((inTime) => client.models.list({ signal: inTime }), { timeoutMs: config.timeoutMs, clock, signal });
    return Array.isArray(page?.data) ? page.data.map((model) => String(model?.id)) : [];
  } catch (error) {
    // A server without a list, or a key that may not read it, is asked directly; a wrong key is wrong for everything.
    const { status } = mishapOf(error instanceof ModelError ? (error.cause ?? error) : error);
    if (status === 401 || status === undefined) throw error;
    return [];
  }
}

async function askSomething(config: ModelConfig, options: CreateModelOptions & { signal: AbortSignal }): Promise<void> {
  const model = await createModel({ ...options, config });
  try {
    await model.answer(
      {
        messages: [{ role: 'user', content: 'Answer with {"ok":true}' }],
        answer: { name: 'ready', schema: z.strictObject({ ok: z.boolean() }) },
        maxTokens: 16,
      },
      options.signal,
    );
  } catch (error) {
    // Any answer at all shows that key and name are right.
    if (error instanceof ModelError && ['malformed', 'truncated', 'refused', 'filtered'].includes(error.fault)) return;
    throw error;
  }
}

function fixOf(config: ModelConfig, listed: readonly string[]): string {
  const known =
    listed.length > 0 ? `; it knows ${listed.slice(0, 8).join(', ')}${listed.length > 8 ? ` and ${listed.length - 8} more` : ''}` : '';
  const key = config.keyEnv
    ? `the key in ${config.keyEnv}`
    : config.baseUrl || config.provider !== 'openai'
      ? 'its key: no key is sent unless keyEnv names the variable that holds it'
      : 'the key in OPENAI_API_KEY';
  return `check agents.model: model "${config.model}"${config.baseUrl ? `, baseUrl ${config.baseUrl}` : ''}, and ${key}${known}`;
}

function tracingNotes(env: Record<string, string | undefined>): string[] {
  const on = ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING', 'LANGCHAIN_TRACING_V2'].find(
    (name) => env[name] === 'true',
  );
  return on ? [`${on} is set: LangChain sends every prompt to LangSmith`] : [];
}
