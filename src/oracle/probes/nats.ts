import { z } from 'zod';
import { IntentwrightError } from '../../core/errors.ts';
import { isRecord } from '../expectation.ts';
import { askHttp, checkStatus, jsonOf } from '../http-answer.ts';
import { defineProbe } from '../port.ts';

const settings = z.strictObject({
  monitor: z.string().describe('Monitoring address of the server: http://host:8222'),
  headers: z.record(z.string(), z.string()).describe('Sent with every question, for a proxy in front of it').default({}),
});

const query = z.union([
  z.strictObject({
    stream: z.string().describe('A JetStream stream'),
    account: z.string().describe('Its account, when several have one of this name').optional(),
  }),
  z.strictObject({ subject: z.string().describe('A subject of core NATS: how many subscriptions would receive it') }),
]);

/** `{ messages, firstSeq, lastSeq, consumers: [{ name, pending, unacknowledged, redelivered }] }` of a stream, or `{ subscriptions }` of a subject. Messages are counted, never taken. */
export const nats = defineProbe({
  name: 'nats',
  about: 'Depth and consumers of a NATS JetStream stream, or the subscriptions of a subject',
  settings,
  query,
  async open({ monitor, headers }: z.output<typeof settings>) {
    const ask = async (path: string, signal: AbortSignal): Promise<Record<string, unknown>> => {
      const answer = await askHttp(`${monitor.replace(/\/$/, '')}${path}`, { headers }, signal);
      checkStatus(answer, 'the NATS monitor');
      const body = answer.status === 200 ? jsonOf(answer, 'the NATS monitor') : undefined;
      if (!isRecord(body))
        throw new IntentwrightError('PROBE_UNREADABLE', 'that address is no NATS monitor', {
          hint: 'start the server with -m 8222, and give that address',
        });
      return body;
    };
    return {
      async read(asked: z.output<typeof query>, signal) {
        if ('subject' in asked) {
          const { subscriptions_list: list, total } = await ask(
            `/subsz?subs=1&limit=1024&test=${encodeURIComponent(asked.subject)}`,
            signal,
          );
          return { subscriptions: Array.isArray(list) ? list.length : Number(total ?? 0) };
        }
        const { account_details: accounts } = await ask('/jsz?streams=1&consumers=1&limit=1024', signal);
        const streams = records(accounts)
          .filter(({ name }) => asked.account === undefined || name === asked.account)
          .flatMap(({ stream_detail: detail }) => records(detail));
        const found = streams.filter(({ name }) => name === asked.stream);
        if (found.length > 1)
          throw new IntentwrightError('PROBE_CONFIG', `${found.length} accounts have a stream ${asked.stream}`, {
            hint: 'say which with account:',
          });
        return found[0] ? streamOf(found[0]) : null;
      },
      async close() {},
    };
  },
});

function streamOf({ state, consumer_detail: consumers }: Record<string, unknown>) {
  const { messages, first_seq, last_seq } = isRecord(state) ? state : {};
  return {
    messages,
    firstSeq: first_seq,
    lastSeq: last_seq,
    consumers: records(consumers).map(({ name, num_pending, num_ack_pending, num_redelivered }) => ({
      name,
      pending: num_pending,
      unacknowledged: num_ack_pending,
      redelivered: num_redelivered,
    })),
  };
}

const records = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);
