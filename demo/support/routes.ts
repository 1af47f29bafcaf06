import { route, type Route } from '../web/router.ts';
import { diagnostics } from './diagnostics.ts';
import { reset } from './reset.ts';
import { seed } from './seed.ts';
import { expireSession, redeliverWebhook } from './world.ts';
import { roundTrip } from './round-trip.ts';
import { testOnly } from './token.ts';

export const supportRoutes: Route[] = [
  route('POST', '/test/seed', testOnly(seed)),
  route('POST', '/test/reset', testOnly(reset)),
  route('GET', '/test/diagnostics', testOnly(diagnostics)),
  route('GET', '/test/round-trip', testOnly(roundTrip)),
  route('POST', '/test/expire-session', testOnly(expireSession)),
  route('POST', '/test/redeliver-webhook', testOnly(redeliverWebhook)),
];
