import { traceId, workflow } from '../correlation.ts';
import { defect } from '../defects.ts';
import { newId, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';

export interface AuditEvent {
  org?: string | undefined;
  actor?: { id: string; email: string } | undefined;
  /** What it happened to: an id or an address. */
  subject?: string | undefined;
  data?: Record<string, unknown>;
}

/** Writes one line of the audit log. */
export async function emit(db: Db, kind: string, event: AuditEvent = {}): Promise<void> {
  if (defect('audit-missing')) return;
  await insert(db, 'events', {
    id: newId('evt'),
    kind,
    at: now(),
    org_id: event.org,
    actor_id: event.actor?.id,
    actor_email: event.actor?.email,
    subject: event.subject,
    data: JSON.stringify(event.data ?? {}),
    workflow_id: workflow(),
    trace_id: traceId(),
  });
}
