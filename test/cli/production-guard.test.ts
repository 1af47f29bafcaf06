import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guardProduction } from '../../src/cli/production-guard.ts';
import type { Config, Target } from '../../src/core/config.ts';
import type { Intent } from '../../src/core/intent.ts';
import type { Project } from '../../src/core/project.ts';

const target = (name: string, url: string, production = false): Target => ({ name, url, origins: [], production });
const intent = (id: string, safe?: 'production'): Intent => ({ id, ...(safe ? { safe } : {}) }) as Intent;
const project = (...targets: Target[]): Project => ({
  config: { targets: Object.fromEntries(targets.map((one) => [one.name, one])), defaultTarget: targets[0]!.name } as unknown as Config,
  intents: [intent('reads', 'production'), intent('writes')], invariants: new Map(), fixtures: new Map(),
});

let redirecting = '';
const server = createServer((_, response) => void response.writeHead(302, { location: live.url }).end());
const live = target('live', 'http://localhost:9/', true);
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  redirecting = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const guard = (name: string, options: { targets?: Target[]; confirmed?: string; ids?: string[]; env?: NodeJS.ProcessEnv } = {}) =>
  guardProduction({ project: project(...(options.targets ?? [target('local', 'http://127.0.0.1:1'), live])), target: name, ids: options.ids ?? [], env: options.env ?? {}, ...(options.confirmed === undefined ? {} : { confirmed: options.confirmed }) });

describe('the production guard', () => {
  test('lets everything run where it is not production', async () => {
    expect((await guard('local')).map(({ id }) => id)).toEqual(['reads', 'writes']);
  });

  test('refuses production that was not typed, and says how to mean it', async () => {
    await expect(guard('live')).rejects.toMatchObject({ code: 'TARGET_REFUSED', hint: expect.stringContaining('--production localhost:9') });
    await expect(guard('live', { confirmed: 'localhost' })).rejects.toMatchObject({ code: 'TARGET_REFUSED' });
  });

  test('runs only what is safe there', async () => {
    expect((await guard('live', { confirmed: 'localhost:9' })).map(({ id }) => id)).toEqual(['reads']);
    await expect(guard('live', { confirmed: 'localhost:9', ids: ['writes'] })).rejects.toMatchObject({ message: expect.stringContaining('writes may not run') });
  });

  test('refuses an unmarked target that is the same host', async () => {
    await expect(guard('typo', { targets: [target('typo', 'http://localhost:9/other'), live] })).rejects.toMatchObject({ message: expect.stringContaining('leads to localhost:9') });
    await expect(guard('typo', { targets: [target('typo', '${env:APP}'), live], env: { APP: 'http://LOCALHOST:9' } })).rejects.toMatchObject({ code: 'TARGET_REFUSED' });
  });

  test('refuses an unmarked target that redirects to production, whether or not production answers', async () => {
    await expect(guard('typo', { targets: [target('typo', redirecting), live] })).rejects.toMatchObject({ message: expect.stringContaining('leads to localhost:9') });
  });

  test('names the targets when there is none of that name', async () => {
    await expect(guard('prod')).rejects.toMatchObject({ hint: 'declared: local, live' });
  });
});
