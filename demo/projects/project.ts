import type { Db } from '../state/port.ts';
import { missing, type Outcome } from '../web/outcome.ts';
import type { OrgContext } from '../workspaces/guard.ts';

export interface Project {
  id: string;
  org_id: string;
  key: string;
  name: string;
  description: string;
  template: string;
  status: string;
  version: number;
  created_by: string | null;
  updated_by: string | null;
  created_at: string;
  updated_at: string;
}

/** The project of the address, of this organisation only. */
export const findProject = (context: OrgContext): Promise<Project | undefined> =>
  context.db.get<Project>('select * from projects where id = :id and org_id = :org', {
    id: context.params['project'],
    org: context.org.id,
  });

export const withProject =
  (work: (context: OrgContext, project: Project) => Promise<Outcome>) =>
  async (context: OrgContext): Promise<Outcome> => {
    const project = await findProject(context);
    return project ? work(context, project) : missing('This project does not exist.');
  };

export const projectPath = (context: OrgContext, project: { id: string }): string => `/o/${context.org.slug}/projects/${project.id}`;

export const isFollowing = async (db: Db, project: string, user: string): Promise<boolean> =>
  Boolean(await db.get('select user_id from project_followers where project_id = :project and user_id = :user', { project, user }));
