import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { flag } from '../flags/client.ts';
import { newId, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import { form } from '../ui/form.ts';
import { linkButton } from '../ui/button.ts';
import { html } from '../ui/html.ts';
import { icon, type IconName } from '../ui/icons.ts';
import { outsidePage } from '../ui/shell.ts';
import { field, type Context, type User } from '../web/context.ts';
import { go, invalid, page, refused, type Outcome } from '../web/outcome.ts';
import { route, type Route } from '../web/router.ts';
import { enqueue } from '../worker/enqueue.ts';

const sizes = ['Just me', '2–10 people', '11–50 people', 'More than 50 people'];

const signInFirst = (to: string): Outcome =>
  refused(401, 'signed-out', 'Please sign in to continue.', `/login?next=${encodeURIComponent(to)}`);

async function show(context: Context): Promise<Outcome> {
  if (!context.user) return signInFirst('/welcome');
  return outsidePage(context, {
    title: 'Create your workspace',
    lead: 'This is where your team works. You can change all of it later.',
    body: form({
      id: 'workspace',
      action: '/welcome',
      submit: 'Create workspace',
      fields: [
        { type: 'text', name: 'name', label: 'Workspace name', required: true, autocomplete: 'organization' },
        {
          type: 'select',
          name: 'team_size',
          label: 'Team size',
          required: true,
          value: sizes[1],
          options: sizes.map((size) => ({ value: size, label: size })),
        },
      ],
    }),
  });
}

/** "Northwind Traders" → "northwind-traders", and a number when that is taken. */
export async function freeSlug(db: Db, name: string): Promise<string> {
  const base =
    name
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 48) || 'workspace';
  for (let number = 1; ; number++) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (!(await db.get('select id from organisations where slug = :slug', { slug }))) return slug;
  }
}

async function create(context: Context): Promise<Outcome> {
  const { db, user } = context;
  if (!user) return signInFirst('/welcome');
  const name = field(context, 'name');
  if (!name) return invalid({ name: 'Give the workspace a name.' });
  const org = {
    id: newId('org'),
    slug: await freeSlug(db, name),
    name,
    team_size: field(context, 'team_size') || 'Just me',
    segment: 'self-serve',
  };
  const about = { targetingKey: user.id, email: user.email, segment: org.segment, org: org.id };
  const atOnce = await flag('eager-provisioning', about, true);
  const guided = await flag('guided-setup', about, false);
  await db.tx(async (tx) => {
    await insert(tx, 'organisations', { ...org, status: 'provisioning', created_at: now(), workflow_id: workflow() });
    await insert(tx, 'memberships', {
      id: newId('mem'),
      org_id: org.id,
      user_id: user.id,
      email: user.email,
      name: user.name,
      role: 'owner',
      status: 'active',
      created_at: now(),
      updated_at: now(),
    });
    await insert(tx, 'entitlements', { org_id: org.id, plan: 'free', automations: 0, seats: 5, updated_at: now() });
    if (atOnce) await provision(tx, org.id, user);
  });
  await emit(db, 'workspace.created', { org: org.id, actor: user, subject: org.id, data: { name } });
  return go(guided ? `/setting-up/${org.slug}?guide=1` : `/setting-up/${org.slug}`);
}

const provision = (db: Db, org: string, user: User): Promise<string> =>
  enqueue(db, 'provision_workspace', { org, user: user.id }, { queue: 'provisioning', org });

const state = async (context: Context): Promise<{ id: string; slug: string; name: string; status: string } | undefined> =>
  context.db.get(
    'select o.id, o.slug, o.name, o.status from organisations o join memberships m on m.org_id = o.id where o.slug = :slug and m.user_id = :user',
    { slug: context.params['org'], user: context.user?.id },
  );

async function settingUp(context: Context): Promise<Outcome> {
  const org = await state(context);
  if (!context.user || !org) return signInFirst('/');
  if (org.status === 'active') return go(`/o/${org.slug}`);
  return outsidePage(context, {
    title: 'Setting up your workspace',
    body: html`${progress(org)}${context.url.searchParams.has('guide') && html`<form method="post" action="/setting-up/${org.slug}" data-enhanced><p class="muted">Here is where projects, people and automations live.</p><div class="form-end"><button class="button primary" type="submit">Finish the tour</button></div></form>`}`,
  });
}

const progress = (org: { slug: string; name: string; status: string }) =>
  org.status === 'active'
    ? html`<div data-state="active" data-then="/o/${org.slug}"><p role="status">${org.name} is ready.</p>${linkButton({ label: 'Open workspace', href: `/o/${org.slug}`, kind: 'primary' })}</div>`
    : html`<div data-poll="/setting-up/${org.slug}/status" data-state="${org.status}"><div class="progress" role="progressbar" aria-label="Setting up"><i></i></div><p role="status">Preparing ${org.name}: a starter project, roles and search. This takes a few seconds.</p><div class="form-end">${linkButton({ label: 'Go to workspace', href: `/o/${org.slug}`, kind: 'quiet' })}</div></div>`;

async function status(context: Context): Promise<Outcome> {
  const org = await state(context);
  return org ? page(progress(org)) : refused(404, 'not-found', 'No such workspace.');
}

/** The end of the guided setup: provisions what was not provisioned at once. */
async function finishTour(context: Context): Promise<Outcome> {
  const org = await state(context);
  if (!context.user || !org) return signInFirst('/');
  const begun = await context.db.get(`select id from jobs where org_id = :org and kind = 'provision_workspace'`, { org: org.id });
  if (!begun) await provision(context.db, org.id, context.user);
  return go(`/setting-up/${org.slug}`);
}

async function workspaces(context: Context): Promise<Outcome> {
  if (!context.user) return signInFirst('/workspaces');
  const list = await context.db.all<{ slug: string; name: string; role: string }>(
    `select o.slug, o.name, m.role from memberships m join organisations o on o.id = m.org_id where m.user_id = :user and m.status = 'active' order by o.name`,
    { user: context.user.id },
  );
  return outsidePage(context, {
    title: 'Your workspaces',
    body: html`${list.length === 0 ? html`<p class="muted">You are not a member of a workspace yet.</p>` : html`<ul class="stack">${list.map((org) => html`<li class="tile"><h2><a href="/o/${org.slug}">${org.name}</a></h2><p class="muted">${org.role}</p></li>`)}</ul>`}<div class="form-end">${linkButton({ label: 'Create workspace', href: '/welcome', kind: list.length === 0 ? 'primary' : 'plain', icon: 'plus' })}</div>`,
  });
}

async function root(context: Context): Promise<Outcome> {
  if (context.user) {
    const list = await context.db.all<{ slug: string }>(
      `select o.slug from memberships m join organisations o on o.id = m.org_id where m.user_id = :user and m.status = 'active'`,
      { user: context.user.id },
    );
    return go(list.length === 1 && list[0] ? `/o/${list[0].slug}` : list.length === 0 ? '/welcome' : '/workspaces');
  }
  return outsidePage(context, {
    title: 'Where the work of a team comes together',
    wide: true,
    bare: true,
    body: html`<div class="hero"><h1>Where the work of a team comes together</h1><p class="lead">Projects, people and records in one place, for teams that would rather get on with it.</p><div class="actions">${linkButton({ label: 'Create an account', href: '/signup', kind: 'primary' })}${linkButton({ label: 'Sign in', href: '/login', kind: 'plain' })}</div><ul class="tiles" aria-label="What is in it">${promises.map(([symbol, title, words]) => html`<li class="tile">${icon(symbol)}<h2>${title}</h2><p>${words}</p></li>`)}</ul></div>`,
  });
}

const promises: [IconName, string, string][] = [
  ['projects', 'Projects that find things', 'Import what you have, search all of it, take it with you again.'],
  ['role', 'Roles that mean what they say', 'Who may read, work and decide is one click, and holds at once.'],
  ['automations', 'Automations on Pro', 'Let Teamspace do what you would do anyway. Free until you need it.'],
];

export const welcomeRoutes: Route[] = [
  route('GET', '/', root),
  route('GET', '/welcome', show),
  route('POST', '/welcome', create),
  route('GET', '/workspaces', workspaces),
  route('GET', '/setting-up/:org', settingUp),
  route('POST', '/setting-up/:org', finishTour),
  route('GET', '/setting-up/:org/status', status),
];
