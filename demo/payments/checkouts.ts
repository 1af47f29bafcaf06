/** A purchase as the provider knows it. */
export interface Purchase {
  id: string;
  plan: string;
  description: string;
  amount_cents: number;
  return_url: string;
  webhook_url: string;
  workflow: string | undefined;
  status: 'open' | 'paid';
  declined: number;
}

export const purchases = new Map<string, Purchase>();
