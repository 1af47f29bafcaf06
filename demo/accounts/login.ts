import { emit } from '../audit/emit.ts';
import { form } from '../ui/form.ts';
import { html } from '../ui/html.ts';
import { outsidePage } from '../ui/shell.ts';
import { say } from '../ui/wording.ts';
import { now } from '../state/ids.ts';
import { field, type Context } from '../web/context.ts';
import { go, refused, type Outcome } from '../web/outcome.ts';
import { route, type Route } from '../web/router.ts';
import { userWith } from './passwords.ts';
import { clearCookie, signIn } from './sessions.ts';

/** Only a path of this application. */
const safeNext = (next: string): string => (/^\/(?!\/)/.test(next) ? next : '/');

async function show(context: Context): Promise<Outcome> {
  const next = context.url.searchParams.get('next') ?? '/';
  const kept = context.url.searchParams.has('kept');
  const returning = next !== '/';
  return outsidePage(context, {
    title: 'Sign in',
    body: html`${returning && html`<p class="note warn" role="status">${kept ? 'Your session has ended. Sign in to continue: what you typed is kept.' : 'Please sign in to continue.'}</p>`}${form(
      {
        id: 'sign-in',
        action: '/login',
        submit: 'Sign in',
        light: true,
        hidden: { next },
        fields: [
          { type: 'email', name: 'email', label: 'Email', required: true, autocomplete: 'username' },
          { type: 'password', name: 'password', label: 'Password', required: true, autocomplete: 'current-password' },
        ],
      },
    )}<p class="below"><a href="/forgot">${say('Forgot password?')}</a> · <a href="/signup">${say('Create an account')}</a></p>`,
  });
}

async function login(context: Context): Promise<Outcome> {
  const email = field(context, 'email').toLowerCase();
  const user = await userWith(context.db, email, context.fields['password'] ?? '');
  if (!user) {
    await emit(context.db, 'login.failed', { subject: email });
    return refused(401, 'credentials', 'That email and password do not match.');
  }
  await signIn(context, user.id);
  await emit(context.db, 'login.succeeded', { actor: user, subject: email });
  return go(safeNext(field(context, 'next') || '/'));
}

async function logout(context: Context): Promise<Outcome> {
  await context.db.run('update sessions set ended_at = :now where id = :id', { now: now(), id: context.session });
  clearCookie(context);
  return go(safeNext(field(context, 'next') || '/login'));
}

export const loginRoutes: Route[] = [route('GET', '/login', show), route('POST', '/login', login), route('POST', '/logout', logout)];
