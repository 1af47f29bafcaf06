import { route, type Route } from '../web/router.ts';
import { diagnostics } from './diagnostics.ts';
import { reset } from './reset.ts';
import { seed } from './seed.ts';
import { expireSession, redeliverWebhook } from './world.ts';
import { testOnly } from './token.ts';

export const supportRoutes: Route[] = [
  route('POST', '/test/seed', testOnly(seed)),
  route('POST', '/test/reset', testOnly(reset)),
  route('GET', '/test/diagnostics', testOnly(diagnostics)),
  route('POST', '/test/expire-session', testOnly(expireSession)),
  route('POST', '/test/redeliver-webhook', testOnly(redeliverWebhook)),
];
