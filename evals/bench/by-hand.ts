// The bench's journey as an engineer would write it with Playwright: locators by role, waits on what the page shows,
// the mail read from the catcher, and one assertion on the database. Prints its times as JSON.
//   node evals/bench/by-hand.ts <browser> [journeys at once=1]
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { chromium, type Browser } from 'playwright';
import type { Ready } from './teamspace.ts';

const ready = JSON.parse(process.env['BENCH_READY']!) as Ready;
/** What seeding answers, as far as it is used here. */
interface Seeded {
  id: string;
  admin: { session: string };
  project: { id: string };
}

async function post(path: string, workflow: string, json: object): Promise<Seeded> {
  const answer = await fetch(new URL(path, ready.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json', 'x-workflow-id': workflow },
    body: JSON.stringify(json),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as Seeded;
}

async function invitationLink(invitee: string): Promise<string> {
  for (let pause = 50; ; pause = Math.min(pause * 2, 500)) {
    const mails = (await (await fetch(`${ready.mail}/api/mails?to=${encodeURIComponent(invitee)}`)).json()) as {
      links: { url: string }[];
    }[];
    if (mails[0]) return mails[0].links[0]!.url;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Polls at the pauses of Playwright's expect.poll. */
async function eventually(check: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  for (const pauses = [100, 250, 500]; !check(); ) {
    if (performance.now() > deadline) throw new Error('the database never showed it');
    await new Promise((resolve) => setTimeout(resolve, pauses.shift() ?? 1000));
  }
}

const [executablePath, atOnce = '1'] = process.argv.slice(2);

interface Timed {
  begin: number;
  end: number;
  /** Since the epoch, ms. */
  firstAction: number;
}

async function journey(browser: Promise<Browser>): Promise<Timed> {
  const workflow = `hand-${randomBytes(5).toString('hex')}`;
  const invitee = `casey+${workflow}@example.test`;
  const [chrome, org] = await Promise.all([browser, post('/test/seed', workflow, { kind: 'org-with-admin', workflow })]);
  const admin = await chrome.newContext({ baseURL: ready.url });
  const [name = '', value = ''] = org.admin.session.split('=');
  await admin.addCookies([{ name, value, url: ready.url }]);
  const page = await admin.newPage();
  const begin = performance.now();
  await page.goto('/');
  const firstAction = performance.timeOrigin + performance.now();
  await page.getByRole('main').getByRole('button', { name: 'Invite' }).click();
  const invite = page.getByRole('dialog', { name: 'Invite a teammate' });
  await invite.getByLabel('Email').fill(invitee);
  await invite.getByLabel('Role').selectOption({ label: 'Editor' });
  await invite.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByText(`Invitation sent to ${invitee}`).waitFor();

  const teammate = await chrome.newContext({ baseURL: ready.url });
  const hers = await teammate.newPage();
  await hers.goto(await invitationLink(invitee));
  await hers.getByLabel('Full name').fill('Casey User');
  await hers.getByLabel('Password').fill('a-long-password-27');
  await hers.getByRole('button', { name: 'Accept invitation' }).click();
  await hers.getByRole('row', { name: 'Roadmap' }).getByRole('link', { name: 'Roadmap' }).click();
  await hers.getByRole('button', { name: 'Edit project' }).click();
  const edit = hers.getByRole('dialog', { name: 'Edit project' });
  await edit.getByLabel('Project name').fill('Roadmap 2027');
  await edit.getByRole('button', { name: 'Save changes' }).click();
  await hers.getByRole('heading', { name: 'Roadmap 2027', level: 1 }).waitFor();
  const end = performance.now();

  const db = new DatabaseSync(ready.db, { readOnly: true });
  await eventually(() => {
    const project = db.prepare('select name from projects where id = ?').get(org.project.id);
    const members = db.prepare('select role, status from memberships where email = ? and org_id = ?').all(invitee, org.id);
    return (
      project?.['name'] === 'Roadmap 2027' && members.length === 1 && members[0]!['role'] === 'editor' && members[0]!['status'] === 'active'
    );
  });
  db.close();
  await Promise.all([admin.close(), teammate.close()]);
  await post('/test/reset', workflow, { workflow });
  return { begin, end, firstAction };
}

const browser = chromium.launch({ ...(executablePath ? { executablePath } : {}), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  const times = await Promise.all(Array.from({ length: Number(atOnce) }, () => journey(browser)));
  console.log(
    JSON.stringify({
      flowMs: Math.max(...times.map(({ end }) => end)) - Math.min(...times.map(({ begin }) => begin)),
      firstAction: Math.min(...times.map(({ firstAction }) => firstAction)),
    }),
  );
} finally {
  await (await browser).close();
}
