import { rm } from 'node:fs/promises';
import { currentUser, refreshCookie } from '../accounts/sessions.ts';
import { workflow } from '../correlation.ts';
import { meetTheOthers, untilParentEnds } from '../lifeline.ts';
import { newId, now } from '../state/ids.ts';
import { openState } from '../state/open.ts';
import { insert } from '../state/port.ts';
import { routes } from './routes.ts';
import { listen, serve, shut } from './server.ts';

const db = await openState();
const server = serve({
  name: 'web',
  db,
  routes,
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
untilParentEnds(async (orphaned) => {
  await shut(server);
  await db.close();
  // Killed outright, the parent could not tidy up.
  if (orphaned && process.env['TEAMSPACE_FOLDER']) await rm(process.env['TEAMSPACE_FOLDER'], { recursive: true, force: true });
  process.exit(0);
});
await meetTheOthers(await listen(server, Number(process.env['PORT'] ?? 0)));
