import { opens } from '../ui/button.ts';
import { html, type Html } from '../ui/html.ts';
import { actions } from '../ui/menu.ts';
import { sections } from '../ui/sections.ts';
import { initials, orgPage } from '../ui/shell.ts';
import { badge, moment } from '../ui/status.ts';
import { table } from '../ui/table.ts';
import type { Outcome } from '../web/outcome.ts';
import { roleAtLeast, type OrgContext, type Role } from '../workspaces/guard.ts';

export interface Member {
  id: string;
  user_id: string;
  email: string;
  name: string;
  role: Role;
}

export const roleOptions = [
  { value: 'viewer', label: 'Viewer', hint: 'Reads everything' },
  { value: 'editor', label: 'Editor', hint: 'Works on projects' },
  { value: 'admin', label: 'Admin', hint: 'Manages people and billing' },
];

export const roleWord = (role: string): string => role.charAt(0).toUpperCase() + role.slice(1);

const person = (name: string, email: string): Html =>
  html`<span class="person"><span class="avatar" aria-hidden="true">${initials(name)}</span><span>${name}<small>${email}</small></span></span>`;

/** Who is here, and who is invited. */
export async function membersPage(context: OrgContext): Promise<Outcome> {
  const { db, org } = context;
  const base = `/o/${org.slug}/members`;
  const manages = roleAtLeast(context.role, 'admin');
  const members = await db.all<Member>(
    `select id, user_id, email, name, role from memberships where org_id = :org and status = 'active' order by name`,
    { org: org.id },
  );
  const invitations = await db.all<{ id: string; email: string; role: string; created_at: string }>(
    `select id, email, role, created_at from invitations where org_id = :org and status = 'pending' order by created_at`,
    { org: org.id },
  );
  return orgPage(context, {
    title: 'Members',
    active: 'members',
    lead: `${members.length} ${members.length === 1 ? 'person has' : 'people have'} access to ${org.name}.`,
    actions: manages ? actions([opens({ label: 'Invite', icon: 'invite', kind: 'primary', href: `${base}/invite` })]) : html``,
    body: sections([
      {
        id: 'people',
        title: 'People',
        body: table({
          label: 'People',
          columns: ['Name', 'Role'],
          empty: 'Nobody is here.',
          rows: members.map((member) => ({
            id: member.id,
            cells: [person(member.name, member.email), badge(member.role, roleWord(member.role))],
            ...(manages
              ? {
                  actions:
                    member.user_id === context.user.id || member.role === 'owner'
                      ? html``
                      : actions(
                          [
                            opens({ label: 'Change role', icon: 'role', href: `${base}/${member.id}/role` }),
                            opens({ label: 'Remove', icon: 'trash', kind: 'danger', href: `${base}/${member.id}/remove` }),
                          ],
                          member.name,
                        ),
                }
              : {}),
          })),
        }),
      },
      (manages || invitations.length > 0) && {
        id: 'invitations',
        title: 'Invitations',
        body: table({
          label: 'Invitations',
          columns: ['Email', 'Role', 'Sent'],
          empty: 'No open invitations.',
          rows: invitations.map((invitation) => ({
            id: invitation.id,
            cells: [invitation.email, badge(invitation.role, roleWord(invitation.role)), moment(invitation.created_at)],
          })),
        }),
      },
    ]),
  });
}
