import type { ModelConfig } from '../../core/config.ts';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import { systemClock } from '../../runner/clock.ts';
import { type Finding, missing, ok } from './finding.ts';

/** Whether the model endpoint answers, and takes the key and the model's name. */
export async function examineModel(config: ModelConfig, env: NodeJS.ProcessEnv): Promise<Finding> {
  try {
    const { checkModel } = await import('../../models/check.ts');
    const { reachable, notes } = await checkModel({ config, env, clock: systemClock, signal: AbortSignal.timeout(20_000) });
    const said = [config.model, ...notes].join('; ');
    return reachable
      ? ok('model', said)
      : missing('model', said, 'a run goes on without it; only what the embedded agent cannot do is blocked');
  } catch (error) {
    return missing('model', messageOf(error), IntentwrightError.is(error) ? error.hint : undefined);
  }
}
