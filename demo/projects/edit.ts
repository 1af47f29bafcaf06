import { draftOf, dropDrafts, keepDraft } from '../accounts/drafts.ts';
import { emit } from '../audit/emit.ts';
import { defect } from '../defects.ts';
import { redesigned } from '../redesigns.ts';
import { now } from '../state/ids.ts';
import { form } from '../ui/form.ts';
import { html } from '../ui/html.ts';
import { formPage } from '../ui/shell.ts';
import { field } from '../web/context.ts';
import { go, invalid, json, refused, type Outcome } from '../web/outcome.ts';
import type { OrgContext } from '../workspaces/guard.ts';
import { projectPath, type Project } from './project.ts';

const TRACKED = ['name', 'description'] as const;

/** The form says what it was rendered with, so that a save touches only what this person changed. */
const editForm = (context: OrgContext, project: Project, values: Record<string, string> | undefined) =>
  form({
    id: 'edit',
    action: `${projectPath(context, project)}/edit`,
    submit: 'Save changes',
    saves: true,
    restored: values !== undefined,
    cancel: projectPath(context, project),
    hidden: {
      version: values?.['version'] ?? String(project.version),
      rendered_for: values?.['rendered_for'] ?? context.role,
      was_name: values?.['was_name'] ?? project.name,
      was_description: values?.['was_description'] ?? project.description,
    },
    fields: [
      { type: 'text', name: 'name', label: 'Project name', required: true, value: values?.['name'] ?? project.name },
      { type: 'textarea', name: 'description', label: 'Description', value: values?.['description'] ?? project.description },
    ],
  });

export async function editPage(context: OrgContext, project: Project): Promise<Outcome> {
  const path = projectPath(context, project);
  const draft = await draftOf(context);
  const conflict = draft && Number(draft['version']) !== project.version ? await conflictNote(context, project, draft) : undefined;
  return formPage(context, {
    title: 'Edit project',
    active: 'projects',
    crumb: { label: project.name, href: path },
    body: html`${draft && !conflict && html`<p class="note" role="status">What you typed before is back. Save to keep it.</p>`}${conflict}${
      conflict
        ? form({
            id: 'merge',
            action: `${path}/edit`,
            submit: 'Keep both changes',
            cancel: path,
            hidden: { ...mergedValues(project, draft ?? {}), version: String(project.version) },
            fields: [],
          })
        : editForm(context, project, draft)
    }`,
  });
}

/** What this person changed, on top of what is there now. */
const mergedValues = (project: Project, draft: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    TRACKED.flatMap((name) => {
      const mine = draft[name] ?? project[name];
      return [
        [name, mine !== draft[`was_${name}`] ? mine : project[name]],
        [`was_${name}`, project[name]],
      ];
    }),
  );

async function conflictNote(context: OrgContext, project: Project, draft: Record<string, string>) {
  const by = project.updated_by
    ? await context.db.get<{ name: string }>('select name from users where id = :id', { id: project.updated_by })
    : undefined;
  const theirs = TRACKED.filter((name) => project[name] !== draft[`was_${name}`]);
  const mine = TRACKED.filter((name) => draft[name] !== draft[`was_${name}`]);
  const list = (names: readonly (typeof TRACKED)[number][], of: (name: (typeof TRACKED)[number]) => string) =>
    html`<ul>${names.map((name) => html`<li>${name === 'name' ? 'Project name' : 'Description'}: “${of(name)}”</li>`)}</ul>`;
  return html`<p class="note warn" role="alert">This project changed while you were editing. ${by?.name ?? 'Somebody'} saved before you.</p><div class="changes"><div><h2>Their changes</h2>${list(theirs, (name) => project[name])}</div><div><h2>Your changes</h2>${list(mine, (name) => draft[name] ?? '')}</div></div>`;
}

export async function saveProject(context: OrgContext, project: Project): Promise<Outcome> {
  const { db, org, user } = context;
  const path = projectPath(context, project);
  const name = field(context, 'name');
  const description = field(context, 'description');
  if (!name) return invalid({ name: 'Give the project a name.' });
  if (defect('save-silently-fails') && context.role === 'editor') return saved(path, project.version);
  const version = Number(field(context, 'version') || project.version);
  const stored = await db.run(
    'update projects set name = :name, description = :description, version = version + 1, updated_by = :user, updated_at = :now where id = :id and version = :version',
    { name, description, user: user.id, now: now(), id: project.id, version },
  );
  if (stored === 0) return changedMeanwhile(context, path);
  await emit(db, 'project.updated', { org: org.id, actor: user, subject: project.id, data: { name, description } });
  await dropDrafts(context);
  return saved(path, version + 1);
}

const saved = (path: string, version: number): Outcome =>
  redesigned('autosave') ? json({ ok: true, version: String(version) }) : go(path, 'Changes saved');

/** Keeps what this person typed and shows both. */
async function changedMeanwhile(context: OrgContext, path: string): Promise<Outcome> {
  const draft = await keepDraft(context);
  return refused(409, 'conflict', 'This project changed while you were editing.', draft ?? `${path}/edit`);
}
