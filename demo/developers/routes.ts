import { field } from '../web/context.ts';
import { html } from '../ui/html.ts';
import { json, missing, page, type Outcome } from '../web/outcome.ts';
import { route, type Route } from '../web/router.ts';
import { inOrg, type OrgContext } from '../workspaces/guard.ts';
import { api, listProjects, listRecords, withKey } from './api.ts';
import { knownRequest } from './explorer.ts';
import { createKey, developersPage, keyForm } from './keys.ts';

/** The explorer's request, made with the key that was pasted. */
async function explore(context: OrgContext): Promise<Outcome> {
  const path = field(context, 'request');
  if (!knownRequest(path)) return missing('This request is not known.');
  const outcome = await withKey(context, field(context, 'key'), 'GET', path, path.endsWith('records') ? listRecords : listProjects);
  const value =
    outcome.kind === 'json' ? outcome.value : outcome.kind === 'refused' ? { error: outcome.error, message: outcome.message } : {};
  const status = outcome.kind === 'json' || outcome.kind === 'refused' ? outcome.status : 200;
  const shown = html`<section aria-label="Answer"><p role="status">GET ${path} answered ${status}</p><pre tabindex="0">${JSON.stringify(value, null, 2)}</pre></section>`;
  return context.wantsJson ? json({ ok: true, html: shown.text }) : page(shown);
}

const at = '/o/:org/developers';

export const developerRoutes: Route[] = [
  route('GET', at, inOrg('admin', developersPage)),
  route('GET', `${at}/keys/new`, inOrg('admin', keyForm)),
  route('POST', `${at}/keys/new`, inOrg('admin', createKey)),
  route('POST', `${at}/explorer`, inOrg('admin', explore)),
  route('GET', '/api/v1/projects', api.projects),
  route('GET', '/api/v1/records', api.records),
  route('POST', '/api/v1/records', api.createRecord),
];
