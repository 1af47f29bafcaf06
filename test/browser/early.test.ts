import { afterEach, expect, it } from 'vitest';
import { launchEarly, type EarlyBrowser } from '../../src/browser/early.ts';
import type { BrowserHost } from '../../src/browser/port.ts';
import { BROWSER } from './stage.ts';

const opened: (EarlyBrowser | BrowserHost)[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await ('close' in one ? one.close() : one.drop());
});
const keep = <T extends EarlyBrowser | BrowserHost>(one: T): T => (opened.push(one), one);
const actor = {
  actor: 'user',
  baseUrl: 'http://127.0.0.1:9',
  origins: [],
  session: undefined,
  serviceWorkers: 'allow' as const,
  correlation: () => ({}),
  mask: (text: string) => text,
  onRequest: () => undefined,
  onPageEvent: () => undefined,
};
const options = (hosts: string[]) => ({ config: BROWSER, hosts, env: process.env });

it('gives the browser that is starting already to who wants the same hosts, in any order', async () => {
  const early = keep(launchEarly(options(['a.test', 'b.test'])));
  const host = keep(await early.take(options(['b.test', 'a.test'])));
  await early.drop();
  await expect(host.prepareActor(actor as never)).resolves.toBeDefined();
});

it('launches another for other hosts: what a browser may reach is decided when it starts', async () => {
  const early = keep(launchEarly(options(['a.test'])));
  const host = keep(await early.take(options(['127.0.0.1'])));
  await expect(host.prepareActor(actor as never)).resolves.toBeDefined();
});

it('tells who takes it why it did not start', async () => {
  const broken = { ...options(['a.test']), config: { ...BROWSER, executable: process.execPath } };
  const early = keep(launchEarly(broken));
  await expect(early.take(broken)).rejects.toMatchObject({ code: 'BROWSER_CRASHED' });
});
