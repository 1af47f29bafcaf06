import type { Clock } from '../core/clock.ts';
import type { Config } from '../core/config.ts';
import type { Model } from '../models/port.ts';

/**
 * The model that is asked last. Its key and name are checked before a browser starts; an endpoint that is merely down is no reason to stop: it is noted.
 * @throws IntentwrightError ENV_MISSING | MODEL_DENIED
 */
export async function openModel(
  config: Config,
  env: NodeJS.ProcessEnv,
  clock: Clock,
  note: (text: string) => void,
): Promise<Model | undefined> {
  if (!config.agents.model) return undefined;
  const [{ createModel }, { checkModel }] = await Promise.all([import('../models/create.ts'), import('../models/check.ts')]);
  const options = { config: config.agents.model, env, clock };
  const { reachable, notes } = await checkModel({ ...options, signal: AbortSignal.timeout(20_000) });
  for (const text of notes)
    note(reachable ? text : `the model ${options.config.model} is not there now: ${text}. Journeys that need it will say so.`);
  return createModel(options);
}
