import { loginRoutes } from '../accounts/login.ts';
import { passwordRoutes } from '../accounts/password.ts';
import { signupRoutes } from '../accounts/signup.ts';
import { eventRoutes } from '../audit/api.ts';
import { automationRoutes } from '../automations/automations.ts';
import { billingRoutes } from '../billing/routes.ts';
import { developerRoutes } from '../developers/routes.ts';
import { exportRoutes } from '../exports/reports.ts';
import { importRoutes } from '../imports/list.ts';
import { memberRoutes } from '../members/manage.ts';
import { projectRoutes } from '../projects/routes.ts';
import { recordRoutes } from '../records/search.ts';
import { supportRoutes } from '../support/routes.ts';
import { syncRoutes } from '../syncs/card.ts';
import { assetRoutes } from '../ui/assets.ts';
import { homeRoutes } from '../workspaces/home.ts';
import { welcomeRoutes } from '../workspaces/welcome.ts';
import type { Route } from './router.ts';

/** Everything the web process answers. */
export const routes: readonly Route[] = [
  assetRoutes,
  loginRoutes,
  passwordRoutes,
  signupRoutes,
  welcomeRoutes,
  homeRoutes,
  memberRoutes,
  projectRoutes,
  recordRoutes,
  importRoutes,
  syncRoutes,
  exportRoutes,
  automationRoutes,
  billingRoutes,
  developerRoutes,
  eventRoutes,
  supportRoutes,
].flat();
