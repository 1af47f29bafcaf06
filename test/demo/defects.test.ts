import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defects } from '../../demo/defects.ts';
import { flows, healthy, type Facts, type FlowName } from './flows.ts';
import { Teamspace } from './teamspace.ts';

/** Where each incident shows: the journey, and the facts that are wrong. Everything else stays as it should be. */
const shows: Record<string, [flow: FlowName, wrong: Facts]> = {
  'provisioning-skipped': ['signUp', { workspace: 'provisioning', projects: 0 }],
  'redirect-before-customer': ['buyPro', { customers: 0, entitled: 'free' }],
  'verification-mail-lost': ['signUp', { mails: 0, workspace: undefined, projects: undefined }],
  'mail-link-behind-flag': ['inviteEditor', { linkAnswers: 404 }],
  'worker-too-early': ['createProject', { status: 'provisioning', resources: 0, ready: 0, shownReady: false }],
  'login-loop-invited': ['inviteEditor', { home: 303, saved: 401, project: 'Roadmap' }],
  'webhook-incomplete': ['buyPro', { payments: [{ cents: 1200, status: null }] }],
  'save-silently-fails': ['inviteEditor', { project: 'Roadmap' }],
  'invite-role-lost': ['inviteEditor', { role: 'viewer', saved: 403, project: 'Roadmap' }],
  'duplicate-on-retry': ['retrySync', { records: 7 }],
  'webhook-wrong-secret': ['buyPro', { payments: [], subscriptions: [], entitled: 'free' }],
  'optimistic-success': ['createProject', { status: 'provisioning', resources: 0, ready: 0, job: 'failed' }],
  'wrong-queue': ['importCsv', { import: 'queued', records: 0, found: false, waiting: 1 }],
  'stale-permissions': ['downgrade', { openPageSaves: 200, freshPage: 200, project: 'From the open page' }],
  'import-not-indexed': ['importCsv', { found: false }],
  'entitlements-disagree': ['buyPro', { entitled: 'free' }],
  'two-subscriptions': [
    'buyPro',
    {
      subscriptions: [
        { plan: 'pro', status: 'active' },
        { plan: 'pro', status: 'active' },
      ],
    },
  ],
  'cross-tenant-delete': ['deleteProject', { neighbourRecords: 0 }],
  'consent-overlay': ['buyPro', { payButtonCovered: true }],
  'session-lost-on-return': ['buyPro', { returned: 303, confirmed: false, subscriptions: [], entitled: 'free' }],
  'flag-default-differs': ['buyAsEnterprise', { confirmed: false, subscriptions: [], entitled: 'free' }],
  'expired-link-accepted': ['resetPassword', { oldLink: 200 }],
  'audit-missing': ['signUp', { signedUp: false }],
  'job-dropped': ['retrySync', { records: 2, contacts: 2, sync: 'running', jobs: [] }],
  'orphans-after-delete': ['deleteProject', { records: 3, indexed: 3, resources: 3 }],
  'empty-export': ['exportReport', { lines: 0 }],
  'background-500': ['createProject', { followed: 500, followers: 0 }],
  'slow-convergence': [
    'createProject',
    { status: 'provisioning', resources: 0, ready: 0, shownReady: false, job: 'queued', dueWithin20s: false },
  ],
  flapping: ['createProject', { status: 'provisioning', resources: 0, shownReady: false }],
  'two-mails': ['inviteEditor', { mailsToInvitee: 2 }],
  'wrong-recipient': ['inviteEditor', { mailsToInvitee: 0 }],
  'old-password-still-works': ['resetPassword', { oldPassword: 200 }],
  'privilege-kept-in-other-tab': ['downgrade', { openPageSaves: 200, project: 'From the open page' }],
  'price-of-other-plan-charged': ['buyPro', { payments: [{ cents: 4900, status: 'succeeded' }] }],
};

describe('without a defect', () => {
  let teamspace: Teamspace;
  beforeAll(async () => {
    teamspace = await Teamspace.start();
  });
  afterAll(async () => {
    await teamspace.stop();
  });

  test.each(Object.keys(flows) as FlowName[])('%s leaves the facts as the business wants them', async (flow) => {
    expect(await flows[flow](teamspace, `healthy-${flow}`)).toEqual(healthy[flow]);
  });

  test('journeys side by side do not touch each other', async () => {
    const names = Object.keys(flows) as FlowName[];
    const facts = await Promise.all(names.map((flow) => flows[flow](teamspace, `side-by-side-${flow}`)));
    expect(Object.fromEntries(names.map((flow, index) => [flow, facts[index]]))).toEqual(healthy);
  });
});

test('every defect says where it shows', () => {
  expect(Object.keys(shows)).toEqual(defects.map(({ name }) => name));
});

test('every defect stands where its entry says', () => {
  for (const { name, where } of defects)
    expect(readFileSync(new URL(`../../demo/${where}`, import.meta.url), 'utf8'), name).toContain(`defect('${name}')`);
});

describe.concurrent('each defect is visible in the backend, and nothing else is wrong', () => {
  test.for(defects.map(({ name }) => name))('%s', async (name, { expect }) => {
    const [flow, wrong] = shows[name] as (typeof shows)[string];
    const teamspace = await Teamspace.start({ DEFECTS: name });
    try {
      expect(await flows[flow](teamspace, `defect-${name}`)).toEqual({ ...healthy[flow], ...wrong });
    } finally {
      await teamspace.stop();
    }
  });
});
