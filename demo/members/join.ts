import { emit } from '../audit/emit.ts';
import { hashPassword, passwordMistake, userWith } from '../accounts/passwords.ts';
import { signIn } from '../accounts/sessions.ts';
import { workflow } from '../correlation.ts';
import { defect } from '../defects.ts';
import { flag } from '../flags/client.ts';
import { newId, now } from '../state/ids.ts';
import { insert } from '../state/port.ts';
import { postButton } from '../ui/button.ts';
import { personName, personNameOf } from '../ui/field.ts';
import { form } from '../ui/form.ts';
import { html } from '../ui/html.ts';
import { outsidePage } from '../ui/shell.ts';
import type { Context, User } from '../web/context.ts';
import { go, invalid, missing, refused, type Outcome } from '../web/outcome.ts';

interface Invitation {
  id: string;
  org_id: string;
  org: string;
  slug: string;
  email: string;
  role: string;
  status: string;
  expires_at: string;
  known: string | null;
}

const invitationOf = (context: Context): Promise<Invitation | undefined> =>
  context.db.get<Invitation>(
    'select i.id, i.org_id, o.name as org, o.slug, i.email, i.role, i.status, i.expires_at, u.id as known from invitations i join organisations o on o.id = i.org_id left join users u on u.email = i.email where i.token = :token',
    { token: context.params['token'] },
  );

const closed = (invitation: Invitation | undefined): Outcome | undefined =>
  !invitation
    ? missing('This invitation does not exist.')
    : invitation.status !== 'pending' || invitation.expires_at < now()
      ? refused(410, 'link', 'This invitation was accepted before or is too old.')
      : undefined;

/** The page that the invitation's link leads to. */
export async function joinPage(context: Context): Promise<Outcome> {
  const invitation = await invitationOf(context);
  const no = closed(invitation);
  if (no || !invitation) return no ?? missing();
  const opened = await flag(
    defect('mail-link-behind-flag') ? 'join-page-beta' : 'join-page',
    { targetingKey: invitation.id, email: invitation.email, org: invitation.org_id },
    true,
  );
  if (!opened) return missing('This page is not available.');
  const here = `/join/${context.params['token']}`;
  if (context.user && context.user.email !== invitation.email) {
    return outsidePage(context, {
      title: `Join ${invitation.org}`,
      body: html`<p class="note warn" role="alert">You are signed in as ${context.user.email}. This invitation is for ${invitation.email}.</p><p>To accept it, sign out first. Nothing changes for your other workspaces.</p><div class="form-end">${postButton({ label: 'Sign out and continue', action: '/logout', kind: 'primary', classic: true, fields: { next: here } })}</div>`,
    });
  }
  const lead = `${invitation.email} is invited to ${invitation.org} as ${invitation.role}.`;
  if (context.user) {
    return outsidePage(context, {
      title: `Join ${invitation.org}`,
      lead,
      body: postButton({ label: 'Accept invitation', action: here, kind: 'primary' }),
    });
  }
  return outsidePage(context, {
    title: `Join ${invitation.org}`,
    lead: invitation.known ? `${lead} Sign in with your password to accept.` : lead,
    body: form({
      id: 'join',
      action: here,
      submit: 'Accept invitation',
      fields: [
        ...(invitation.known ? [] : personName()),
        {
          type: 'password',
          name: 'password',
          label: 'Password',
          required: true,
          autocomplete: invitation.known ? 'current-password' : 'new-password',
          ...(invitation.known ? {} : { hint: 'At least 8 characters.' }),
        },
      ],
    }),
  });
}

/** Whoever accepts: signed in already, known by password, or new. */
async function joiner(context: Context, invitation: Invitation): Promise<User | Outcome> {
  const { db } = context;
  if (context.user)
    return context.user.email === invitation.email
      ? context.user
      : refused(409, 'other-account', `This invitation is for ${invitation.email}.`);
  const password = context.fields['password'] ?? '';
  if (invitation.known) {
    const user = await userWith(db, invitation.email, password);
    return user ? { ...user, verified_at: now() } : invalid({ password: 'This password is not right.' });
  }
  const name = personNameOf(context.fields);
  const mistakes: Record<string, string> = {};
  if (!name) mistakes['name'] = 'Enter your name.';
  const mistake = passwordMistake(password);
  if (mistake) mistakes['password'] = mistake;
  if (Object.keys(mistakes).length > 0) return invalid(mistakes);
  // Whoever can open the mail owns the address: nothing is left to verify.
  const user: User = { id: newId('usr'), email: invitation.email, name, verified_at: defect('login-loop-invited') ? null : now() };
  await insert(db, 'users', { ...user, password_hash: await hashPassword(password), created_at: now(), workflow_id: workflow() });
  return user;
}

export async function join(context: Context): Promise<Outcome> {
  const { db } = context;
  const invitation = await invitationOf(context);
  const no = closed(invitation);
  if (no || !invitation) return no ?? missing();
  const user = await joiner(context, invitation);
  if ('kind' in user) return user;
  await db.tx(async (tx) => {
    await insert(tx, 'memberships', {
      id: newId('mem'),
      org_id: invitation.org_id,
      user_id: user.id,
      email: user.email,
      name: user.name,
      role: invitation.role,
      status: 'active',
      created_at: now(),
      updated_at: now(),
    });
    await tx.run(`update invitations set status = 'accepted', accepted_at = :now, accepted_by = :user where id = :id`, {
      now: now(),
      user: user.id,
      id: invitation.id,
    });
  });
  await emit(db, 'member.joined', { org: invitation.org_id, actor: user, subject: user.email, data: { role: invitation.role } });
  if (!context.user) {
    await signIn(context, user.id);
  }
  return go(`/o/${invitation.slug}`, `Welcome to ${invitation.org}`);
}
