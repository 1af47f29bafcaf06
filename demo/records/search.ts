import { insert, type Db } from '../state/port.ts';
import { form } from '../ui/form.ts';
import { html } from '../ui/html.ts';
import { orgPage } from '../ui/shell.ts';
import { recordTable, type RecordRow } from '../projects/page.ts';
import type { Outcome } from '../web/outcome.ts';
import { route, type Route } from '../web/router.ts';
import { inOrg, type OrgContext } from '../workspaces/guard.ts';
import { withProject } from '../projects/project.ts';
import { add, addForm } from './add.ts';

/** Job: makes the records of a project findable. */
export async function indexRecords(db: Db, payload: Record<string, string>): Promise<void> {
  await db.tx(async (tx) => {
    const records = await tx.all<{ id: string; org_id: string; title: string; owner: string; external_id: string | null }>(
      'select id, org_id, title, owner, external_id from records where project_id = :project',
      { project: payload['project'] },
    );
    await tx.run('delete from search_index where project_id = :project', { project: payload['project'] });
    for (const record of records) {
      await insert(tx, 'search_index', {
        record_id: record.id,
        org_id: record.org_id,
        project_id: payload['project'],
        terms: `${record.title} ${record.owner} ${record.external_id ?? ''}`.toLowerCase().trim(),
      });
    }
  });
}

async function searchPage(context: OrgContext): Promise<Outcome> {
  const query = (context.url.searchParams.get('q') ?? '').trim();
  const found =
    query === ''
      ? []
      : await context.db.all<RecordRow>(
          `select r.id, r.title, r.owner, r.stage, r.amount_cents, r.source from search_index s join records r on r.id = s.record_id where s.org_id = :org and s.terms like :like order by r.title limit 100`,
          { org: context.org.id, like: `%${query.toLowerCase().replace(/[%_]/g, '')}%` },
        );
  return orgPage(context, {
    title: 'Search',
    active: 'search',
    lead: query
      ? `${found.length} ${found.length === 1 ? 'record' : 'records'} for “${query}”`
      : 'Looks into every project of this workspace.',
    body: html`<div class="card">${form({ id: 'find', action: `/o/${context.org.slug}/search`, method: 'get', submit: 'Search', icon: 'search', light: true, fields: [{ type: 'search', name: 'q', label: 'What are you looking for?', required: true, value: query }] })}</div>${query !== '' && html`<div class="card">${recordTable(found, `Nothing found for “${query}”.`, 'Search results')}</div>`}`,
  });
}

export const recordRoutes: Route[] = [
  route('GET', '/o/:org/search', inOrg('viewer', searchPage)),
  route('GET', '/o/:org/projects/:project/records/new', inOrg('editor', withProject(addForm))),
  route('POST', '/o/:org/projects/:project/records/new', inOrg('editor', withProject(add))),
];
