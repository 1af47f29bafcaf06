import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { defect } from '../defects.ts';
import { sendLetter } from '../mail/post.ts';
import { days, later, newId, newToken, now } from '../state/ids.ts';
import { insert } from '../state/port.ts';
import { form } from '../ui/form.ts';
import { personName, personNameOf } from '../ui/field.ts';
import { html } from '../ui/html.ts';
import { outsidePage } from '../ui/shell.ts';
import { say } from '../ui/wording.ts';
import { field, type Context } from '../web/context.ts';
import { go, invalid, refused, type Outcome } from '../web/outcome.ts';
import { route, type Route } from '../web/router.ts';
import { emailMistake, hashPassword, passwordMistake } from './passwords.ts';
import { signIn } from './sessions.ts';

const show = async (context: Context): Promise<Outcome> =>
  outsidePage(context, {
    title: 'Create your account',
    lead: 'Free for small teams. No card needed.',
    body: html`${form({
      id: 'sign-up',
      action: '/signup',
      submit: 'Create account',
      fields: [
        ...personName(),
        { type: 'email', name: 'email', label: 'Work email', required: true, autocomplete: 'email' },
        {
          type: 'password',
          name: 'password',
          label: 'Password',
          required: true,
          autocomplete: 'new-password',
          hint: 'At least 8 characters.',
        },
        { type: 'checkbox', name: 'terms', label: 'I agree to the terms of service', required: true },
      ],
    })}<p class="below">Already have an account? <a href="/login">${say('Sign in')}</a></p>`,
  });

async function signup(context: Context): Promise<Outcome> {
  const { db } = context;
  const name = personNameOf(context.fields);
  const email = field(context, 'email').toLowerCase();
  const password = context.fields['password'] ?? '';
  const mistakes: Record<string, string> = {};
  if (!name) mistakes['name'] = 'Enter your name.';
  const email1 = emailMistake(email);
  if (email1) mistakes['email'] = email1;
  const password1 = passwordMistake(password);
  if (password1) mistakes['password'] = password1;
  if (!field(context, 'terms')) mistakes['terms'] = 'Please agree to the terms.';
  if (Object.keys(mistakes).length > 0) return invalid(mistakes);
  if (await db.get('select id from users where email = :email', { email }))
    return invalid({ email: 'There is an account with this address already.' });

  const user = { id: newId('usr'), email, name };
  const token = newToken();
  const hash = await hashPassword(password);
  await db.tx(async (tx) => {
    await insert(tx, 'users', { ...user, password_hash: hash, created_at: now(), workflow_id: workflow() });
    await insert(tx, 'verification_tokens', { token, user_id: user.id, created_at: now(), expires_at: later(2 * days) });
    if (!defect('verification-mail-lost')) await sendLetter(tx, { letter: 'verify', to: email, name, path: `/verify/${token}` });
  });
  await emit(db, 'user.signed_up', { actor: user, subject: user.id });
  return go(`/check-inbox?to=${encodeURIComponent(email)}`);
}

const checkInbox = async (context: Context): Promise<Outcome> =>
  outsidePage(context, {
    title: 'Check your inbox',
    body: html`<p role="status">We sent a link to <strong>${context.url.searchParams.get('to') ?? 'your address'}</strong>. Open it to verify your email address.</p><p class="below">Wrong address? <a href="/signup">Start again</a></p>`,
  });

async function verify(context: Context): Promise<Outcome> {
  const { db, params } = context;
  const found = await db.get<{ id: string; email: string; name: string; used_at: string | null; expires_at: string }>(
    'select u.id, u.email, u.name, t.used_at, t.expires_at from verification_tokens t join users u on u.id = t.user_id where t.token = :token',
    { token: params['token'] },
  );
  if (!found || found.used_at || found.expires_at < now())
    return refused(410, 'link', 'This verification link was used before or is too old.');
  await db.run('update verification_tokens set used_at = :now where token = :token', { now: now(), token: params['token'] });
  await db.run('update users set verified_at = :now where id = :id', { now: now(), id: found.id });
  await emit(db, 'user.verified', { actor: found, subject: found.id });
  await signIn(context, found.id);
  return go('/welcome', 'Your email address is verified');
}

export const signupRoutes: Route[] = [
  route('GET', '/signup', show),
  route('POST', '/signup', signup),
  route('GET', '/check-inbox', checkInbox),
  route('GET', '/verify/:token', verify),
];
