import { systemClock } from '../../src/runner/clock.ts';
import { createModel } from '../../src/models/create.ts';
import { describeModel } from '../conformance/model.ts';

for (const api of ['chat', 'responses'] as const) {
  describeModel({
    name: `openai (${api})`,
    api,
    open: (baseUrl, timeoutMs) =>
      createModel({
        config: { provider: 'openai', model: 'test-model', baseUrl, keyEnv: 'TEST_MODEL_KEY', api, timeoutMs },
        env: { TEST_MODEL_KEY: 'sk-test-key' },
        clock: systemClock,
      }),
  });
}
