import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { parseExactJson } from '../../core/exact-json.ts';
import { collectors, type Delivery } from '../collector.ts';
import { match } from '../match.ts';
import { pickPath } from '../pick-path.ts';
import { defineProbe } from '../port.ts';

const settings = z.strictObject({
  port: z.int().min(1).max(65535).describe('Port on 127.0.0.1 that the application sends its webhooks to'),
  secret: z.string().describe('Secret of their HMAC-SHA-256 signature').optional(),
  signature: z.string().describe('Header of the signature: hex or base64, also as "sha256=…" or "t=…,v1=…"').default('x-signature'),
  id: z.string().describe('Where the body has the event’s id; the whole body tells events apart when absent').optional(),
});

const query = z.strictObject({
  path: z.string().describe('Only those sent to this path').optional(),
  where: z.unknown().describe('Only those whose body is like this; operators as in expect').optional(),
  any: z.literal(true).describe('Those of every run; else those that name another run in x-workflow-id are left out').optional(),
});

type Settings = z.output<typeof settings>;

/** Webhooks that the application sent: `[{ path, body, signature, deliveries, at, workflow }]`, a repeated one once, with how often it came; `workflow` is there when it names its run. */
export const webhooks = defineProbe({
  name: 'webhooks',
  about: 'Webhooks that the application sent us, with signature check and duplicate count',
  early: true,
  settings,
  query,
  async open(given: Settings, services) {
    const { thing: collector, release } = await collectors.hold(String(given.port));
    return {
      async read({ path, where, any }: z.output<typeof query>) {
        const mine = collector.deliveries.filter(
          ({ headers }) => any || (headers['x-workflow-id'] ?? services.workflow) === services.workflow,
        );
        return folded(mine, given).filter(
          (hook) => (path === undefined || hook.path === path) && (where === undefined || match(hook.body, where).ok),
        );
      },
      watch: async (_: unknown, wake: () => void) => collector.onDelivery(wake),
      async close() {
        release();
      },
    };
  },
});

function folded(deliveries: readonly Delivery[], given: Settings) {
  const hooks = new Map<string, { path: string; body: unknown; signature: string; deliveries: number; at: string; workflow?: string }>();
  for (const delivery of deliveries) {
    const body = bodyOf(delivery);
    const id = given.id === undefined ? undefined : pickPath(body, given.id);
    const key = `${delivery.path}\0${id === undefined || id === null ? createHash('sha256').update(delivery.body).digest('hex') : JSON.stringify(id)}`;
    const known = hooks.get(key);
    const signature = signatureOf(delivery, given);
    const workflow = delivery.headers['x-workflow-id'];
    if (!known)
      hooks.set(key, {
        path: delivery.path,
        body,
        signature,
        deliveries: 1,
        at: delivery.at,
        ...(typeof workflow === 'string' ? { workflow } : {}),
      });
    else {
      known.deliveries++;
      // One bad signature among several deliveries is not covered by the good ones.
      if (signature !== 'valid') known.signature = signature;
    }
  }
  return [...hooks.values()];
}

function bodyOf({ body, headers }: Delivery): unknown {
  const text = body.toString('utf8');
  if (/\bx-www-form-urlencoded\b/.test(headers['content-type'] ?? '')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return parseExactJson(text);
  } catch {
    return text;
  }
}

/** valid, invalid, missing; unchecked where the connection has no secret. */
function signatureOf({ body, headers }: Delivery, { secret, signature: name }: Settings): 'valid' | 'invalid' | 'missing' | 'unchecked' {
  if (secret === undefined) return 'unchecked';
  const header = headers[name.toLowerCase()];
  if (typeof header !== 'string' || header === '') return 'missing';
  const parts = Object.fromEntries(header.split(',').map((part) => part.trim().split(/=(.*)/s).slice(0, 2)));
  const signed = parts.t === undefined ? body : Buffer.concat([Buffer.from(`${parts.t}.`), body]);
  const given = parts.v1 ?? parts.sha256 ?? header;
  const digest = createHmac('sha256', secret).update(signed).digest();
  return [digest.toString('hex'), digest.toString('base64')].some((right) => same(right, given)) ? 'valid' : 'invalid';
}

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
