import { createHash, randomBytes } from 'node:crypto';
import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { redesigned } from '../redesigns.ts';
import { newId, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import { opens } from '../ui/button.ts';
import { form } from '../ui/form.ts';
import { html, type Html } from '../ui/html.ts';
import { actions } from '../ui/menu.ts';
import { sections } from '../ui/sections.ts';
import { formPage, orgPage } from '../ui/shell.ts';
import { badge, moment } from '../ui/status.ts';
import { table } from '../ui/table.ts';
import { cookie } from '../web/cookies.ts';
import { field } from '../web/context.ts';
import { go, invalid, type Outcome } from '../web/outcome.ts';
import type { OrgContext } from '../workspaces/guard.ts';
import { explorer } from './explorer.ts';

const scopes = [
  { value: 'read', label: 'Read' },
  { value: 'write', label: 'Read and write' },
];

export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

export interface ApiKey {
  id: string;
  org_id: string;
  user_id: string;
  name: string;
  scope: string;
}

export const findKey = (db: Db, key: string): Promise<ApiKey | undefined> =>
  db.get<ApiKey>('select id, org_id, user_id, name, scope from api_keys where hash = :hash and revoked_at is null', { hash: hashKey(key) });

/** A new key is shown on the page after it was made, and never again. */
function freshKey(context: OrgContext): Html | undefined {
  const key = context.cookies['fresh_key'];
  if (!key) return undefined;
  if (!redesigned('skeleton-loading') || context.url.searchParams.has('part'))
    context.setCookies.push(cookie('fresh_key', '', { maxAgeSeconds: 0 }));
  return html`<section class="card" aria-labelledby="fresh-key"><h2 id="fresh-key">Your new API key</h2><p class="muted">Copy it now. For your safety it is not shown again.</p><p><code class="secret" aria-label="API key value">${key}</code></p></section>`;
}

export async function developersPage(context: OrgContext): Promise<Outcome> {
  const { db, org } = context;
  const base = `/o/${org.slug}/developers`;
  const keys = await db.all<{ id: string; name: string; scope: string; prefix: string; created_at: string; last_used_at: string | null }>(
    'select id, name, scope, prefix, created_at, last_used_at from api_keys where org_id = :org and revoked_at is null order by created_at',
    { org: org.id },
  );
  return orgPage(context, {
    title: 'Developers',
    active: 'developers',
    lead: 'Work with Teamspace from your own programs.',
    actions: actions([opens({ label: 'Create API key', icon: 'key', kind: 'primary', href: `${base}/keys/new` })]),
    body: html`<div class="stack">${freshKey(context)}${sections([
      {
        id: 'keys',
        title: 'API keys',
        body: table({
          label: 'API keys',
          columns: ['Name', 'Scope', 'Begins with', 'Created', 'Last used'],
          empty: 'No API keys yet.',
          rows: keys.map((key) => ({
            id: key.id,
            cells: [
              key.name,
              badge(key.scope, scopes.find((scope) => scope.value === key.scope)?.label),
              html`<code>${key.prefix}…</code>`,
              moment(key.created_at),
              key.last_used_at ? moment(key.last_used_at) : 'Never',
            ],
          })),
        }),
      },
      { id: 'explorer', title: 'API explorer', body: explorer(context) },
    ])}</div>`,
  });
}

export async function keyForm(context: OrgContext): Promise<Outcome> {
  const base = `/o/${context.org.slug}/developers`;
  return formPage(context, {
    title: 'Create API key',
    active: 'developers',
    crumb: { label: 'Developers', href: base },
    body: form({
      id: 'key',
      action: `${base}/keys/new`,
      submit: 'Create key',
      cancel: base,
      fields: [
        { type: 'text', name: 'name', label: 'Key name', required: true, autocomplete: 'off' },
        { type: 'select', name: 'scope', label: 'Scope', required: true, value: 'read', options: scopes },
      ],
    }),
  });
}

export async function createKey(context: OrgContext): Promise<Outcome> {
  const { db, org, user } = context;
  const name = field(context, 'name');
  const scope = field(context, 'scope');
  const mistakes: Record<string, string> = {};
  if (!name) mistakes['name'] = 'Give the key a name.';
  if (!scopes.some((each) => each.value === scope)) mistakes['scope'] = 'Choose a scope.';
  if (Object.keys(mistakes).length > 0) return invalid(mistakes);
  const key = `tsk_${randomBytes(18).toString('hex')}`;
  const id = newId('key');
  await insert(db, 'api_keys', {
    id,
    org_id: org.id,
    user_id: user.id,
    name,
    scope,
    prefix: key.slice(0, 8),
    hash: hashKey(key),
    created_at: now(),
    workflow_id: workflow(),
  });
  await emit(db, 'api_key.created', { org: org.id, actor: user, subject: id, data: { name, scope } });
  context.setCookies.push(cookie('fresh_key', key, { maxAgeSeconds: 120 }));
  return go(`/o/${org.slug}/developers`, `API key ${name} created`, { key });
}
