import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redesigns } from '../../demo/redesigns.ts';
import { findChromium } from './chromium.ts';
import { Teamspace } from './teamspace.ts';
import { Visitor } from './visitor.ts';
import { walks, type WalkName } from './walks.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(findChromium());
});
afterAll(async () => {
  await browser.close();
});

const within = async <T>(env: Record<string, string>, work: (teamspace: Teamspace) => Promise<T>): Promise<T> => {
  const teamspace = await Teamspace.start(env);
  try {
    return await work(teamspace);
  } finally {
    await teamspace.stop();
  }
};

/** The pages of one and the same state, without what differs from run to run. */
async function pages(teamspace: Teamspace): Promise<Record<string, string>> {
  const org = await teamspace.seed('org-with-team', 'looks', { plan: 'pro', records: 6 });
  const admin = new Visitor(teamspace.ready, 'looks', org.admin?.session);
  const nobody = new Visitor(teamspace.ready, 'looks');
  const shown: Record<string, string> = {};
  const look = async (name: string, visitor: Visitor, path: string): Promise<void> => {
    shown[name] = (await visitor.get(path)).text
      .replace(/\b[a-z]{3}_[A-Za-z0-9]{12}\b/g, 'id')
      .replace(/<time[^]*?<\/time>/g, '')
      .replace(/:\d{4,5}\b/g, '');
  };
  for (const path of ['/login', '/signup', '/forgot']) await look(path, nobody, path);
  for (const path of [
    '',
    '/projects',
    '/projects/new',
    '/members',
    '/members/invite',
    '/billing',
    '/billing/cancel',
    '/automations',
    '/automations/new',
    '/reports',
    '/developers',
    '/settings',
    '/search?q=a',
  ])
    await look(path, admin, org.path + path);
  for (const path of ['', '/edit', '/import', '/delete']) await look(`project${path}`, admin, org.project.path + path);
  return shown;
}

describe('each redesign', () => {
  let classic: Record<string, string>;
  beforeAll(async () => {
    classic = await within({}, pages);
  });

  test('the classic interface is the same every time', async () => {
    expect(await within({}, pages)).toEqual(classic);
  });

  test.for(redesigns.map(({ name }) => name))('%s changes pages, and an editor can still be invited', async (name) => {
    await within({ UI: name }, async (teamspace) => {
      const now = await pages(teamspace);
      // A split name shows only where people say who they are; long lists are few.
      const least = name === 'name-split' ? 1 : 2;
      expect(Object.keys(now).filter((page) => now[page] !== classic[page]).length).toBeGreaterThanOrEqual(least);
      await walks.inviteEditor(teamspace, browser, name);
    });
  });
});

describe('a person with a browser', () => {
  test('walks every journey', async () => {
    await within({}, async (teamspace) => {
      for (const [name, walk] of Object.entries(walks))
        await expect(walk(teamspace, browser, name.toLowerCase()), name).resolves.toBeUndefined();
    });
  });

  test('walks them with everything redesigned at once', async () => {
    await within({ UI: 'everything-at-once' }, async (teamspace) => {
      for (const name of ['signUp', 'buyPro', 'downgrade', 'sessionEnds'] satisfies WalkName[])
        await expect(walks[name](teamspace, browser, name.toLowerCase()), name).resolves.toBeUndefined();
    });
  });
});
