import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { defect } from '../defects.ts';
import { sendLetter } from '../mail/post.ts';
import { later, minutes, newToken, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import { form } from '../ui/form.ts';
import { html } from '../ui/html.ts';
import { outsidePage } from '../ui/shell.ts';
import { field, type Context } from '../web/context.ts';
import { go, invalid, refused, type Outcome } from '../web/outcome.ts';
import { route, type Route } from '../web/router.ts';
import { emailMistake, hashPassword, passwordMistake } from './passwords.ts';
import { clearCookie, endSessions } from './sessions.ts';

const SENT = 'If there is an account with this address, a link is on its way.';

const ask = async (context: Context): Promise<Outcome> =>
  outsidePage(context, {
    title: 'Reset your password',
    lead: 'Tell us your address and we send you a link.',
    body: html`${context.url.searchParams.has('sent') && html`<p class="note" role="status">${SENT}</p>`}${form({
      id: 'forgot',
      action: '/forgot',
      submit: 'Send reset link',
      light: true,
      fields: [{ type: 'email', name: 'email', label: 'Email', required: true, autocomplete: 'username' }],
    })}<p class="below"><a href="/login">Back to sign in</a></p>`,
  });

async function sendLink(context: Context): Promise<Outcome> {
  const { db } = context;
  const email = field(context, 'email').toLowerCase();
  const mistake = emailMistake(email);
  if (mistake) return invalid({ email: mistake });
  const user = await db.get<{ id: string; email: string; name: string }>('select id, email, name from users where email = :email', {
    email,
  });
  if (user) {
    const token = newToken();
    await db.tx(async (tx) => {
      await insert(tx, 'password_resets', {
        token,
        user_id: user.id,
        created_at: now(),
        expires_at: later(30 * minutes),
        workflow_id: workflow(),
      });
      await sendLetter(tx, { letter: 'reset', to: email, name: user.name, path: `/reset/${token}` });
    });
    await emit(db, 'password.reset_requested', { actor: user, subject: user.id });
  }
  return go('/forgot?sent=1', SENT);
}

interface Owner {
  id: string;
  email: string;
  name: string;
}

/** Whose password a link may change; undefined when the link is used, old or replaced by a newer one. */
async function ownerOf(db: Db, token: string | undefined): Promise<Owner | undefined> {
  const reset = await db.get<Owner & { used_at: string | null; expires_at: string; created_at: string }>(
    'select u.id, u.email, u.name, r.used_at, r.expires_at, r.created_at from password_resets r join users u on u.id = r.user_id where r.token = :token',
    { token },
  );
  if (!reset || defect('expired-link-accepted')) return reset;
  const newer = await db.get('select token from password_resets where user_id = :user and created_at > :at', {
    user: reset.id,
    at: reset.created_at,
  });
  return reset.used_at || reset.expires_at < now() || newer ? undefined : reset;
}

const gone = (): Outcome =>
  refused(410, 'link', 'This link was used before, is too old, or a newer one was sent. Ask for another one on the sign-in page.');

async function choose(context: Context): Promise<Outcome> {
  if (!(await ownerOf(context.db, context.params['token']))) return gone();
  return outsidePage(context, {
    title: 'Choose a new password',
    body: form({
      id: 'reset',
      action: `/reset/${context.params['token']}`,
      submit: 'Save new password',
      fields: [
        {
          type: 'password',
          name: 'password',
          label: 'New password',
          required: true,
          autocomplete: 'new-password',
          hint: 'At least 8 characters.',
        },
      ],
    }),
  });
}

async function reset(context: Context): Promise<Outcome> {
  const { db } = context;
  const owner = await ownerOf(db, context.params['token']);
  if (!owner) return gone();
  const password = context.fields['password'] ?? '';
  const mistake = passwordMistake(password);
  if (mistake) return invalid({ password: mistake });
  const hash = await hashPassword(password);
  await db.tx(async (tx) => {
    await tx.run('update users set previous_password_hash = password_hash, password_hash = :hash where id = :id', { hash, id: owner.id });
    await tx.run('update password_resets set used_at = :now where token = :token', { now: now(), token: context.params['token'] });
    await endSessions(tx, owner.id);
  });
  await emit(db, 'password.changed', { actor: owner, subject: owner.id });
  clearCookie(context);
  return go('/login', 'Your password is changed. Sign in with the new one.');
}

export const passwordRoutes: Route[] = [
  route('GET', '/forgot', ask),
  route('POST', '/forgot', sendLink),
  route('GET', '/reset/:token', choose),
  route('POST', '/reset/:token', reset),
];
