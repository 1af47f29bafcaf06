import { workflow } from '../correlation.ts';
import { defect } from '../defects.ts';
import { days, later, newToken, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import type { Context, User } from '../web/context.ts';
import { cookie } from '../web/cookies.ts';

/** A new session; its id is the value of the cookie `sid`. */
export async function startSession(db: Db, user: string): Promise<string> {
  const id = newToken();
  await insert(db, 'sessions', { id, user_id: user, created_at: now(), expires_at: later(7 * days), workflow_id: workflow() });
  return id;
}

export async function signIn(context: Context, user: string): Promise<void> {
  context.session = await startSession(context.db, user);
  refreshCookie(context);
}

/** Every page renews the cookie. */
export function refreshCookie(context: Context): void {
  if (!context.session || context.setCookies.some((each) => each.startsWith('sid='))) return;
  context.setCookies.push(
    cookie('sid', context.session, { sameSite: defect('session-lost-on-return') ? 'Strict' : 'Lax', maxAgeSeconds: 7 * 24 * 3600 }),
  );
}

export function clearCookie(context: Context): void {
  context.session = undefined;
  context.setCookies.push(cookie('sid', '', { maxAgeSeconds: 0 }));
}

/** Who the cookie says it is, when the session is alive. */
export async function currentUser(context: Context): Promise<Pick<Context, 'user' | 'session'>> {
  const sid = context.cookies['sid'];
  if (!sid) return { user: undefined, session: undefined };
  const user = await context.db.get<User>(
    'select u.id, u.email, u.name, u.verified_at from sessions s join users u on u.id = s.user_id where s.id = :sid and s.ended_at is null and s.expires_at > :now',
    { sid, now: now() },
  );
  return user ? { user, session: sid } : { user: undefined, session: undefined };
}

/** Whose session it was that has ended. */
export const endedSessionUser = async (context: Context): Promise<string | undefined> =>
  (await context.db.get<{ user_id: string }>('select user_id from sessions where id = :sid', { sid: context.cookies['sid'] ?? '' }))
    ?.user_id;

/** Ends every session of a user. */
export const endSessions = (db: Db, user: string): Promise<number> =>
  db.run('update sessions set ended_at = :now where user_id = :user and ended_at is null', { now: now(), user });
