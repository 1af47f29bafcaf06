/** An incident teams have had with a green pipeline, as a switch. */
export interface Defect {
  number: number;
  name: string;
  /** What goes wrong, in the words of the business. */
  what: string;
  /** The file it lives in, under demo/. */
  where: string;
}

const list: [name: string, what: string, where: string][] = [
  [
    'provisioning-skipped',
    'a self-serve workspace is never provisioned: its flags say neither "at once" nor "after the guided setup"',
    'flags/rules.ts',
  ],
  [
    'redirect-before-customer',
    'the return from payment lands before the billing customer exists: a Pro subscription without customer or entitlements',
    'billing/checkout.ts',
  ],
  ['verification-mail-lost', 'sign-up succeeds, no verification mail is sent', 'accounts/signup.ts'],
  ['mail-link-behind-flag', 'the invitation links to a page that asks the wrong flag', 'members/join.ts'],
  [
    'worker-too-early',
    'provisioning runs before the project is stored and silently does nothing; "Open project" stays disabled',
    'projects/create.ts',
  ],
  ['login-loop-invited', 'people who joined by invitation are sent back to the sign-in page for ever', 'members/join.ts'],
  ['webhook-incomplete', 'the webhook stores the payment without its status', 'billing/activate.ts'],
  ['save-silently-fails', 'editors see "saved", nothing is stored', 'projects/edit.ts'],
  ['invite-role-lost', 'invited as editor, stored as viewer', 'members/invite.ts'],
  ['duplicate-on-retry', 'a retried sync writes its records twice', 'syncs/job.ts'],
  ['webhook-wrong-secret', 'webhooks are signed with another secret and refused; the plan never changes', 'payments/webhooks.ts'],
  ['optimistic-success', 'a new project is shown as ready, the job behind it failed', 'projects/provision.ts'],
  ['wrong-queue', 'imports wait in a queue that nobody consumes', 'imports/upload.ts'],
  ['stale-permissions', 'a downgraded user keeps access from a cache', 'workspaces/guard.ts'],
  ['import-not-indexed', 'the import completes, search finds nothing', 'imports/job.ts'],
  ['entitlements-disagree', 'the subscription is Pro, the entitlements are Free', 'billing/entitlements.ts'],
  ['two-subscriptions', 'coming back twice from payment makes two active subscriptions', 'billing/return.ts'],
  ['cross-tenant-delete', 'deleting a project removes the records of another organisation', 'projects/delete.ts'],
  ['consent-overlay', 'a third-party consent script covers the pay button', 'payments/page.ts'],
  ['session-lost-on-return', 'a SameSite=Strict cookie is dropped on the way back from payment', 'accounts/sessions.ts'],
  ['flag-default-differs', 'enterprise buyers return to a page that never confirms their purchase', 'flags/rules.ts'],
  ['expired-link-accepted', 'an old password link still works', 'accounts/password.ts'],
  ['audit-missing', 'no audit event is written', 'audit/emit.ts'],
  ['job-dropped', 'a failing job disappears instead of being retried', 'worker/run.ts'],
  ['orphans-after-delete', 'the project goes, its dependents stay', 'projects/delete.ts'],
  ['empty-export', 'the download is there, its content is not', 'exports/job.ts'],
  ['background-500', 'following the new project in the background answers 500, and the page hides it', 'projects/follow.ts'],
  ['slow-convergence', 'projects are provisioned, but 30 s later than the 20 s that the business allows', 'projects/create.ts'],
  ['flapping', 'a project is provisioned, then rolled back a second later', 'projects/provision.ts'],
  ['two-mails', 'the invitation is sent twice', 'members/invite.ts'],
  ['wrong-recipient', 'the invitation mail goes to the inviter', 'members/invite.ts'],
  ['old-password-still-works', 'the password before the reset still signs in', 'accounts/passwords.ts'],
  ['privilege-kept-in-other-tab', 'a page opened before the downgrade still saves', 'workspaces/guard.ts'],
  ['price-of-other-plan-charged', 'the page says Pro, Business is charged', 'billing/checkout.ts'],
];

export const defects: readonly Defect[] = list.map(([name, what, where], index) => ({ number: index + 1, name, what, where }));

/** Names out of "a,b"; throws on an unknown one. */
export function parseDefects(text: string | undefined): string[] {
  const names = (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = names.find((name) => !defects.some((known) => known.name === name));
  if (unknown) throw new Error(`unknown defect "${unknown}"; known: ${defects.map((known) => known.name).join(', ')}`);
  return names;
}

let active: Set<string> | undefined;

/** Is this incident switched on in this Teamspace? */
export const defect = (name: string): boolean => (active ??= new Set(parseDefects(process.env['DEFECTS']))).has(name);
