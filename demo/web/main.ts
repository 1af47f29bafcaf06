import { currentUser, refreshCookie } from '../accounts/sessions.ts';
import { workflow } from '../correlation.ts';
import { untilParentEnds } from '../lifeline.ts';
import { newId, now } from '../state/ids.ts';
import { openState } from '../state/open.ts';
import { insert } from '../state/port.ts';
import { routes } from './routes.ts';
import { listen, serve, shut } from './server.ts';

const db = await openState();
const server = serve({
  name: 'web', db, routes,
  async identify(context) {
    Object.assign(context, await currentUser(context));
  },
  answering(context, outcome) {
    if (context.session && (outcome.kind === 'page' || outcome.kind === 'go')) refreshCookie(context);
  },
  async answered(context, status, ms) {
    const path = context.url.pathname;
    if (!workflow() || path.startsWith('/assets/') || path.startsWith('/test/')) return;
    await insert(db, 'web_requests', { id: newId('req'), at: now(), method: context.method, path, status, ms, workflow_id: workflow() });
  },
});
untilParentEnds(() => {
  void shut(server).then(() => db.close()).then(() => process.exit(0));
});
process.send?.({ ready: true, port: await listen(server, Number(process.env['PORT'] ?? 0)) });
