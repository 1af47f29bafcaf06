import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { STAGES, storeRecord } from '../records/add.ts';
import { newId, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import { field, type Context } from '../web/context.ts';
import { invalid, json, missing, refused, type Outcome } from '../web/outcome.ts';
import { enqueue } from '../worker/enqueue.ts';
import { findKey, type ApiKey } from './keys.ts';

type ApiWork = (context: Context, key: ApiKey) => Promise<Outcome>;

const statusOf = (outcome: Outcome): number => (outcome.kind === 'json' || outcome.kind === 'refused' ? outcome.status : 200);

/** A request with a key: known, allowed, and written down. */
export async function withKey(context: Context, given: string, method: string, path: string, work: ApiWork): Promise<Outcome> {
  const key = await findKey(context.db, given);
  if (!key) return refused(401, 'key', 'This API key is not known.');
  const outcome = method !== 'GET' && key.scope !== 'write' ? refused(403, 'scope', 'This key may only read.') : await work(context, key);
  await note(context.db, key, method, path, statusOf(outcome));
  return outcome;
}

async function note(db: Db, key: ApiKey, method: string, path: string, status: number): Promise<void> {
  await insert(db, 'api_requests', {
    id: newId('api'),
    org_id: key.org_id,
    key_id: key.id,
    method,
    path,
    status,
    at: now(),
    workflow_id: workflow(),
  });
  await db.run('update api_keys set last_used_at = :now where id = :id', { now: now(), id: key.id });
  await emit(db, 'api_key.used', { org: key.org_id, subject: key.id, data: { method, path, status } });
}

const bearer =
  (work: ApiWork) =>
  async (context: Context): Promise<Outcome> => {
    context.wantsJson = true;
    return withKey(context, (context.headers.authorization ?? '').replace(/^Bearer /, ''), context.method, context.url.pathname, work);
  };

export const listProjects: ApiWork = async (context, key) =>
  json({
    projects: await context.db.all('select id, key, name, status, version from projects where org_id = :org order by name', {
      org: key.org_id,
    }),
  });

export const listRecords: ApiWork = async (context, key) => {
  const project = context.url.searchParams.get('project') ?? '';
  return json({
    records: await context.db.all(
      `select id, project_id, external_id, title, owner, stage, amount_cents from records where org_id = :org and (:project = '' or project_id = :project) order by title limit 500`,
      { org: key.org_id, project },
    ),
  });
};

const createRecord: ApiWork = async (context, key) => {
  const project = await context.db.get<{ id: string; org_id: string; key: string }>(
    'select id, org_id, key from projects where id = :id and org_id = :org',
    { id: field(context, 'project'), org: key.org_id },
  );
  if (!project) return missing('This project does not exist.');
  const title = field(context, 'title');
  const stage = field(context, 'stage') || 'lead';
  if (!title || !STAGES.includes(stage)) return invalid({ title: 'A title and a known stage are needed.' });
  const id = await storeRecord(context.db, project, {
    title,
    owner: field(context, 'owner') || key.name,
    stage,
    amount_cents: 0,
    source: 'api',
  });
  await enqueue(context.db, 'index_records', { project: project.id }, { org: project.org_id });
  return json({ id }, 201);
};

export const api = { projects: bearer(listProjects), records: bearer(listRecords), createRecord: bearer(createRecord) };
