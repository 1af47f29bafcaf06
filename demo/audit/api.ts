import { json, type Outcome } from '../web/outcome.ts';
import type { Context } from '../web/context.ts';
import { route, type Route } from '../web/router.ts';
import { withToken } from '../support/token.ts';

interface Row {
  id: string;
  kind: string;
  at: string;
  org_id: string | null;
  actor_email: string | null;
  subject: string | null;
  data: string;
  workflow_id: string | null;
  trace_id: string | null;
}

/** Audit events, oldest first, filtered by workflow, trace, kind and organisation. */
export async function eventsOf(
  db: Context['db'],
  filter: { workflow?: string | null; trace?: string | null; kind?: string | null; org?: string | null },
) {
  const rows = await db.all<Row>(
    `select * from events where (:workflow = '' or workflow_id = :workflow) and (:trace = '' or trace_id = :trace) and (:kind = '' or kind = :kind) and (:org = '' or org_id = :org) order by at, id limit 1000`,
    { workflow: filter.workflow ?? '', trace: filter.trace ?? '', kind: filter.kind ?? '', org: filter.org ?? '' },
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    at: row.at,
    org: row.org_id,
    actor: row.actor_email,
    subject: row.subject,
    data: JSON.parse(row.data) as unknown,
    workflow: row.workflow_id,
    trace: row.trace_id,
  }));
}

const list = async (context: Context): Promise<Outcome> => {
  const query = context.url.searchParams;
  return json(
    await eventsOf(context.db, {
      workflow: query.get('workflow'),
      trace: query.get('trace'),
      kind: query.get('kind'),
      org: query.get('org'),
    }),
  );
};

export const eventRoutes: Route[] = [route('GET', '/api/events', withToken(list))];
