import { passOn } from '../correlation.ts';

/** Asks the payments provider for something; throws when it does not answer well. */
export async function askProvider<T>(path: string, body: Record<string, unknown>): Promise<T> {
  const response = await fetch(`${process.env['PAYMENTS_URL']}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${process.env['PAYMENTS_KEY']}`, ...passOn() },
    body: JSON.stringify({ ...body, webhook_url: `${process.env['APP_URL'] ?? ''}/webhooks/payments` }),
    signal: AbortSignal.timeout(5000),
  });
  if (!response.ok) throw new Error(`payments answered ${response.status}`);
  return (await response.json()) as T;
}
