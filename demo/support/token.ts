import { timingSafeEqual } from 'node:crypto';
import type { Handler } from '../web/context.ts';
import { refused } from '../web/outcome.ts';

const same = (given: string, wanted: string): boolean =>
  given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));

/** For machines that hold the token of this Teamspace. */
export const withToken =
  (work: Handler): Handler =>
  async (context) => {
    context.wantsJson = true;
    const token = process.env['TEAMSPACE_TOKEN'] ?? '';
    return token !== '' && same(context.headers.authorization ?? '', `Bearer ${token}`)
      ? work(context)
      : refused(401, 'token', 'This needs the token of this Teamspace.');
  };

/** Test support: with the token, and never in production. */
export const testOnly =
  (work: Handler): Handler =>
  async (context) => {
    context.wantsJson = true;
    return process.env['APP_ENV'] === 'production'
      ? refused(403, 'production', 'Test support does not exist in production.')
      : withToken(work)(context);
  };
