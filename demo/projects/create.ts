import { setTimeout as sleep } from 'node:timers/promises';
import { draftOf, dropDrafts } from '../accounts/drafts.ts';
import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { defect } from '../defects.ts';
import { newId, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import { form } from '../ui/form.ts';
import { formPage } from '../ui/shell.ts';
import { field } from '../web/context.ts';
import { go, invalid, type Outcome } from '../web/outcome.ts';
import type { OrgContext } from '../workspaces/guard.ts';
import { enqueue } from '../worker/enqueue.ts';
import { projectKey } from './key.ts';

const templates = [
  { value: 'blank', label: 'Blank', hint: 'Start from nothing' },
  { value: 'sales', label: 'Sales pipeline', hint: 'Leads, offers, won and lost' },
  { value: 'launch', label: 'Product launch', hint: 'Plan, build, ship' },
];

export async function createForm(context: OrgContext): Promise<Outcome> {
  const base = `/o/${context.org.slug}/projects`;
  const draft = await draftOf(context);
  return formPage(context, {
    title: 'New project',
    active: 'projects',
    crumb: { label: 'Projects', href: base },
    body: form({
      id: 'project',
      action: `${base}/new`,
      submit: 'Create project',
      cancel: base,
      fields: [
        { type: 'text', name: 'name', label: 'Project name', required: true, value: draft?.['name'], autocomplete: 'off' },
        { type: 'listbox', name: 'template', label: 'Template', required: true, value: draft?.['template'] ?? 'blank', options: templates },
      ],
    }),
  });
}

const LATE_MS = 30_000;

export async function create(context: OrgContext): Promise<Outcome> {
  const { db, org, user } = context;
  const name = field(context, 'name');
  const template = field(context, 'template') || 'blank';
  const mistakes: Record<string, string> = {};
  if (!name) mistakes['name'] = 'Give the project a name.';
  else if (await db.get('select id from projects where org_id = :org and lower(name) = :name', { org: org.id, name: name.toLowerCase() }))
    mistakes['name'] = 'There is a project of this name already.';
  if (!templates.some((each) => each.value === template)) mistakes['template'] = 'Choose a template.';
  if (Object.keys(mistakes).length > 0) return invalid(mistakes);

  const id = newId('prj');
  const store = (to: Db): Promise<void> =>
    insert(to, 'projects', {
      id,
      org_id: org.id,
      key: projectKey(name, id),
      name,
      description: '',
      template,
      status: 'provisioning',
      version: 1,
      created_by: user.id,
      updated_by: user.id,
      created_at: now(),
      updated_at: now(),
      workflow_id: workflow(),
    });
  const order = (to: Db): Promise<string> =>
    enqueue(
      to,
      'provision_project',
      { project: id },
      { queue: 'provisioning', org: org.id, delayMs: defect('slow-convergence') ? LATE_MS : 0 },
    );
  if (defect('worker-too-early')) {
    await order(db);
    await sleep(250);
    await store(db);
  } else {
    await db.tx(async (tx) => {
      await store(tx);
      await order(tx);
    });
  }
  await emit(db, 'project.created', { org: org.id, actor: user, subject: id, data: { name, template } });
  await dropDrafts(context);
  return go(`/o/${org.slug}/projects`, `Project ${name} created`);
}
