import { eventually, type Row, type Teamspace } from './teamspace.ts';
import { Visitor } from './visitor.ts';

/** What the backend says after somebody did something: names are business facts. */
export type Facts = Record<string, unknown>;

/** Does one journey over HTTP and reads its facts. */
export type Flow = (teamspace: Teamspace, workflow: string) => Promise<Facts>;

const one = async (rows: Promise<Row[]>): Promise<Row | undefined> => (await rows)[0];

const kinds = async (teamspace: Teamspace, workflow: string): Promise<string[]> =>
  (await teamspace.rows('select kind from events where workflow_id = :workflow', { workflow })).map((row) => String(row['kind']));

const signUp: Flow = async (t, workflow) => {
  const person = { name: 'Robin Vale', email: `robin+${workflow}@example.test`.toLowerCase(), password: 'correct-horse-9' };
  const visitor = new Visitor(t.ready, workflow);
  await visitor.post('/signup', { ...person, terms: 'yes' });
  await t.settled(workflow);
  const [mail] = await t.mails(person.email);
  if (mail?.links[0]) {
    await visitor.get(mail.links[0].url);
    await visitor.post('/welcome', { name: `North ${workflow}`, team_size: 'Just me' });
    await t.settled(workflow);
  }
  const org = await one(
    t.rows(
      'select o.status, (select cast(count(*) as integer) from projects p where p.org_id = o.id) as projects from organisations o where o.workflow_id = :workflow',
      { workflow },
    ),
  );
  return {
    mails: (await t.mails(person.email)).length,
    workspace: org?.['status'],
    projects: org?.['projects'],
    signedUp: (await kinds(t, workflow)).includes('user.signed_up'),
  };
};

const inviteEditor: Flow = async (t, workflow) => {
  const org = await t.seed('org-with-admin', workflow);
  const email = `casey+${workflow}@example.test`.toLowerCase();
  await new Visitor(t.ready, workflow, org.admin?.session).post(`${org.path}/members/invite`, { email, role: 'editor' });
  await t.settled(workflow);
  const link = [...(await t.mails(email)), ...(await t.mails(org.admin?.email ?? ''))][0]?.links[0]?.url ?? '/';
  const casey = new Visitor(t.ready, workflow);
  const page = await casey.get(link);
  await casey.post(link, { name: 'Casey User', password: 'correct-horse-9' });
  const home = await casey.get(org.path);
  const saved = await casey.post(`${org.project.path}/edit`, { name: 'Roadmap 2027', description: '', version: '1' });
  return {
    mailsToInvitee: (await t.mails(email)).length,
    linkAnswers: page.status,
    role: (await one(t.rows('select role from memberships where org_id = :org and email = :email', { org: org.id, email })))?.['role'],
    home: home.status,
    saved: saved.status,
    project: (await one(t.rows('select name from projects where id = :id', { id: org.project.id })))?.['name'],
  };
};

const buy =
  (segment: string): Flow =>
  async (t, workflow) => {
    const org = await t.seed('org-with-admin', workflow, { segment });
    const admin = new Visitor(t.ready, workflow, org.admin?.session);
    await admin.get(`${org.path}/billing`);
    const checkout = (await admin.post(`${org.path}/billing/checkout`, { plan: 'pro' })).location ?? '';
    const paying = await admin.get(checkout);
    await admin.post(checkout, { holder: 'A Stone', number: '4242 4242 4242 4242', expiry: '12/30', cvc: '123' });
    const back = /href="([^"]+checkout=[^"]+)"/.exec((await admin.get(checkout)).text)?.[1] ?? '/';
    const returned = await admin.get(back, { fromElsewhere: true });
    await eventually(
      async () =>
        (await t.rows('select id from webhook_events where workflow_id = :workflow and (deliveries = 2 or refused > 0)', { workflow }))
          .length === 1,
    );
    await t.settled(workflow);
    if (returned.status === 200) await admin.get(back, { fromElsewhere: true });
    await t.settled(workflow);
    return {
      payButtonCovered: paying.text.includes('/third-party/consent.js'),
      returned: returned.status,
      confirmed: (await one(t.rows('select returned_at from checkouts where org_id = :org', { org: org.id })))?.['returned_at'] != null,
      payments: await t.rows('select amount_cents as cents, status from payments where org_id = :org', { org: org.id }),
      subscriptions: await t.rows('select plan, status from subscriptions where org_id = :org', { org: org.id }),
      customers: (await t.rows('select id from billing_customers where org_id = :org', { org: org.id })).length,
      entitled: (await one(t.rows('select plan from entitlements where org_id = :org', { org: org.id })))?.['plan'],
    };
  };

const createProject: Flow = async (t, workflow) => {
  const org = await t.seed('org-with-editor', workflow);
  const editor = new Visitor(t.ready, workflow, org.editor?.session);
  await editor.post(`${org.path}/projects/new`, { name: 'Apollo', template: 'sales' });
  await t.settled(workflow);
  const list = await editor.get(`${org.path}/projects`);
  const follow = /data-follow-now="([^"]+)"/.exec(list.text)?.[1] ?? '/nowhere';
  const followed = await editor.post(follow, { on: 'yes' });
  const project = await one(
    t.rows(
      `select p.status, (select cast(count(*) as integer) from project_resources r where r.project_id = p.id) as resources, (select cast(count(*) as integer) from project_followers f where f.project_id = p.id) as followers from projects p where org_id = :org and name = 'Apollo'`,
      { org: org.id },
    ),
  );
  const job = await one(
    t.rows(`select status, run_at, created_at from jobs where workflow_id = :workflow and kind = 'provision_project'`, { workflow }),
  );
  return {
    ...project,
    ready: (await kinds(t, workflow)).filter((kind) => kind === 'project.provisioned').length,
    shownReady: />Apollo<[^]*?<\/tr>/.exec(list.text)?.[0].includes('>Ready<'),
    followed: followed.status,
    job: job?.['status'],
    dueWithin20s: Date.parse(String(job?.['run_at'])) - Date.parse(String(job?.['created_at'])) < 20_000,
  };
};

const importCsv: Flow = async (t, workflow) => {
  const org = await t.seed('org-with-editor', workflow);
  const editor = new Visitor(t.ready, workflow, org.editor?.session);
  const form = new FormData();
  form.set(
    'file',
    new File(
      ['external_id,title,owner,stage,amount\r\nX-1,"Zeppelin, large",Jo Park,won,12.50\r\nX-2,Yacht,Jo Park,lead,1\r\n'],
      'ships.csv',
    ),
  );
  await editor.post(`${org.project.path}/import`, form);
  await t.settled(workflow);
  const found = await editor.get(`${org.path}/search?q=zeppelin`);
  return {
    import: (await one(t.rows('select status from imports where org_id = :org', { org: org.id })))?.['status'],
    records: (await t.rows(`select title from records where org_id = :org and source = 'import'`, { org: org.id })).length,
    found: found.text.includes('Zeppelin, large'),
    waiting: (await t.rows(`select queue from jobs where workflow_id = :workflow and status = 'queued'`, { workflow })).length,
  };
};

const retrySync: Flow = async (t, workflow) => {
  const org = await t.seed('failed-sync', workflow);
  await new Visitor(t.ready, workflow, org.admin?.session).post(`${org.project.path}/sync`);
  await t.settled(workflow);
  return {
    ...(await one(
      t.rows(
        `select cast(count(*) as integer) as records, cast(count(distinct external_id) as integer) as contacts from records where org_id = :org and source = 'sync'`,
        { org: org.id },
      ),
    )),
    sync: (await one(t.rows('select status from syncs where org_id = :org', { org: org.id })))?.['status'],
    jobs: await t.rows(`select status, attempts from jobs where workflow_id = :workflow and kind = 'sync_contacts'`, { workflow }),
  };
};

const resetPassword: Flow = async (t, workflow) => {
  const org = await t.seed('org-with-admin', workflow);
  const email = org.admin?.email ?? '';
  const visitor = new Visitor(t.ready, workflow);
  await visitor.post('/forgot', { email });
  await t.settled(workflow);
  const link = (await t.mails(email))[0]?.links[0]?.url ?? '/';
  await visitor.post(link, { password: 'brand-new-horse' });
  const signIn = async (password: string): Promise<number> =>
    (await new Visitor(t.ready, workflow).post('/login', { email, password })).status;
  return {
    oldPassword: await signIn(org.admin?.password ?? ''),
    newPassword: await signIn('brand-new-horse'),
    oldLink: (await visitor.get(link)).status,
    sessionsEnded:
      (
        await t.rows(`select id from sessions where user_id = :id and ended_at is null and id = :sid`, {
          id: org.admin?.id ?? '',
          sid: org.admin?.session.slice(4) ?? '',
        })
      ).length === 0,
  };
};

const downgrade: Flow = async (t, workflow) => {
  const org = await t.seed('org-with-editor', workflow);
  const editor = new Visitor(t.ready, workflow, org.editor?.session);
  const open = await editor.get(`${org.project.path}/edit`);
  const carried = Object.fromEntries(
    [...open.text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
  await new Visitor(t.ready, workflow, org.admin?.session).post(`${org.path}/members/${org.editor?.membership}/role`, { role: 'viewer' });
  return {
    openPageSaves: (await editor.post(`${org.project.path}/edit`, { ...carried, name: 'From the open page' })).status,
    freshPage: (await editor.get(`${org.project.path}/edit`)).status,
    role: (await one(t.rows('select role from memberships where id = :id', { id: org.editor?.membership ?? '' })))?.['role'],
    project: (await one(t.rows('select name from projects where id = :id', { id: org.project.id })))?.['name'],
  };
};

const exportReport: Flow = async (t, workflow) => {
  const org = await t.seed('org-with-records', workflow);
  const editor = new Visitor(t.ready, workflow, org.editor?.session);
  await editor.post(`${org.project.path}/export`);
  await t.settled(workflow);
  const row = await one(t.rows('select id, status, row_count from exports where org_id = :org', { org: org.id }));
  const file = await editor.get(`${org.path}/exports/${row?.['id']}/download`);
  return {
    status: row?.['status'],
    rows: row?.['row_count'],
    download: file.status,
    lines: file.text.split('\r\n').filter(Boolean).length,
  };
};

const deleteProject: Flow = async (t, workflow) => {
  const org = await t.seed('org-with-admin', workflow);
  await new Visitor(t.ready, workflow, org.admin?.session).post(`${org.project.path}/delete`, { confirm: 'Roadmap' });
  await t.settled(workflow);
  const count = async (table: string, id: string): Promise<number> =>
    (await t.rows(`select 1 from ${table} where org_id = :id`, { id })).length;
  return {
    projects: await count('projects', org.id),
    records: await count('records', org.id),
    indexed: await count('search_index', org.id),
    resources: await count('project_resources', org.id),
    neighbourRecords: await count('records', org.neighbour.id),
    neighbourProjects: await count('projects', org.neighbour.id),
  };
};

export const flows = {
  signUp,
  inviteEditor,
  buyPro: buy('self-serve'),
  buyAsEnterprise: buy('enterprise'),
  createProject,
  importCsv,
  retrySync,
  resetPassword,
  downgrade,
  exportReport,
  deleteProject,
};

export type FlowName = keyof typeof flows;

const bought = {
  payButtonCovered: false,
  returned: 200,
  confirmed: true,
  payments: [{ cents: 1200, status: 'succeeded' }],
  subscriptions: [{ plan: 'pro', status: 'active' }],
  customers: 1,
  entitled: 'pro',
};

/** The facts as the business wants them. */
export const healthy: Record<FlowName, Facts> = {
  signUp: { mails: 1, workspace: 'active', projects: 1, signedUp: true },
  inviteEditor: { mailsToInvitee: 1, linkAnswers: 200, role: 'editor', home: 200, saved: 200, project: 'Roadmap 2027' },
  buyPro: bought,
  buyAsEnterprise: bought,
  createProject: {
    status: 'active',
    resources: 3,
    followers: 1,
    ready: 1,
    shownReady: true,
    followed: 200,
    job: 'done',
    dueWithin20s: true,
  },
  importCsv: { import: 'completed', records: 2, found: true, waiting: 0 },
  retrySync: { records: 5, contacts: 5, sync: 'completed', jobs: [{ status: 'done', attempts: 2 }] },
  resetPassword: { oldPassword: 401, newPassword: 200, oldLink: 410, sessionsEnded: true },
  downgrade: { openPageSaves: 403, freshPage: 403, role: 'viewer', project: 'Roadmap' },
  exportReport: { status: 'ready', rows: 24, download: 200, lines: 25 },
  deleteProject: { projects: 0, records: 0, indexed: 0, resources: 0, neighbourRecords: 3, neighbourProjects: 1 },
};
