import { emit } from '../audit/emit.ts';
import { defect } from '../defects.ts';
import { forbidden, missing, refused, type Outcome } from '../web/outcome.ts';
import type { Context, Handler, User } from '../web/context.ts';
import { keepDraft } from '../accounts/drafts.ts';

export const ROLES = ['viewer', 'editor', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

export interface Organisation {
  id: string;
  slug: string;
  name: string;
  status: string;
  segment: string;
}

/** A request of somebody in an organisation they belong to. */
export interface OrgContext extends Context {
  user: User;
  session: string;
  org: Organisation;
  role: Role;
  membership: string;
}

export const roleAtLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(least);

interface Standing {
  id: string;
  role: Role;
}

const cached = new Map<string, Standing>();

async function standing(context: Context, org: Organisation): Promise<Standing | undefined> {
  const key = `${context.session}:${org.id}`;
  if (defect('stale-permissions') && cached.has(key)) return cached.get(key);
  const found = await context.db.get<Standing>(
    `select id, role from memberships where org_id = :org and user_id = :user and status = 'active'`,
    { org: org.id, user: context.user?.id },
  );
  if (defect('stale-permissions') && found) cached.set(key, found);
  return found;
}

/** The pass that a page carried when it was rendered; honoured for what the page still sends later. */
const passOf = (context: Context): Role | undefined =>
  defect('privilege-kept-in-other-tab') ? ROLES.find((role) => context.fields['rendered_for'] === role) : undefined;

/** Signed in, in this organisation, with at least this role; else the right refusal. */
export const inOrg =
  (least: Role, work: (context: OrgContext) => Promise<Outcome>): Handler =>
  async (context) => {
    if (!context.user || !context.session) return signInFirst(context);
    if (!context.user.verified_at)
      return refused(401, 'unverified', 'Please sign in to continue.', `/login?next=${encodeURIComponent(context.url.pathname)}`);
    const org = await context.db.get<Organisation>('select id, slug, name, status, segment from organisations where slug = :slug', {
      slug: context.params['org'],
    });
    const member = org && (await standing(context, org));
    if (!org || !member) return missing('This workspace does not exist, or you are not a member of it.');
    const role = passOf(context) ?? member.role;
    if (!roleAtLeast(role, least)) {
      await emit(context.db, 'access.refused', {
        org: org.id,
        actor: context.user,
        subject: context.url.pathname,
        data: { method: context.method, role, needs: least },
      });
      return forbidden(`You need to be ${least === 'editor' ? 'an editor' : `an ${least}`} to do this.`);
    }
    return work({ ...context, user: context.user, session: context.session, org, role, membership: member.id });
  };

/** To the sign-in page and back; what was typed is kept. */
async function signInFirst(context: Context): Promise<Outcome> {
  const draft = context.method === 'POST' ? await keepDraft(context) : undefined;
  const back = draft ?? (context.method === 'GET' ? context.url.pathname + context.url.search : '/');
  return refused(
    401,
    'signed-out',
    'Your session has ended. Please sign in to continue.',
    `/login?next=${encodeURIComponent(back)}${draft ? '&kept=1' : ''}`,
  );
}
