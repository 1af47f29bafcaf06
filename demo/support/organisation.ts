import { workflow } from '../correlation.ts';
import { planOf, type PlanName } from '../billing/plans.ts';
import { projectKey } from '../projects/key.ts';
import { equip } from '../projects/provision.ts';
import { storeRecord } from '../records/add.ts';
import { indexRecords } from '../records/search.ts';
import { newId, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import { freeSlug } from '../workspaces/welcome.ts';
import { addressOf, cast, makeMember, makePerson, type CastName, type Person } from './people.ts';

export interface SeededProject {
  id: string;
  key: string;
  name: string;
  path: string;
  records: number;
}

export type Seeded = {
  workflow: string;
  id: string;
  slug: string;
  name: string;
  path: string;
  project: SeededProject;
  neighbour?: Seeded;
  invitation?: object;
  other?: Person;
  sync?: object;
} & Partial<Record<CastName, Person>>;

export interface OrgOptions {
  tag: string;
  name: string;
  segment: string;
  members: readonly CastName[];
  password: string;
  project: string;
  records: number;
  plan: PlanName;
  /** Same for an organisation and its neighbour: their projects have the same key. */
  keySeed: string;
}

const titles = [
  'Acme renewal',
  'Birch & Co pilot',
  'Cobalt rollout',
  'Delta workshop',
  'Elm Street audit',
  'Fjord migration',
  'Granite upgrade',
  'Harbour review',
  'Indigo launch',
  'Juniper study',
  'Kestrel offer',
  'Lagoon retainer',
];
const owners = ['Avery Stone', 'Jo Park', 'Dana Reyes'];
const stages = ['lead', 'offer', 'won', 'lost'];

async function makeProject(db: Db, org: { id: string; path: string }, options: OrgOptions, by: string | undefined): Promise<SeededProject> {
  const id = newId('prj');
  const key = projectKey(options.project, options.keySeed);
  await insert(db, 'projects', {
    id,
    org_id: org.id,
    key,
    name: options.project,
    description: 'What we build next, and when.',
    template: 'blank',
    status: 'provisioning',
    version: 1,
    created_by: by,
    updated_by: by,
    created_at: now(),
    updated_at: now(),
    workflow_id: workflow(),
  });
  await equip(db, org.id, id);
  for (let index = 0; index < options.records; index++) {
    const round = Math.floor(index / titles.length);
    await storeRecord(
      db,
      { id, org_id: org.id, key },
      {
        title: `${titles[index % titles.length]}${round > 0 ? ` ${round + 1}` : ''}`,
        owner: owners[index % owners.length] ?? '',
        stage: stages[index % stages.length] ?? 'lead',
        amount_cents: 12_500 * (index + 1),
        external_id: `S-${index + 1}`,
        source: 'seed',
      },
    );
  }
  await indexRecords(db, { project: id });
  return { id, key, name: options.project, path: `${org.path}/projects/${id}`, records: options.records };
}

/** An organisation with people, a project and a plan. */
export async function makeOrganisation(db: Db, options: OrgOptions): Promise<Seeded> {
  const id = newId('org');
  const slug = await freeSlug(db, options.name);
  await insert(db, 'organisations', {
    id,
    slug,
    name: options.name,
    team_size: '11–50 people',
    segment: options.segment,
    status: 'active',
    created_at: now(),
    workflow_id: workflow(),
  });
  const plan = planOf(options.plan) ?? planOf('free');
  await insert(db, 'entitlements', { org_id: id, plan: plan?.name, automations: plan?.automations, seats: plan?.seats, updated_at: now() });
  const people: Partial<Record<CastName, Person>> = {};
  for (const name of options.members) {
    people[name] = await makeMember(
      db,
      id,
      await makePerson(db, cast[name].name, addressOf(cast[name].name, options.tag), options.password),
      cast[name].role,
    );
  }
  const path = `/o/${slug}`;
  const first = Object.values(people)[0];
  if (plan && plan.cents > 0) await subscribeSeed(db, id, plan.name, plan.cents, first);
  return {
    workflow: workflow() ?? '',
    id,
    slug,
    name: options.name,
    path,
    ...people,
    project: await makeProject(db, { id, path }, options, first?.id),
  };
}

/** As if somebody had bought the plan some time ago. */
async function subscribeSeed(db: Db, org: string, plan: string, cents: number, by: Person | undefined): Promise<void> {
  const checkout = newId('chk');
  const common = { org_id: org, created_at: now(), workflow_id: workflow() };
  await insert(db, 'billing_customers', { id: newId('cus'), email: by?.email ?? '', ...common });
  await insert(db, 'checkouts', {
    id: checkout,
    plan,
    amount_cents: cents,
    status: 'paid',
    returned_at: now(),
    created_by: by?.id,
    ...common,
  });
  await insert(db, 'payments', {
    id: newId('pay'),
    checkout_id: checkout,
    plan,
    amount_cents: cents,
    currency: 'usd',
    status: 'succeeded',
    ...common,
  });
  await insert(db, 'subscriptions', { id: newId('sub'), plan, status: 'active', checkout_id: checkout, price_cents: cents, ...common });
  await insert(db, 'automations', {
    id: newId('aut'),
    name: 'Welcome new records',
    trigger_kind: 'record-added',
    status: 'active',
    created_by: by?.id,
    ...common,
  });
}
