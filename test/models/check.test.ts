import { afterEach, describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../src/core/config.ts';
import { IntentwrightError } from '../../src/core/errors.ts';
import { checkModel } from '../../src/models/check.ts';
import { systemClock } from '../../src/runner/clock.ts';
import { completion, openEndpoint, type Seen, type Turn } from './loopback-endpoint.ts';

let endpoint: Awaited<ReturnType<typeof openEndpoint>> | undefined;
afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
});

const list = (...ids: string[]): Turn => ({ status: 200, body: { object: 'list', data: ids.map((id) => ({ id, object: 'model' })) } });
const check = async (turns: (seen: Seen) => Turn, over: Partial<ModelConfig> = {}, env: Record<string, string> = { KEY: 'sk-right' }) => {
  endpoint = await openEndpoint(turns);
  const config: ModelConfig = {
    provider: 'openai',
    model: 'small',
    baseUrl: endpoint.url,
    keyEnv: 'KEY',
    api: 'chat',
    timeoutMs: 2_000,
    ...over,
  };
  return checkModel({ config, env, clock: systemClock, signal: new AbortController().signal });
};
const refusalOf = async (checked: Promise<unknown>): Promise<IntentwrightError> => {
  const error = await checked.then(
    () => expect.fail('the check passed'),
    (thrown: unknown) => thrown,
  );
  expect(IntentwrightError.is(error)).toBe(true);
  return error as IntentwrightError;
};

describe('the check before a run', () => {
  it('costs nothing where the endpoint lists its models', async () => {
    expect(await check(() => list('large', 'small'))).toEqual({ reachable: true, notes: [] });
    expect(endpoint!.seen.map((seen) => seen.path)).toEqual(['/v1/models']);
  });

  it('refuses a wrong model name and names those that are there', async () => {
    const error = await refusalOf(
      check((seen) =>
        seen.method === 'GET' ? list('large', 'tiny') : { status: 404, body: { error: { message: 'model "small" not found' } } },
      ),
    );
    expect(error.code).toBe('MODEL_DENIED');
    expect(error.hint).toContain('large, tiny');
  });

  it('refuses a wrong key and names its variable, never the key', async () => {
    const error = await refusalOf(
      check(() => ({ status: 401, body: { error: { message: 'Incorrect API key provided' } } }), {}, { KEY: 'sk-wrong-1234' }),
    );
    expect(error.code).toBe('MODEL_DENIED');
    expect(error.hint).toContain('KEY');
    expect(`${error.message} ${error.hint}`).not.toContain('sk-wrong');
  });

  it('asks a server without a list one tiny question', async () => {
    expect(
      await check((seen) =>
        seen.method === 'GET' ? { status: 404, body: { error: { message: 'no such route' } } } : completion('{"ok":true}'),
      ),
    ).toMatchObject({ reachable: true });
    expect(endpoint!.seen).toHaveLength(2);
  });

  it('is content with any answer', async () => {
    expect(await check((seen) => (seen.method === 'GET' ? list('another') : completion('hello', { finish: 'length' })))).toMatchObject({
      reachable: true,
    });
  });

  it('takes an endpoint that does not answer for a note: a green day needs no model', async () => {
    const found = await check(() => ({ play: (response) => response.destroy() }));
    expect(found.reachable).toBe(false);
    expect(found.notes[0]).toContain('cut the connection');
  });

  it('refuses a key that is not set, before anything is asked', async () => {
    const error = await refusalOf(check(() => list('small'), {}, {}));
    expect(error).toMatchObject({ code: 'ENV_MISSING' });
    expect(error.message).toContain('KEY');
    expect(endpoint!.seen).toHaveLength(0);
  });

  it('asks through LangChain too, and says when prompts would be traced', async () => {
    const found = await check(
      () => completion('{"ok":true}'),
      { provider: 'langchain', model: 'openai:small' },
      { KEY: 'sk-right', LANGSMITH_TRACING: 'true' },
    );
    expect(found).toMatchObject({ reachable: true });
    expect(found.notes.join()).toContain('LangSmith');
    expect(endpoint!.seen[0]!.authorization).toBe('Bearer sk-right');
  });

  it('names the package that a LangChain provider needs', async () => {
    const error = await refusalOf(check(() => list(), { provider: 'langchain', model: 'mistralai:large' }));
    expect(error).toMatchObject({ code: 'MODEL_DENIED', hint: 'npm install @langchain/mistralai' });
  });

  it('explains the form of a LangChain model that it cannot place', async () => {
    expect((await refusalOf(check(() => list(), { provider: 'langchain', model: 'nobody-knows' }))).hint).toContain('provider:model');
  });
});
