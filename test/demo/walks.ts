import type { Browser } from 'playwright';
import { eventually, type Row, type Teamspace } from './teamspace.ts';
import { Person } from './person.ts';

/** One journey, walked in a browser by somebody; ends when the backend says what it should. */
export type Walk = (teamspace: Teamspace, browser: Browser, workflow: string) => Promise<void>;

const until = (teamspace: Teamspace, sql: string, params: Record<string, string>, wanted: Row[]): Promise<void> =>
  eventually(async () => JSON.stringify(await teamspace.rows(sql, params)) === JSON.stringify(wanted));

const firstMail = async (teamspace: Teamspace, to: string): Promise<string> => {
  await eventually(async () => (await teamspace.mails(to)).length > 0);
  return (await teamspace.mails(to))[0]?.links[0]?.url ?? '';
};

const PASSWORD = 'correct-horse-9';

const signUp: Walk = async (t, browser, workflow) => {
  const email = `robin+${workflow}@example.test`;
  const robin = await Person.open(browser, t.ready, workflow);
  await robin.go('/');
  await robin.press('Create an account');
  await robin.sees(/Create your account|Sign up for Teamspace/);
  await robin.form(
    { 'Full name': 'Robin Vale', 'Work email': email, Password: PASSWORD, 'I agree to the terms of service': true },
    'Create account',
  );
  await robin.sees('Check your inbox');
  await robin.go(await firstMail(t, email));
  await robin.form({ 'Workspace name': `North ${workflow}`, 'Team size': '11–50 people' }, 'Create workspace');
  await robin.sees('Welcome, Robin');
  await until(
    t,
    'select o.status, o.team_size, m.role from organisations o join memberships m on m.org_id = o.id where o.workflow_id = :workflow',
    { workflow },
    [{ status: 'active', team_size: '11–50 people', role: 'owner' }],
  );
};

const inviteEditor: Walk = async (t, browser, workflow) => {
  const org = await t.seed('org-with-admin', workflow);
  const email = `casey+${workflow}@example.test`;
  const admin = await Person.open(browser, t.ready, workflow, org.admin?.session);
  await admin.go('/');
  await admin.press('Members');
  await admin.press('Invite');
  await admin.form({ Email: email, Role: 'Editor' }, 'Send invitation');
  await admin.sees(`Invitation sent to ${email}`);
  const casey = await Person.open(browser, t.ready, workflow);
  await casey.go(await firstMail(t, email));
  await casey.sees(/Join Acme/);
  await casey.form({ 'Full name': 'Casey User', Password: PASSWORD }, 'Accept invitation');
  await casey.press('Roadmap');
  await casey.press('Edit project');
  await casey.form({ 'Project name': 'Roadmap 2027' });
  await casey.save('Save changes');
  await until(t, 'select role, status from memberships where org_id = :org and email = :email', { org: org.id, email }, [
    { role: 'editor', status: 'active' },
  ]);
  await until(t, 'select name from projects where id = :id', { id: org.project.id }, [{ name: 'Roadmap 2027' }]);
};

const buyPro: Walk = async (t, browser, workflow) => {
  const org = await t.seed('org-with-admin', workflow);
  const admin = await Person.open(browser, t.ready, workflow, org.admin?.session);
  await admin.go(org.path);
  await admin.press('Billing');
  await admin.press('Upgrade to Pro');
  await admin.form({ 'Name on card': 'A Stone', 'Card number': '4242 4242 4242 4242', Expiry: '12/30', CVC: '123' }, 'Pay now');
  await admin.press('Return to Teamspace');
  await admin.sees(/is on Pro now/);
  await admin.press('Automations');
  await admin.press('New automation');
  await admin.form({ Name: 'Greet', Trigger: 'A record is won' }, 'Create automation');
  await until(t, 'select name, trigger_kind, status from automations where org_id = :org', { org: org.id }, [
    { name: 'Greet', trigger_kind: 'record-won', status: 'active' },
  ]);
  await until(t, 'select plan, status from subscriptions where org_id = :org', { org: org.id }, [{ plan: 'pro', status: 'active' }]);
};

const cancel: Walk = async (t, browser, workflow) => {
  const org = await t.seed('org-on-pro', workflow);
  const admin = await Person.open(browser, t.ready, workflow, org.admin?.session);
  await admin.go(`${org.path}/billing`);
  await admin.press('Cancel plan');
  await admin.form({ Reason: 'Other' }, 'Cancel plan');
  await until(
    t,
    'select s.status, s.cancel_reason, e.plan, a.status as automation from subscriptions s join entitlements e on e.org_id = s.org_id join automations a on a.org_id = s.org_id where s.org_id = :org',
    { org: org.id },
    [{ status: 'canceled', cancel_reason: 'Other', plan: 'free', automation: 'paused' }],
  );
};

const importCsv: Walk = async (t, browser, workflow) => {
  const org = await t.seed('org-with-editor', workflow);
  const editor = await Person.open(browser, t.ready, workflow, org.editor?.session);
  await editor.go(org.project.path);
  await editor.press('Import');
  await editor.upload('CSV file', {
    name: 'ships.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('external_id,title,owner,stage,amount\nX-1,Zeppelin,Jo Park,won,12.50\n'),
  });
  await editor.press('Import records');
  await editor.sees('1 of 1 records imported');
  await editor.go(`${org.path}/search?q=zeppelin`);
  await editor.sees('Zeppelin');
};

const createProject: Walk = async (t, browser, workflow) => {
  const org = await t.seed('org-with-editor', workflow);
  const editor = await Person.open(browser, t.ready, workflow, org.editor?.session);
  await editor.go(org.path);
  await editor.press('Projects');
  await editor.press('New project');
  await editor.form({ 'Project name': 'Apollo', Template: 'Sales pipeline' }, 'Create project');
  await editor.press('Open project', 'Apollo');
  await editor.sees('Apollo');
  await until(
    t,
    `select status, template, (select count(*) from project_followers f where f.project_id = p.id) as followers from projects p where org_id = :org and name = 'Apollo'`,
    { org: org.id },
    [{ status: 'active', template: 'sales', followers: 1 }],
  );
};

const retrySync: Walk = async (t, browser, workflow) => {
  const org = await t.seed('failed-sync', workflow);
  const admin = await Person.open(browser, t.ready, workflow, org.admin?.session);
  await admin.go(org.project.path);
  await admin.press('Retry sync');
  await admin.sees('5 contacts are up to date');
  await until(t, `select count(*) as n from records where org_id = :org and source = 'sync'`, { org: org.id }, [{ n: 5 }]);
};

const resetPassword: Walk = async (t, browser, workflow) => {
  const org = await t.seed('org-with-admin', workflow);
  const email = org.admin?.email ?? '';
  const avery = await Person.open(browser, t.ready, workflow);
  await avery.go('/login');
  await avery.press('Forgot password?');
  await avery.sees('Reset your password');
  await avery.form({ Email: email }, 'Send reset link');
  await avery.sees('a link is on its way');
  await avery.go(await firstMail(t, email));
  await avery.form({ 'New password': 'brand-new-horse' }, 'Save new password');
  await avery.sees('Your password is changed');
  await avery.form({ Email: email, Password: 'brand-new-horse' }, 'Sign in');
  await avery.sees('Welcome, Avery');
};

const downgrade: Walk = async (t, browser, workflow) => {
  const org = await t.seed('org-with-team', workflow);
  const admin = await Person.open(browser, t.ready, workflow, org.admin?.session);
  await admin.go(`${org.path}/members`);
  await admin.press('Change role', 'Jo Park');
  await admin.form({ Role: 'Viewer' });
  await admin.save('Save role');
  await until(t, 'select role from memberships where id = :id', { id: org.editor?.membership ?? '' }, [{ role: 'viewer' }]);
};

const removeMember: Walk = async (t, browser, workflow) => {
  const org = await t.seed('org-with-team', workflow);
  const admin = await Person.open(browser, t.ready, workflow, org.admin?.session);
  await admin.go(`${org.path}/members`);
  await admin.press('Remove', 'Vic Nolan');
  await admin.sees(/loses access/);
  await admin.press('Remove');
  await until(t, 'select count(*) as n from memberships where org_id = :org', { org: org.id }, [{ n: 5 }]);
  await until(t, 'select count(*) as n from memberships where id = :id', { id: org.viewer?.membership ?? '' }, [{ n: 0 }]);
};

const apiKey: Walk = async (t, browser, workflow) => {
  const org = await t.seed('org-with-admin', workflow);
  const admin = await Person.open(browser, t.ready, workflow, org.admin?.session);
  await admin.go(`${org.path}/developers`);
  await admin.press('Create API key');
  await admin.form({ 'Key name': 'Reports', Scope: 'Read' }, 'Create key');
  await admin.form({ 'API key': await admin.text('API key value'), Request: 'List projects' }, 'Send request');
  await until(t, 'select path, status from api_requests where org_id = :org', { org: org.id }, [{ path: '/api/v1/projects', status: 200 }]);
};

const exportReport: Walk = async (t, browser, workflow) => {
  const org = await t.seed('org-with-records', workflow);
  const editor = await Person.open(browser, t.ready, workflow, org.editor?.session);
  await editor.go(`${org.path}/reports`);
  await editor.press('Export CSV', 'Roadmap');
  const download = editor.page.waitForEvent('download');
  await editor.press('Download');
  await (await download).delete();
  await until(t, 'select status, row_count, downloaded_at is not null as taken from exports where org_id = :org', { org: org.id }, [
    { status: 'ready', row_count: 24, taken: 1 },
  ]);
};

const deleteProject: Walk = async (t, browser, workflow) => {
  const org = await t.seed('org-with-admin', workflow);
  const admin = await Person.open(browser, t.ready, workflow, org.admin?.session);
  await admin.go(org.project.path);
  await admin.press('Delete project');
  await admin.form({ 'Type the project name to confirm': 'Roadmap' }, 'Delete project');
  await until(t, 'select count(*) as n from records where org_id = :org', { org: org.id }, [{ n: 0 }]);
};

const otherAccount: Walk = async (t, browser, workflow) => {
  const org = await t.seed('pending-invitation', workflow);
  const { email } = org.invitation as { email: string };
  const person = await Person.open(browser, t.ready, workflow, org.other?.session);
  await person.go(await firstMail(t, email));
  await person.press('Sign out and continue');
  await person.sees(/is invited to/);
  await person.form({ 'Full name': 'Casey User', Password: PASSWORD }, 'Accept invitation');
  await until(t, 'select role from memberships where org_id = :org and email = :email', { org: org.id, email }, [{ role: 'editor' }]);
};

const twoAdmins: Walk = async (t, browser, workflow) => {
  const org = await t.seed('org-with-two-admins', workflow);
  const admins = [
    await Person.open(browser, t.ready, workflow, org.admin?.session),
    await Person.open(browser, t.ready, workflow, org.admin2?.session),
  ] as const;
  for (const admin of admins) {
    await admin.go(org.project.path);
    await admin.press('Edit project');
    await admin.open('Project name');
  }
  await admins[0].form({ 'Project name': 'Roadmap 2027' });
  await admins[0].save('Save changes');
  await until(t, 'select version from projects where id = :id', { id: org.project.id }, [{ version: 2 }]);
  await admins[1].form({ Description: 'By Blake' });
  await admins[1].save('Save changes', 'changed while you were editing');
  await admins[1].press('Keep both changes');
  await until(t, 'select name, description, version from projects where id = :id', { id: org.project.id }, [
    { name: 'Roadmap 2027', description: 'By Blake', version: 3 },
  ]);
};

const sessionEnds: Walk = async (t, browser, workflow) => {
  const org = await t.seed('org-with-editor', workflow);
  const editor = await Person.open(browser, t.ready, workflow, org.editor?.session);
  await editor.go(org.project.path);
  await editor.press('Edit project');
  await editor.open('Description');
  await t.support('POST', '/test/expire-session', { email: org.editor?.email });
  await editor.form({ Description: 'Long text' });
  await editor.save('Save changes', 'what you typed is kept');
  await editor.form({ Email: org.editor?.email ?? '', Password: org.editor?.password ?? '' }, 'Sign in');
  await editor.sees('What you typed before is back');
  await editor.save('Save changes');
  await until(t, 'select description, version from projects where id = :id', { id: org.project.id }, [
    { description: 'Long text', version: 2 },
  ]);
};

export const walks = {
  signUp,
  inviteEditor,
  buyPro,
  cancel,
  importCsv,
  createProject,
  retrySync,
  resetPassword,
  downgrade,
  removeMember,
  apiKey,
  exportReport,
  deleteProject,
  otherAccount,
  twoAdmins,
  sessionEnds,
};

export type WalkName = keyof typeof walks;
