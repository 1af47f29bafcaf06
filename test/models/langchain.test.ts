import { systemClock } from '../../src/runner/clock.ts';
import { createModel } from '../../src/models/create.ts';
import { describeModel } from '../conformance/model.ts';

describeModel({
  name: 'langchain (openai:…)',
  api: 'chat',
  open: (baseUrl, timeoutMs) =>
    createModel({
      config: { provider: 'langchain', model: 'openai:test-model', baseUrl, keyEnv: 'TEST_MODEL_KEY', api: 'chat', timeoutMs },
      env: { TEST_MODEL_KEY: 'sk-test-key' },
      clock: systemClock,
    }),
});
