import type { Clock } from '../core/clock.ts';
import type { ModelConfig } from '../core/config.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Model } from './port.ts';

export interface CreateModelOptions {
  config: ModelConfig;
  env: Record<string, string | undefined>;
  clock: Clock;
}

/**
 * The model that a config names. Loads its SDK only now.
 * @throws IntentwrightError ENV_MISSING when the key's variable is not set, MODEL_DENIED when the provider cannot be opened
 */
export async function createModel({ config, env, clock }: CreateModelOptions): Promise<Model> {
  const key = keyOf(config, env);
  if (config.provider === 'openai') return (await import('./openai.ts')).openaiModel({ config, key, clock });
  const { langchainModel } = await import('./langchain.ts');
  try {
    return await langchainModel({ config, key, clock });
  } catch (error) {
    const wants = /npm install (@?[\w/.-]+)/.exec(error instanceof Error ? error.message : '')?.[1];
    throw new IntentwrightError('MODEL_DENIED', `the model ${config.model} cannot be opened: ${messageOf(error)}`, {
      hint: wants
        ? `npm install ${wants}`
        : 'write agents.model.model as provider:model, e.g. openai:gpt-5-mini, and name its key with keyEnv',
      cause: error,
    });
  }
}

/** The key from the variable that the config names; a server of one's own needs none. */
export function keyOf(config: ModelConfig, env: Record<string, string | undefined>): string | undefined {
  const name = config.keyEnv ?? (config.provider === 'openai' && !config.baseUrl ? 'OPENAI_API_KEY' : undefined);
  if (name === undefined) return undefined;
  const key = env[name]?.trim();
  if (key) return key;
  throw new IntentwrightError('ENV_MISSING', `the model's key is not set: environment variable ${name}`, {
    hint: `set ${name}, name another variable with agents.model.keyEnv, or take the model out of agents.chain`,
  });
}
