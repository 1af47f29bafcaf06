import { emit } from '../audit/emit.ts';
import { redesigned } from '../redesigns.ts';
import { now } from '../state/ids.ts';
import { form } from '../ui/form.ts';
import { formPage } from '../ui/shell.ts';
import { field } from '../web/context.ts';
import { go, invalid, json, missing, refused, type Outcome } from '../web/outcome.ts';
import { route, type Route } from '../web/router.ts';
import { inOrg, type OrgContext } from '../workspaces/guard.ts';
import { invite, inviteForm } from './invite.ts';
import { join, joinPage } from './join.ts';
import { membersPage, roleOptions, roleWord, type Member } from './page.ts';

/** A member that may be changed by others; the owner may not. */
async function memberOf(context: OrgContext): Promise<Member | Outcome> {
  const member = await context.db.get<Member>('select id, user_id, email, name, role from memberships where id = :id and org_id = :org', {
    id: context.params['member'],
    org: context.org.id,
  });
  if (!member) return missing('This person is not a member.');
  return member.role === 'owner' ? refused(409, 'owner', 'The owner cannot be changed.') : member;
}

async function roleForm(context: OrgContext): Promise<Outcome> {
  const member = await memberOf(context);
  if ('kind' in member) return member;
  const base = `/o/${context.org.slug}/members`;
  return formPage(context, {
    title: `Change role of ${member.name}`,
    active: 'members',
    crumb: { label: 'Members', href: base },
    lead: `${member.name} is ${roleWord(member.role)} now. The change takes effect at once.`,
    body: form({
      id: 'role',
      action: `${base}/${member.id}/role`,
      submit: 'Save role',
      saves: true,
      cancel: base,
      fields: [{ type: 'select', name: 'role', label: 'Role', required: true, value: member.role, options: roleOptions }],
    }),
  });
}

async function changeRole(context: OrgContext): Promise<Outcome> {
  const member = await memberOf(context);
  if ('kind' in member) return member;
  const role = field(context, 'role');
  if (!roleOptions.some((option) => option.value === role)) return invalid({ role: 'Choose a role.' });
  await context.db.run('update memberships set role = :role, updated_at = :now where id = :id', { role, now: now(), id: member.id });
  await emit(context.db, 'member.role_changed', {
    org: context.org.id,
    actor: context.user,
    subject: member.email,
    data: { from: member.role, to: role },
  });
  return redesigned('autosave') ? json({ ok: true }) : go(`/o/${context.org.slug}/members`, `${member.name} is ${roleWord(role)} now`);
}

async function removeForm(context: OrgContext): Promise<Outcome> {
  const member = await memberOf(context);
  if ('kind' in member) return member;
  const base = `/o/${context.org.slug}/members`;
  return formPage(context, {
    title: `Remove ${member.name}?`,
    active: 'members',
    crumb: { label: 'Members', href: base },
    lead: `${member.email} loses access to ${context.org.name} at once.`,
    body: form({ id: 'remove', action: `${base}/${member.id}/remove`, submit: 'Remove', kind: 'danger', cancel: base, fields: [] }),
  });
}

async function remove(context: OrgContext): Promise<Outcome> {
  const member = await memberOf(context);
  if ('kind' in member) return member;
  await context.db.run('delete from memberships where id = :id', { id: member.id });
  await emit(context.db, 'member.removed', { org: context.org.id, actor: context.user, subject: member.email });
  return go(`/o/${context.org.slug}/members`, `${member.name} was removed`);
}

export const memberRoutes: Route[] = [
  route('GET', '/o/:org/members', inOrg('viewer', membersPage)),
  route('GET', '/o/:org/members/invite', inOrg('admin', inviteForm)),
  route('POST', '/o/:org/members/invite', inOrg('admin', invite)),
  route('GET', '/o/:org/members/:member/role', inOrg('admin', roleForm)),
  route('POST', '/o/:org/members/:member/role', inOrg('admin', changeRole)),
  route('GET', '/o/:org/members/:member/remove', inOrg('admin', removeForm)),
  route('POST', '/o/:org/members/:member/remove', inOrg('admin', remove)),
  route('GET', '/join/:token', joinPage),
  route('POST', '/join/:token', join),
];
