import { defect } from '../defects.ts';
import { now } from '../state/ids.ts';
import type { Db } from '../state/port.ts';
import { FREE, planOf } from './plans.ts';

/** Job: what an organisation may do follows from its subscription. */
export async function setEntitlements(db: Db, payload: Record<string, string>): Promise<void> {
  const org = payload['org'];
  await db.tx(async (tx) => {
    const subscription = await tx.get<{ plan: string }>(
      `select plan from subscriptions where org_id = :org and status = 'active' order by created_at desc limit 1`,
      { org },
    );
    const plan = (defect('entitlements-disagree') ? undefined : planOf(subscription?.plan)) ?? FREE;
    await tx.run(
      'update entitlements set plan = :plan, automations = :automations, seats = :seats, updated_at = :now where org_id = :org',
      { plan: plan.name, automations: plan.automations, seats: plan.seats, now: now(), org },
    );
    await tx.run('update automations set status = :status where org_id = :org', {
      status: plan.automations > 0 ? 'active' : 'paused',
      org,
    });
  });
}
