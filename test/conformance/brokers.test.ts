import { connect as connectSocket } from 'node:net';
import { connect } from 'amqplib';
import { expect } from 'vitest';
import { nats } from '../../src/oracle/probes/nats.ts';
import { rabbitmq } from '../../src/oracle/probes/rabbitmq.ts';
import { json, serve, stall, text } from './http-server.ts';
import { describeProbe } from './probe.ts';
import { start } from './servers.ts';

const RABBIT = process.env.INTENTWRIGHT_RABBITMQ ?? 'amqp://guest:guest@127.0.0.1:5672';

describeProbe('rabbitmq', rabbitmq, async () => {
  const admin = await connect(RABBIT, { timeout: 3000 }).catch(String);
  if (typeof admin === 'string') return `no RabbitMQ at ${new URL(RABBIT).host}: ${admin}`;
  const channel = await admin.createConfirmChannel();
  const queue = `conform.${process.pid}`;
  await channel.assertQueue(queue, { autoDelete: false, durable: false });
  for (const body of ['a', 'b']) channel.sendToQueue(queue, Buffer.from(body));
  await channel.waitForConfirms();
  const nowhere = new URL(RABBIT);
  nowhere.port = '9';
  const stranger = new URL(RABBIT);
  stranger.password = 'wrong';
  return {
    settings: { url: RABBIT },
    ask: { queue },
    answer: { messages: 2, consumers: 0 },
    nothing: { ask: { queue: `nobody.${process.pid}` }, answer: null },
    writes: [{ queue, purge: true }],
    untouched: async () => expect((await channel.checkQueue(queue)).messageCount).toBe(2),
    dead: { url: nowhere.href },
    denied: [{ settings: { url: stranger.href } }],
    stop: async () => {
      expect((await channel.checkQueue(queue)).messageCount).toBe(2);
      await channel.deleteQueue(queue);
      await admin.close();
    },
  };
});

/** Just enough of the protocol to fill a stream: one request, one answer. */
function jetstream(port: number) {
  const socket = connectSocket(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (part) => {
    heard += part.toString();
  });
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('CONNECT {"verbose":false,"pedantic":false}');
  say('SUB reply.* 1');
  let asked = 0;
  const request = async (subject: string, body: string) => {
    const reply = `reply.${++asked}`;
    say(`PUB ${subject} ${reply} ${Buffer.byteLength(body)}\r\n${body}`);
    while (!heard.includes(`MSG ${reply} `)) await new Promise((resolve) => socket.once('data', resolve));
  };
  return { request, say, end: () => socket.destroy() };
}

describeProbe('nats', nats, async () => {
  const monitorPort = await start('nats-server', (port, dir) => [
    '-a',
    '127.0.0.1',
    '-p',
    '-1',
    '-m',
    String(port),
    '-js',
    '-sd',
    dir,
    '--ports_file_dir',
    dir,
  ]);
  if (typeof monitorPort === 'string') return monitorPort;
  const { url, port } = await clientPort(monitorPort.port);
  const client = jetstream(port);
  await client.request(
    '$JS.API.STREAM.CREATE.ORDERS',
    JSON.stringify({ name: 'ORDERS', subjects: ['orders.*'], retention: 'limits', storage: 'memory', num_replicas: 1 }),
  );
  await client.request(
    '$JS.API.CONSUMER.DURABLE.CREATE.ORDERS.billing',
    JSON.stringify({ stream_name: 'ORDERS', config: { durable_name: 'billing', ack_policy: 'explicit' } }),
  );
  for (const body of ['a', 'b', 'c']) await client.request('orders.new', body);
  const broken = await serve({
    '/stall/jsz': stall,
    '/page/jsz': text('<html>', 'text/html'),
    '/list/jsz': json([]),
    '/denied/jsz': json({}, 401),
  });
  return {
    settings: { monitor: url },
    ask: { stream: 'ORDERS' },
    answer: { messages: 3, firstSeq: 1, lastSeq: 3, consumers: [{ name: 'billing', pending: 3, unacknowledged: 0, redelivered: 0 }] },
    nothing: { ask: { stream: 'NOBODY' }, answer: null },
    wrong: [{ stream: 'ORDERS', subject: 'x' }],
    dead: { monitor: 'http://127.0.0.1:9' },
    denied: [{ settings: { monitor: `${broken.url}/denied` } }],
    stop: async () => {
      client.end();
      await broken.stop();
      await monitorPort.stop();
    },
  };
});

/** The server picked its own port for clients and tells it. */
async function clientPort(monitor: number): Promise<{ url: string; port: number }> {
  const url = `http://127.0.0.1:${monitor}`;
  const { port } = (await (await fetch(`${url}/varz`)).json()) as { port: number };
  return { url, port };
}
