/** Every table: name → columns. Types are those that SQLite and PostgreSQL share. */
const tables: Record<string, string> = {
  users:
    'id text primary key, email text not null unique, name text not null, password_hash text, previous_password_hash text, verified_at text, created_at text not null, workflow_id text',
  sessions:
    'id text primary key, user_id text not null, created_at text not null, expires_at text not null, ended_at text, workflow_id text',
  verification_tokens: 'token text primary key, user_id text not null, created_at text not null, expires_at text not null, used_at text',
  password_resets:
    'token text primary key, user_id text not null, created_at text not null, expires_at text not null, used_at text, workflow_id text',
  organisations:
    'id text primary key, slug text not null unique, name text not null, team_size text, segment text not null, status text not null, created_at text not null, workflow_id text',
  memberships:
    'id text primary key, org_id text not null, user_id text not null, email text not null, name text not null, role text not null, status text not null, created_at text not null, updated_at text not null, unique (org_id, email)',
  invitations:
    'id text primary key, org_id text not null, email text not null, role text not null, token text not null unique, status text not null, invited_by text, created_at text not null, expires_at text not null, accepted_at text, accepted_by text, workflow_id text',
  projects:
    'id text primary key, org_id text not null, key text not null, name text not null, description text not null, template text not null, status text not null, version integer not null, created_by text, updated_by text, created_at text not null, updated_at text not null, workflow_id text',
  project_resources: 'id text primary key, project_id text not null, org_id text not null, kind text not null',
  project_followers: 'project_id text not null, user_id text not null, created_at text not null, primary key (project_id, user_id)',
  records:
    'id text primary key, org_id text not null, project_id text not null, project_key text not null, external_id text, title text not null, owner text not null, stage text not null, amount_cents integer not null, source text not null, created_at text not null, updated_at text not null, workflow_id text',
  search_index: 'record_id text primary key, org_id text not null, project_id text not null, terms text not null',
  imports:
    'id text primary key, org_id text not null, project_id text not null, filename text not null, status text not null, total integer not null, imported integer not null, error text, content text not null, created_by text, created_at text not null, finished_at text, workflow_id text',
  syncs:
    'id text primary key, org_id text not null, project_id text not null, source text not null, account text not null, status text not null, error text, synced integer not null, attempts integer not null, updated_at text not null, workflow_id text',
  exports:
    'id text primary key, org_id text not null, project_id text not null, filename text not null, status text not null, row_count integer not null, content text not null, created_by text, created_at text not null, finished_at text, downloaded_at text, workflow_id text',
  automations:
    'id text primary key, org_id text not null, name text not null, trigger_kind text not null, status text not null, created_by text, created_at text not null, workflow_id text',
  billing_customers: 'id text primary key, org_id text not null unique, email text not null, created_at text not null, workflow_id text',
  checkouts:
    'id text primary key, org_id text not null, plan text not null, amount_cents integer not null, status text not null, returned_at text, created_by text, created_at text not null, workflow_id text',
  payments:
    'id text primary key, org_id text not null, checkout_id text not null, plan text not null, amount_cents integer not null, currency text not null, status text, created_at text not null, workflow_id text',
  subscriptions:
    'id text primary key, org_id text not null, plan text not null, status text not null, checkout_id text, price_cents integer not null, created_at text not null, canceled_at text, cancel_reason text, workflow_id text',
  entitlements:
    'org_id text primary key, plan text not null, automations integer not null, seats integer not null, updated_at text not null',
  webhook_events:
    'id text primary key, type text not null, deliveries integer not null, refused integer not null, created_at text not null, workflow_id text',
  api_keys:
    'id text primary key, org_id text not null, user_id text not null, name text not null, scope text not null, prefix text not null, hash text not null unique, created_at text not null, last_used_at text, revoked_at text, workflow_id text',
  api_requests:
    'id text primary key, org_id text not null, key_id text not null, method text not null, path text not null, status integer not null, at text not null, workflow_id text',
  jobs: 'id text primary key, kind text not null, queue text not null, status text not null, payload text not null, attempts integer not null, max_attempts integer not null, error text, run_at text not null, created_at text not null, started_at text, finished_at text, org_id text, workflow_id text',
  events:
    'id text primary key, kind text not null, at text not null, org_id text, actor_id text, actor_email text, subject text, data text not null, workflow_id text, trace_id text',
  drafts: 'id text primary key, user_id text not null, path text not null, fields text not null, created_at text not null',
  preferences: 'user_id text not null, name text not null, value text not null, primary key (user_id, name)',
  web_requests:
    'id text primary key, at text not null, method text not null, path text not null, status integer not null, ms integer not null, workflow_id text',
};

const indexes = [
  'jobs (status, run_at)',
  'jobs (workflow_id)',
  'events (workflow_id)',
  'web_requests (workflow_id)',
  'memberships (user_id)',
  'records (project_id)',
  'search_index (org_id)',
  'sessions (user_id)',
  'projects (org_id)',
  'project_resources (project_id)',
  'subscriptions (org_id)',
];

export const tableNames = Object.keys(tables);

export const schema: string[] = [
  ...Object.entries(tables).map(([name, columns]) => `create table if not exists ${name} (${columns})`),
  ...indexes.map((on, index) => `create index if not exists teamspace_${index} on ${on}`),
];
