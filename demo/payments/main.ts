import { meetTheOthers, untilParentEnds } from '../lifeline.ts';
import type { Db } from '../state/port.ts';
import { assetRoutes } from '../ui/assets.ts';
import { json } from '../web/outcome.ts';
import { route } from '../web/router.ts';
import { listen, serve, shut } from '../web/server.ts';
import { cancelSubscription, createCheckout, listCheckouts, redeliver } from './api.ts';
import { checkoutPage, pay } from './page.ts';
import { consentScript } from './consent.ts';

const noState = (): never => {
  throw new Error('payments keeps its state to itself');
};
const db: Db = { all: noState, get: noState, run: noState, tx: noState, close: noState };

const server = serve({
  name: 'payments',
  db,
  routes: [
    ...assetRoutes,
    route('POST', '/api/checkouts', createCheckout),
    route('GET', '/api/checkouts', listCheckouts),
    route('POST', '/api/cancellations', cancelSubscription),
    route('POST', '/api/redeliveries', redeliver),
    route('GET', '/health', async () => json({ ok: true, mode: 'sandbox' })),
    route('GET', '/checkout/:checkout', checkoutPage),
    route('POST', '/checkout/:checkout', pay),
    route('GET', '/third-party/consent.js', async () => ({
      kind: 'asset',
      type: 'text/javascript; charset=utf-8',
      content: consentScript,
    })),
  ],
});
untilParentEnds(() => {
  void shut(server).then(() => process.exit(0));
});
await meetTheOthers(await listen(server, Number(process.env['PAYMENTS_PORT'] ?? 0)));
