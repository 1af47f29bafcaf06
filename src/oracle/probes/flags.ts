import { z } from 'zod';
import { IntentwrightError } from '../../core/errors.ts';
import { askHttp, checkStatus, jsonOf } from '../http-answer.ts';
import { isRecord } from '../expectation.ts';
import { defineProbe } from '../port.ts';

const settings = z.strictObject({
  url: z.string().describe('Base URL of an OFREP provider: flagd, GO Feature Flag, Unleash …'),
  headers: z.record(z.string(), z.string()).describe('Sent with every question').default({}),
  bearer: z.string().describe('Token of an Authorization: Bearer header').optional(),
});

const query = z.strictObject({
  flag: z.string().describe('The flag’s key'),
  context: z.record(z.string(), z.unknown()).describe('Whom it is evaluated for: targetingKey, email, plan …').default({}),
});

/** `{ value, variant, reason }` of a feature flag; null when the provider does not know it. */
export const flags = defineProbe({
  name: 'flags',
  about: 'How a feature flag evaluates, with variant and reason, by OFREP',
  settings,
  query,
  async open(given: z.output<typeof settings>) {
    const provider = {
      async read({ flag, context }: z.output<typeof query>, signal: AbortSignal) {
        const what = `the flag ${flag}`;
        const answer = await askHttp(
          `${given.url.replace(/\/$/, '')}/ofrep/v1/evaluate/flags/${encodeURIComponent(flag)}`,
          {
            method: 'POST',
            headers: {
              ...(given.bearer === undefined ? {} : { authorization: `Bearer ${given.bearer}` }),
              ...given.headers,
              'content-type': 'application/json',
              accept: 'application/json',
            },
            body: JSON.stringify({ context }),
          },
          signal,
        );
        if (answer.status === 400)
          throw new IntentwrightError('PROBE_CONFIG', `${what} could not be evaluated: ${answer.body.slice(0, 160)}`, {
            hint: 'check its context; most providers need a targetingKey',
          });
        checkStatus(answer, what);
        if (answer.status !== 200) return null;
        const evaluated = jsonOf(answer, what);
        if (!isRecord(evaluated) || !('value' in evaluated))
          throw new IntentwrightError('PROBE_UNREADABLE', `${what} was answered without a value`);
        return { value: evaluated.value, variant: evaluated.variant ?? null, reason: evaluated.reason ?? null };
      },
      check: async (signal: AbortSignal) =>
        void (await provider.read({ flag: 'intentwright-doctor', context: { targetingKey: 'doctor' } }, signal)),
      async close() {},
    };
    return provider;
  },
});
