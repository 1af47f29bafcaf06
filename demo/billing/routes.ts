import { route, type Route } from '../web/router.ts';
import { inOrg } from '../workspaces/guard.ts';
import { startCheckout } from './checkout.ts';
import { billingPage, cancel, cancelForm } from './page.ts';
import { comeBack, purchaseStatus, thanks } from './return.ts';
import { webhook } from './webhook.ts';

const at = '/o/:org/billing';

export const billingRoutes: Route[] = [
  route('GET', at, inOrg('admin', billingPage)),
  route('POST', `${at}/checkout`, inOrg('admin', startCheckout)),
  route('GET', `${at}/return`, inOrg('admin', comeBack)),
  route('GET', `${at}/welcome`, inOrg('admin', comeBack)),
  route('GET', `${at}/thanks`, inOrg('admin', thanks)),
  route('GET', `${at}/return/status`, inOrg('admin', purchaseStatus)),
  route('GET', `${at}/cancel`, inOrg('admin', cancelForm)),
  route('POST', `${at}/cancel`, inOrg('admin', cancel)),
  route('POST', '/webhooks/payments', webhook),
];
