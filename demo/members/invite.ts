import { draftOf, dropDrafts } from '../accounts/drafts.ts';
import { emailMistake } from '../accounts/passwords.ts';
import { emit } from '../audit/emit.ts';
import { workflow } from '../correlation.ts';
import { defect } from '../defects.ts';
import { sendLetter } from '../mail/post.ts';
import { days, later, newId, newToken, now } from '../state/ids.ts';
import { insert } from '../state/port.ts';
import { form } from '../ui/form.ts';
import { formPage } from '../ui/shell.ts';
import { field } from '../web/context.ts';
import { go, invalid, type Outcome } from '../web/outcome.ts';
import type { OrgContext } from '../workspaces/guard.ts';
import { roleOptions } from './page.ts';

export async function inviteForm(context: OrgContext): Promise<Outcome> {
  const base = `/o/${context.org.slug}/members`;
  const draft = await draftOf(context);
  return formPage(context, {
    title: 'Invite a teammate',
    active: 'members',
    crumb: { label: 'Members', href: base },
    lead: 'They get a mail with a link to join.',
    body: form({
      id: 'invite',
      action: `${base}/invite`,
      submit: 'Send invitation',
      cancel: base,
      fields: [
        { type: 'email', name: 'email', label: 'Email', required: true, value: draft?.['email'], autocomplete: 'off' },
        { type: 'select', name: 'role', label: 'Role', required: true, value: draft?.['role'] ?? 'viewer', options: roleOptions },
      ],
    }),
  });
}

export async function invite(context: OrgContext): Promise<Outcome> {
  const { db, org, user } = context;
  const email = field(context, 'email').toLowerCase();
  const role = field(context, 'role');
  const mistakes: Record<string, string> = {};
  const mistake = emailMistake(email);
  if (mistake) mistakes['email'] = mistake;
  if (!roleOptions.some((option) => option.value === role)) mistakes['role'] = 'Choose a role.';
  if (Object.keys(mistakes).length > 0) return invalid(mistakes);
  const known = await db.get(
    `select id from memberships where org_id = :org and email = :email union select id from invitations where org_id = :org and email = :email and status = 'pending'`,
    { org: org.id, email },
  );
  if (known) return invalid({ email: 'This person is a member or is invited already.' });

  const id = newId('inv');
  const token = newToken();
  await db.tx(async (tx) => {
    await insert(tx, 'invitations', {
      id,
      org_id: org.id,
      email,
      role: defect('invite-role-lost') ? 'viewer' : role,
      token,
      status: 'pending',
      invited_by: user.id,
      created_at: now(),
      expires_at: later(7 * days),
      workflow_id: workflow(),
    });
    const order = {
      letter: 'invitation' as const,
      to: defect('wrong-recipient') ? user.email : email,
      path: `/join/${token}`,
      org: { id: org.id, name: org.name },
      detail: role,
    };
    await sendLetter(tx, order);
    if (defect('two-mails')) await sendLetter(tx, order);
  });
  await emit(db, 'member.invited', { org: org.id, actor: user, subject: email, data: { role } });
  await dropDrafts(context);
  return go(`/o/${org.slug}/members`, `Invitation sent to ${email}`);
}
