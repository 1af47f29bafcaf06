import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { passOn } from '../correlation.ts';
import { defect } from '../defects.ts';
import { newId } from '../state/ids.ts';

interface Delivery {
  url: string;
  body: string;
  workflow: string | undefined;
  headers: Record<string, string>;
  /** What came back, try by try. */
  answers: (number | string)[];
}

const FIRST_MS = 40;
const AGAIN_MS = 120;
const RETRY_MS = [150, 600, 2000];

export const deliveries: Delivery[] = [];

const sign = (body: string): string => {
  const secret = defect('webhook-wrong-secret') ? 'whsec_of_the_test_account' : (process.env['WEBHOOK_SECRET'] ?? '');
  const time = Math.floor(Date.now() / 1000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
};

async function post(delivery: Delivery): Promise<boolean> {
  try {
    const response = await fetch(delivery.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-payments-signature': sign(delivery.body), ...delivery.headers },
      body: delivery.body,
      signal: AbortSignal.timeout(5000),
    });
    delivery.answers.push(response.status);
    return response.ok;
  } catch (error) {
    delivery.answers.push(String(error));
    return false;
  }
}

/** Until it is taken, with growing pauses; then it is given up. */
export async function deliver(delivery: Delivery): Promise<void> {
  for (const pause of [0, ...RETRY_MS]) {
    await sleep(pause);
    if (await post(delivery)) return;
  }
}

/** Tells the application, and tells it again: at least once is what a provider promises. */
export function announce(url: string, workflow: string | undefined, type: string, data: Record<string, string>): void {
  const delivery: Delivery = { url, workflow, headers: passOn(), answers: [], body: JSON.stringify({ id: newId('whe'), type, data }) };
  deliveries.push(delivery);
  void sleep(FIRST_MS)
    .then(() => deliver(delivery))
    .then(() => sleep(AGAIN_MS))
    .then(() => deliver(delivery));
}
