import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, expect, test } from 'vitest';
import type { Probe } from '../../src/oracle/port.ts';
import { openReader } from '../../src/oracle/reader.ts';
import { describeProbe } from '../conformance/probe.ts';
import { servicesWith } from '../conformance/services.ts';
import { runInline } from '../inline/run-inline.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/write-your-own-probe.md'), 'utf8');

/** The files of the page, by the name in the first line of each. */
const files = Object.fromEntries(
  [...page.matchAll(/```(?:ts|yaml)\n(?:\/\/|#) (\S+)\n([\s\S]*?)```/g)].map((match) => [match[1]!, match[2]!]),
);

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'iw-own-probe-')));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
for (const [name, text] of Object.entries({
  ...files,
  'node_modules/.keep': '',
  'intentwright/package.json': '{"type":"module","exports":"./index.ts"}',
  'intentwright/index.ts': `export * from ${JSON.stringify(pathToFileURL(join(root, 'src/index.ts')).href)};\n`,
  'package.json': '{"type":"module"}',
})) {
  mkdirSync(dirname(join(dir, name)), { recursive: true });
  writeFileSync(join(dir, name), text);
}
symlinkSync(join(dir, 'intentwright'), join(dir, 'node_modules/intentwright'), 'junction');
for (const name of ['kafkajs', 'zod']) symlinkSync(join(root, 'node_modules', name), join(dir, 'node_modules', name), 'junction');

/** Brokers of librdkafka's own mock cluster, which kcat carries: the real protocol, no Java. Or why there are none. */
async function startBrokers(): Promise<{ address: string; stop(): void } | string> {
  const child: ChildProcess = spawn('kcat', ['-P', '-b', 'mock', '-t', 'members', '-X', 'test.mock.num.brokers=1', '-d', 'mock'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const address = await new Promise<string | undefined>((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('exit', () => resolve(undefined));
    createInterface({ input: child.stderr! }).on('line', (line) => {
      const found = /bootstrap\.servers=(127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
  });
  const stop = () => void child.kill('SIGKILL');
  process.once('exit', stop);
  return address === undefined ? 'no kcat with a mock cluster: apt-get install kcat' : { address, stop };
}

const clientOf = (address: string) => new Kafka({ brokers: [address], logLevel: logLevel.NOTHING, retry: { retries: 0 } });

async function send(address: string, count: number): Promise<void> {
  const producer = clientOf(address).producer({ createPartitioner: () => () => 0 });
  await producer.connect();
  await producer.send({ topic: 'members', messages: Array.from({ length: count }, (_, index) => ({ value: `{"n":${index}}` })) });
  await producer.disconnect();
}

async function handle(address: string, offset: number): Promise<void> {
  const consumer = clientOf(address).consumer({ groupId: 'mailer' });
  await consumer.connect();
  await consumer.subscribe({ topics: ['members'], fromBeginning: true });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({ autoCommit: false, eachMessage: async () => undefined });
  await joined;
  await consumer.commitOffsets([{ topic: 'members', partition: 0, offset: String(offset) }]);
  await consumer.disconnect();
}

test('the page has a probe of about thirty lines, a config and an invariant', () => {
  expect(Object.keys(files)).toEqual(['probes/kafka.ts', 'intentwright.config.yaml', 'invariants/stream.yaml']);
  expect(files['probes/kafka.ts']!.trim().split('\n').length).toBeLessThanOrEqual(36);
});

test('its files are right as they are written', async () => {
  const ran = await runInline({ 'intents/join.intent.yaml': 'intent: Join the team\nthen: [members-announced]\n' }, ['check'], { dir });
  expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('no problems') });
});

test('asked through its connection it tells what waits, and what was handled', async () => {
  const brokers = await startBrokers();
  if (typeof brokers === 'string') return void process.stdout.write(`not run: kafka (${brokers})\n`);
  await send(brokers.address, 3);
  const reader = await openReader({
    connections: [{ name: 'stream', probe: 'custom', settings: { module: 'probes/kafka.ts', settings: { brokers: [brokers.address] } } }],
    services: servicesWith({ dirs: { intent: dir, downloads: dir, root: dir } }),
    maxInFlight: 4,
  });
  const ask = () =>
    reader.read({ probe: 'custom', on: 'stream', args: { ask: { topic: 'members', group: 'mailer' } } }, AbortSignal.timeout(10_000));
  expect(await ask()).toEqual({ messages: 3, waiting: 3 });
  await handle(brokers.address, 2);
  expect(await ask()).toEqual({ messages: 3, waiting: 1 });
  await reader.close();
  brokers.stop();
});

const { default: probe } = (await import(pathToFileURL(join(dir, 'probes/kafka.ts')).href)) as { default: Probe };
describeProbe('kafka, as the page writes it,', probe, async () => {
  const brokers = await startBrokers();
  if (typeof brokers === 'string') return brokers;
  await send(brokers.address, 2);
  return {
    settings: { brokers: [brokers.address] },
    dead: { brokers: ['127.0.0.1:9'] },
    ask: { topic: 'members', group: 'mailer' },
    answer: { messages: 2, waiting: 2 },
    nothing: { ask: { topic: 'members', group: 'nobody' }, answer: { messages: 2, waiting: 2 } },
    stop: async () => brokers.stop(),
  };
});
