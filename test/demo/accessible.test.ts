import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from './chromium.ts';
import { Person } from './person.ts';
import { Teamspace } from './teamspace.ts';

let browser: Browser;
let teamspace: Teamspace;
beforeAll(async () => {
  [browser, teamspace] = await Promise.all([chromium.launch(findChromium()), Teamspace.start()]);
});
afterAll(async () => {
  await Promise.all([browser.close(), teamspace.stop()]);
});

/** What axe objects to: rule and first element. */
async function objections(person: Person): Promise<string[]> {
  const { passes, violations } = await new AxeBuilder({ page: person.page }).analyze();
  expect(passes.length).toBeGreaterThan(10);
  return violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`);
}

test('no page of the classic interface gives axe a reason to object', async () => {
  const org = await teamspace.seed('failed-sync', 'axe', { members: ['admin', 'editor', 'viewer'], plan: 'pro' });
  const nobody = await Person.open(browser, teamspace.ready, 'axe');
  for (const path of ['/', '/login', '/signup', '/forgot', '/check-inbox?to=a@b.test', '/reset/nothing']) {
    await nobody.go(path);
    expect.soft(await objections(nobody), path).toEqual([]);
  }
  const admin = await Person.open(browser, teamspace.ready, 'axe', org.admin?.session);
  for (const path of [
    '',
    '/projects',
    '/projects/new',
    '/members',
    '/billing',
    '/automations',
    '/reports',
    '/developers',
    '/settings',
    '/search?q=a',
  ]) {
    await admin.go(org.path + path);
    expect.soft(await objections(admin), path).toEqual([]);
  }
  for (const path of ['', '/edit', '/import', '/delete']) {
    await admin.go(org.project.path + path);
    expect.soft(await objections(admin), `project${path}`).toEqual([]);
  }
});

test('nor does a dialog, an open menu or an open listbox', async () => {
  const org = await teamspace.seed('org-with-admin', 'axe-open');
  const admin = await Person.open(browser, teamspace.ready, 'axe-open', org.admin?.session);
  await admin.go(`${org.path}/projects`);
  await admin.press('New project');
  await admin.page.getByRole('combobox', { name: 'Template' }).click();
  expect.soft(await objections(admin)).toEqual([]);
  await admin.go(org.path);
  await admin.page.getByRole('button', { name: /^Account of/ }).click();
  expect.soft(await objections(admin)).toEqual([]);
});
