import { draftOf, dropDrafts } from '../accounts/drafts.ts';
import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { newId, now } from '../state/ids.ts';
import { insert } from '../state/port.ts';
import { linkButton, opens } from '../ui/button.ts';
import { form } from '../ui/form.ts';
import { html } from '../ui/html.ts';
import { icon } from '../ui/icons.ts';
import { actions } from '../ui/menu.ts';
import { formPage, orgPage } from '../ui/shell.ts';
import { badge, moment } from '../ui/status.ts';
import { table } from '../ui/table.ts';
import { field } from '../web/context.ts';
import { go, invalid, refused, type Outcome } from '../web/outcome.ts';
import { route, type Route } from '../web/router.ts';
import { inOrg, roleAtLeast, type OrgContext } from '../workspaces/guard.ts';

const triggers = [
  { value: 'record-added', label: 'A record is added' },
  { value: 'record-won', label: 'A record is won' },
  { value: 'member-joined', label: 'A member joins' },
];

/** How many automations the organisation may have: none on Free. */
export const allowance = async (context: OrgContext): Promise<number> =>
  (await context.db.get<{ automations: number }>('select automations from entitlements where org_id = :org', { org: context.org.id }))
    ?.automations ?? 0;

async function automationsPage(context: OrgContext): Promise<Outcome> {
  const { db, org } = context;
  const base = `/o/${org.slug}`;
  const allowed = await allowance(context);
  const list = await db.all<{ id: string; name: string; trigger_kind: string; status: string; created_at: string }>(
    'select id, name, trigger_kind, status, created_at from automations where org_id = :org order by name',
    { org: org.id },
  );
  const locked = html`<div class="card"><div class="note">${icon('lock')}<p>Automations are part of the Pro plan.${list.length > 0 && ' What you made is kept and paused.'}</p></div>${roleAtLeast(context.role, 'admin') && html`<div class="form-end">${linkButton({ label: 'See plans', href: `${base}/billing`, kind: 'primary' })}</div>`}</div>`;
  return orgPage(context, {
    title: 'Automations',
    active: 'automations',
    lead: 'Let Teamspace do what you would do anyway.',
    actions:
      allowed > 0 && roleAtLeast(context.role, 'editor')
        ? actions([opens({ label: 'New automation', icon: 'plus', kind: 'primary', href: `${base}/automations/new` })])
        : html``,
    body: html`${allowed === 0 && locked}${
      (allowed > 0 || list.length > 0) &&
      html`<div class="card">${table({
        label: 'Automations',
        columns: ['Name', 'Runs when', 'Status', 'Since'],
        empty: 'No automations yet.',
        rows: list.map((each) => ({
          id: each.id,
          cells: [
            each.name,
            triggers.find((trigger) => trigger.value === each.trigger_kind)?.label ?? each.trigger_kind,
            badge(each.status),
            moment(each.created_at),
          ],
        })),
      })}</div>`
    }`,
  });
}

const notInPlan = (): Outcome => refused(402, 'plan', 'Automations are part of the Pro plan.');

async function createForm(context: OrgContext): Promise<Outcome> {
  if ((await allowance(context)) === 0) return notInPlan();
  const base = `/o/${context.org.slug}/automations`;
  const draft = await draftOf(context);
  return formPage(context, {
    title: 'New automation',
    active: 'automations',
    crumb: { label: 'Automations', href: base },
    body: form({
      id: 'automation',
      action: `${base}/new`,
      submit: 'Create automation',
      cancel: base,
      fields: [
        { type: 'text', name: 'name', label: 'Name', required: true, value: draft?.['name'], autocomplete: 'off' },
        {
          type: 'select',
          name: 'trigger',
          label: 'Trigger',
          required: true,
          value: draft?.['trigger'] ?? 'record-added',
          options: triggers,
        },
      ],
    }),
  });
}

async function create(context: OrgContext): Promise<Outcome> {
  const { db, org, user } = context;
  if ((await allowance(context)) === 0) return notInPlan();
  const name = field(context, 'name');
  const trigger = field(context, 'trigger');
  const mistakes: Record<string, string> = {};
  if (!name) mistakes['name'] = 'Give it a name.';
  if (!triggers.some((each) => each.value === trigger)) mistakes['trigger'] = 'Choose when it runs.';
  if (Object.keys(mistakes).length > 0) return invalid(mistakes);
  const id = newId('aut');
  await insert(db, 'automations', {
    id,
    org_id: org.id,
    name,
    trigger_kind: trigger,
    status: 'active',
    created_by: user.id,
    created_at: now(),
    workflow_id: workflow(),
  });
  await emit(db, 'automation.created', { org: org.id, actor: user, subject: id, data: { name } });
  await dropDrafts(context);
  return go(`/o/${org.slug}/automations`, `${name} is active`);
}

export const automationRoutes: Route[] = [
  route('GET', '/o/:org/automations', inOrg('viewer', automationsPage)),
  route('GET', '/o/:org/automations/new', inOrg('editor', createForm)),
  route('POST', '/o/:org/automations/new', inOrg('editor', create)),
];
