import { redesigned } from '../redesigns.ts';
import { linkButton, opens } from '../ui/button.ts';
import { html } from '../ui/html.ts';
import { actions } from '../ui/menu.ts';
import { sections } from '../ui/sections.ts';
import { orgPage } from '../ui/shell.ts';
import { badge, moment } from '../ui/status.ts';
import { table } from '../ui/table.ts';
import { form } from '../ui/form.ts';
import { dropDrafts, draftOf } from '../accounts/drafts.ts';
import { field } from '../web/context.ts';
import { go, invalid, json, type Outcome } from '../web/outcome.ts';
import { route, type Route } from '../web/router.ts';
import { inOrg, roleAtLeast, type OrgContext } from './guard.ts';
import { insert } from '../state/port.ts';
import type { Context } from '../web/context.ts';

const told: Record<string, string> = {
  'member.joined': 'joined the workspace',
  'member.invited': 'invited a teammate',
  'member.role_changed': 'changed a role',
  'member.removed': 'removed a member',
  'project.created': 'created a project',
  'project.updated': 'edited a project',
  'project.deleted': 'deleted a project',
  'project.provisioned': 'A project is ready',
  'import.completed': 'An import is complete',
  'sync.completed': 'A sync is complete',
  'record.created': 'added a record',
  'automation.created': 'created an automation',
  'subscription.activated': 'A plan was activated',
  'subscription.canceled': 'cancelled the plan',
  'workspace.created': 'created this workspace',
  'export.requested': 'asked for an export',
  'api_key.created': 'created an API key',
};

async function home(context: OrgContext): Promise<Outcome> {
  const { db, org, user } = context;
  const base = `/o/${org.slug}`;
  const projects = await db.all<{ id: string; name: string; status: string; records: number; updated_at: string }>(
    'select p.id, p.name, p.status, p.updated_at, (select cast(count(*) as integer) from records r where r.project_id = p.id) as records from projects p where p.org_id = :org order by p.name',
    { org: org.id },
  );
  const events = await db.all<{ kind: string; at: string; actor_email: string | null }>(
    'select kind, at, actor_email from events where org_id = :org order by at desc limit 40',
    { org: org.id },
  );
  const shown = events.filter((event) => told[event.kind]).slice(0, 6);
  return orgPage(context, {
    title: `Welcome, ${user.name.split(' ')[0] ?? user.name}`,
    active: 'home',
    lead: `This is ${org.name}. ${projects.length === 1 ? 'One project' : `${projects.length} projects`}, and what happened lately.`,
    actions: actions([
      roleAtLeast(context.role, 'admin') && opens({ label: 'Invite', icon: 'invite', href: `${base}/members/invite` }),
      roleAtLeast(context.role, 'editor') && opens({ label: 'New project', icon: 'plus', kind: 'primary', href: `${base}/projects/new` }),
    ]),
    body: html`${org.status !== 'active' && html`<p class="note warn" role="status">This workspace is still being set up. Some things may not be there yet.</p>`}<div class="stack">${sections(
      [
        {
          id: 'projects',
          title: 'Projects',
          actions: linkButton({ label: 'All projects', href: `${base}/projects`, kind: 'quiet' }),
          body: table({
            label: 'Projects',
            columns: ['Name', 'Status', 'Records', 'Last change'],
            empty: 'No projects yet.',
            rows: projects.map((project) => ({
              id: project.id,
              cells: [
                html`<a href="${base}/projects/${project.id}">${project.name}</a>`,
                badge(project.status),
                project.records,
                moment(project.updated_at),
              ],
            })),
          }),
        },
        {
          id: 'activity',
          title: 'Recent activity',
          body:
            shown.length === 0
              ? html`<p class="muted">Nothing has happened yet.</p>`
              : html`<ul class="feed">${shown.map((event) => html`<li><span>${event.actor_email && /^[a-z]/.test(told[event.kind] ?? '') ? `${event.actor_email} ` : ''}${told[event.kind]}</span>${moment(event.at)}</li>`)}</ul>`,
        },
      ],
    )}</div>`,
  });
}

async function settings(context: OrgContext): Promise<Outcome> {
  const draft = await draftOf(context);
  return orgPage(context, {
    title: 'Settings',
    active: 'settings',
    body: sections([
      {
        id: 'workspace',
        title: 'Workspace',
        body: html`<div class="narrow">${form({
          id: 'settings',
          action: `/o/${context.org.slug}/settings`,
          submit: 'Save changes',
          saves: true,
          restored: draft !== undefined,
          fields: [{ type: 'text', name: 'name', label: 'Workspace name', value: draft?.['name'] ?? context.org.name, required: true }],
        })}</div>`,
      },
    ]),
  });
}

async function saveSettings(context: OrgContext): Promise<Outcome> {
  const name = field(context, 'name');
  if (!name) return invalid({ name: 'Give the workspace a name.' });
  await context.db.run('update organisations set name = :name where id = :id', { name, id: context.org.id });
  await dropDrafts(context);
  return redesigned('autosave') ? json({ ok: true }) : go(`/o/${context.org.slug}/settings`, 'Settings saved');
}

/** How this person likes to see things; nothing of the business. */
async function preferences(context: Context): Promise<Outcome> {
  for (const [name, value] of Object.entries(context.fields).slice(0, 10)) {
    if (!context.user) break;
    await context.db.run('delete from preferences where user_id = :user and name = :name', { user: context.user.id, name });
    await insert(context.db, 'preferences', { user_id: context.user.id, name, value });
  }
  return json({ ok: true, toast: 'Display preferences saved' });
}

export const homeRoutes: Route[] = [
  route('GET', '/o/:org', inOrg('viewer', home)),
  route('GET', '/o/:org/settings', inOrg('admin', settings)),
  route('POST', '/o/:org/settings', inOrg('admin', saveSettings)),
  route('POST', '/preferences', preferences),
];
