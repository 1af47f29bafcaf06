import { route, type Route } from '../web/router.ts';
import { inOrg } from '../workspaces/guard.ts';
import { create, createForm } from './create.ts';
import { deletePage, deleteProject } from './delete.ts';
import { editPage, saveProject } from './edit.ts';
import { followProject } from './follow.ts';
import { projectsPage, projectStanding } from './list.ts';
import { projectPage } from './page.ts';
import { withProject } from './project.ts';

const at = '/o/:org/projects';

export const projectRoutes: Route[] = [
  route('GET', at, inOrg('viewer', projectsPage)),
  route('GET', `${at}/new`, inOrg('editor', createForm)),
  route('POST', `${at}/new`, inOrg('editor', create)),
  route('GET', `${at}/:project`, inOrg('viewer', withProject(projectPage))),
  route('GET', `${at}/:project/standing`, inOrg('viewer', projectStanding)),
  route('GET', `${at}/:project/edit`, inOrg('editor', withProject(editPage))),
  route('POST', `${at}/:project/edit`, inOrg('editor', withProject(saveProject))),
  route('POST', `${at}/:project/follow`, inOrg('viewer', withProject(followProject))),
  route('GET', `${at}/:project/delete`, inOrg('admin', withProject(deletePage))),
  route('POST', `${at}/:project/delete`, inOrg('admin', withProject(deleteProject))),
];
