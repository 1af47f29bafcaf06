import { applyCancellation, applyPayment } from '../billing/activate.ts';
import { createCustomer } from '../billing/checkout.ts';
import { setEntitlements } from '../billing/entitlements.ts';
import { exportRecords } from '../exports/job.ts';
import { importCsv } from '../imports/job.ts';
import type { LetterOrder } from '../mail/post.ts';
import { postLetter } from '../mail/send.ts';
import { cleanUpProject } from '../projects/delete.ts';
import { provisionProject, reconcileProject } from '../projects/provision.ts';
import { indexRecords } from '../records/search.ts';
import { syncContacts } from '../syncs/job.ts';
import { provisionWorkspace } from '../workspaces/provision.ts';
import type { JobHandler } from './run.ts';

/** Who does which kind of job. */
export const handlers: Record<string, JobHandler> = {
  ping: async () => undefined,
  send_mail: (_db, payload) => postLetter(payload as unknown as LetterOrder),
  provision_workspace: provisionWorkspace,
  provision_project: provisionProject,
  reconcile_project: reconcileProject,
  clean_up_project: cleanUpProject,
  import_csv: importCsv,
  index_records: indexRecords,
  export_records: exportRecords,
  sync_contacts: syncContacts,
  apply_payment: applyPayment,
  apply_cancellation: applyCancellation,
  create_customer: createCustomer,
  set_entitlements: setEntitlements,
};
