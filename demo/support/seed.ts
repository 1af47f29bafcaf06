import { createHash } from 'node:crypto';
import { traceparent, within } from '../correlation.ts';
import { contactOf, CONTACTS } from '../crm/service.ts';
import { sendLetter } from '../mail/post.ts';
import type { PlanName } from '../billing/plans.ts';
import { storeRecord } from '../records/add.ts';
import { days, later, newId, newToken, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import type { Context } from '../web/context.ts';
import { json, refused, type Outcome } from '../web/outcome.ts';
import { makeOrganisation, type Seeded } from './organisation.ts';
import { addressOf, cast, hashOf, makePerson, type CastName } from './people.ts';

interface With {
  segment?: string;
  members?: CastName[];
  records?: number;
  plan?: PlanName;
  email?: string;
  password?: string;
  project?: string;
  name?: string;
  role?: string;
}

const PASSWORD = 'correct-horse-9';
const HALF = 2;

/** Kinds that are an organisation: who is in it, and what else. */
const organisations: Record<
  string,
  {
    members: CastName[];
    records?: number;
    plan?: PlanName;
    more?: (db: Db, org: Seeded, options: With, tag: string) => Promise<Partial<Seeded>>;
  }
> = {
  'org-with-admin': { members: ['admin'] },
  'org-with-editor': { members: ['admin', 'editor'] },
  'org-with-viewer': { members: ['admin', 'viewer'] },
  'org-with-team': { members: ['owner', 'admin', 'admin2', 'editor', 'viewer', 'dana'] },
  'org-with-two-admins': { members: ['admin', 'admin2'] },
  'org-on-pro': { members: ['admin', 'editor'], plan: 'pro' },
  'org-with-records': { members: ['admin', 'editor'], records: 24 },
  'failed-sync': { members: ['admin', 'editor'], more: failSync },
  'pending-invitation': { members: ['admin'], more: invite },
};

const accountOf = (tag: string): string => `crm-${tag}`;

const failOnceMore = (tag: string): Promise<unknown> =>
  fetch(`${process.env['CRM_URL']}/failures`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: accountOf(tag), times: 1 }),
  });

/** A sync that broke off half-way; the outside list fails once more, then answers. */
async function failSync(db: Db, org: Seeded, _options: With, tag: string): Promise<Partial<Seeded>> {
  const id = newId('syn');
  const account = accountOf(tag);
  const project = { id: org.project.id, org_id: org.id, key: org.project.key };
  for (let index = 0; index < HALF; index++) {
    const contact = contactOf(account, index);
    await storeRecord(db, project, {
      external_id: contact.id,
      title: contact.name,
      owner: contact.owner,
      stage: 'lead',
      amount_cents: 0,
      source: 'sync',
    });
  }
  await insert(db, 'syncs', {
    id,
    org_id: org.id,
    project_id: org.project.id,
    source: 'Contact list',
    account,
    status: 'failed',
    error: 'the connection was cut after 2 of 5 contacts',
    synced: HALF,
    attempts: 3,
    updated_at: now(),
    workflow_id: org.workflow,
  });
  return { sync: { id, account, expected: CONTACTS } };
}

/** An open invitation, its mail on the way, and somebody of another organisation who is signed in. */
async function invite(db: Db, org: Seeded, options: With, tag: string): Promise<Partial<Seeded>> {
  const id = newId('inv');
  const token = newToken();
  const email = options.email?.toLowerCase() ?? `casey+${tag}@example.test`;
  const role = options.role ?? 'editor';
  await insert(db, 'invitations', {
    id,
    org_id: org.id,
    email,
    role,
    token,
    status: 'pending',
    invited_by: org.admin?.id,
    created_at: now(),
    expires_at: later(7 * days),
    workflow_id: org.workflow,
  });
  await sendLetter(db, { letter: 'invitation', to: email, path: `/join/${token}`, org: { id: org.id, name: org.name }, detail: role });
  const other = org.neighbour?.admin;
  return { invitation: { id, email, role, path: `/join/${token}` }, ...(other ? { other } : {}) };
}

async function seedOrganisation(db: Db, kind: string, options: With, tag: string): Promise<Seeded> {
  const shape = organisations[kind];
  if (!shape) throw new Error(`unknown kind ${kind}`);
  const common = {
    segment: options.segment ?? 'self-serve',
    password: options.password ?? PASSWORD,
    project: options.project ?? 'Roadmap',
    keySeed: tag,
  };
  const org = await makeOrganisation(db, {
    ...common,
    tag,
    name: options.name ?? `Acme ${tag}`,
    members: options.members ?? shape.members,
    records: options.records ?? shape.records ?? 3,
    plan: options.plan ?? shape.plan ?? 'free',
  });
  org.neighbour = await makeOrganisation(db, {
    ...common,
    tag: `${tag}-n`,
    name: `Globex ${tag}`,
    members: ['admin'],
    records: 3,
    plan: 'free',
  });
  return { ...org, ...(await shape.more?.(db, org, options, tag)) };
}

const parsed = <T>(text: string | undefined, fallback: T): T => (text ? (JSON.parse(text) as T) : fallback);

/** Makes a starting state that belongs to one workflow alone. */
export async function seed(context: Context): Promise<Outcome> {
  const { db, fields } = context;
  const kind = fields['kind'] ?? '';
  const workflow = fields['workflow'] || String(context.headers['x-workflow-id'] ?? '');
  if (!workflow) return refused(422, 'workflow', 'Which workflow is this for?');
  const options = parsed<With>(fields['with'], {});
  const unknown = options.members?.find((name) => !(name in cast));
  if (unknown) return refused(422, 'members', `Nobody is called ${unknown}; there are ${Object.keys(cast).join(', ')}.`);
  // The workflow alone decides names and addresses; a second state of the same workflow gets a number.
  const made = await db.get<{ n: number }>('select cast(count(*) as integer) as n from users where workflow_id = :workflow', { workflow });
  const tag = createHash('sha256').update(workflow).digest('hex').slice(0, 6) + (made?.n ? `-${made.n}` : '');
  return within({ workflow, traceparent: traceparent() }, async () => {
    if (kind === 'visitor')
      return json({
        workflow,
        name: 'Robin Vale',
        email: options.email ?? addressOf('Robin Vale', tag),
        password: options.password ?? PASSWORD,
      });
    if (kind === 'user')
      return json({
        workflow,
        ...(await makePerson(db, 'Uma Keller', options.email ?? addressOf('Uma Keller', tag), options.password ?? PASSWORD)),
      });
    if (!(kind in organisations))
      return refused(422, 'kind', `There is no kind "${kind}"; there are visitor, user, ${Object.keys(organisations).join(', ')}.`);
    await hashOf(options.password ?? PASSWORD);
    if (kind === 'failed-sync') await failOnceMore(tag);
    return json(await db.tx((tx) => seedOrganisation(tx, kind, options, tag)));
  });
}
