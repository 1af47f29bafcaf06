import type { ToldIntent, ToldInvariant } from './telling.ts';

const quiet: ToldInvariant = {
  verdict: {
    name: 'no-server-errors',
    says: 'no request of this journey was answered with a server error',
    mode: 'always',
    status: 'held',
    reason: 'never-violated',
    builtin: true,
    expected: 'none',
    found: 'none',
  },
  readings: [
    [40, 'baseline', []],
    [700, 'watch', []],
    [1900, 'final', []],
  ],
};

const login = [{ line: 'fill Email with ${invitee}', action: 'fill', target: { role: 'textbox', name: 'Email' }, effect: 'read' as const }];

/** A story for every status, in the words of the sample application. */
export const intents = {
  passed: {
    id: 'create-project',
    title: 'Create a project and see it provisioned',
    why: 'A project that is never ready is a support ticket.',
    owner: '@core',
    priority: 'high',
    touches: ['jobs'],
    steps: [
      { actor: 'admin', text: 'Create a project named "Apollo"', tries: false, line: 9 },
      { actor: 'admin', text: 'Open the project "Apollo" and wait until it is ready', tries: false, line: 10 },
    ],
    attempts: [
      {
        status: 'passed',
        fixtures: [{ fixture: 'org-with-admin' }],
        steps: [
          {
            ms: 620,
            page: '/o/acme/projects/new',
            title: 'New project · Acme',
            acts: [
              { line: 'click New project', target: { role: 'link', name: 'New project' } },
              { line: 'fill Name with "Apollo"', action: 'fill', target: { role: 'textbox', name: 'Name' }, effect: 'read' },
              { line: 'click Create project', target: { role: 'button', name: 'Create project' } },
            ],
            requests: [
              { method: 'POST', template: '/o/:slug/projects/new', status: 303, ms: 21 },
              { method: 'GET', template: '/o/:slug/projects/:id', status: 200, ms: 9, kind: 'document' },
            ],
            notices: [{ kind: 'toast', text: 'Project created' }],
          },
          {
            ms: 410,
            page: '/o/acme/projects/:id',
            title: 'Apollo · Acme',
            acts: [{ line: 'wait for "Ready"', action: 'wait', effect: 'read' }],
          },
        ],
        invariants: [
          {
            verdict: {
              name: 'project-provisioned',
              says: 'the project Apollo of Acme is active',
              mode: 'eventually',
              status: 'held',
              reason: 'converged',
              expected: '[{status: active}]',
              found: '[{status: active}]',
              convergedMs: 260,
            },
            readings: [
              [40, 'baseline', []],
              [1080, 'poll', [{ status: 'provisioning' }]],
              [1190, 'poll', [{ status: 'provisioning' }]],
              [1330, 'poll', [{ status: 'active' }]],
              [2830, 'settle', [{ status: 'active' }]],
            ],
          },
          quiet,
        ],
        lockfile: { state: 'unchanged', file: 'intents/create-project.lock.yaml' },
      },
    ],
  },
  adapted: {
    id: 'rename-workspace',
    title: 'Rename the workspace',
    priority: 'normal',
    steps: [{ actor: 'admin', text: 'Rename the organisation to "Acme Labs"', tries: false, line: 8 }],
    attempts: [
      {
        status: 'passed',
        fixtures: [{ fixture: 'org-with-admin' }],
        steps: [
          {
            ms: 530,
            agent: 'relocate',
            page: '/o/acme/settings',
            title: 'Settings · Acme',
            unsure: [{ agent: 'replay', why: 'button "Save" is not on Settings any more' }],
            acts: [
              { line: 'fill Name with "Acme Labs"', action: 'fill', target: { role: 'textbox', name: 'Name' }, effect: 'read' },
              { line: 'click Save changes', target: { role: 'button', name: 'Save changes' } },
            ],
            requests: [{ method: 'POST', template: '/o/:slug/settings', status: 303, ms: 14 }],
            notices: [{ kind: 'status', text: 'Saved' }],
            adaptations: [
              {
                kind: 'renamed',
                from: 'Save',
                to: 'Save changes',
                note: 'The button Save is now called Save changes',
                score: 0.83,
                margin: 0.31,
                runnerUp: 'Cancel',
              },
            ],
          },
        ],
        invariants: [
          {
            verdict: {
              name: 'organisation-is-called',
              says: 'the organisation is called Acme Labs',
              mode: 'eventually',
              status: 'held',
              reason: 'converged',
              expected: '[{name: Acme Labs}]',
              found: '[{name: Acme Labs}]',
              convergedMs: 0,
            },
            readings: [
              [40, 'baseline', [{ name: 'Acme' }]],
              [580, 'poll', [{ name: 'Acme Labs' }]],
              [2100, 'settle', [{ name: 'Acme Labs' }]],
            ],
          },
          quiet,
        ],
        lockfile: {
          state: 'proposed',
          file: 'intents/rename-workspace.lock.yaml',
          patch:
            '--- intents/rename-workspace.lock.yaml\n+++ intents/rename-workspace.lock.yaml\n@@ -9,3 +9,3 @@\n   - fill textbox "Name" with "Acme Labs"\n-  - click button "Save"\n+  - click button "Save changes"\n',
          why: 'lockfiles are read-only in CI',
        },
      },
    ],
  },
  failed: {
    id: 'invite-editor',
    title: 'Invite a teammate as editor',
    why: 'A broken invitation is the first thing a new team meets.',
    owner: '@growth',
    priority: 'critical',
    touches: ['auth', 'mail', 'jobs', 'permissions'],
    steps: [
      { actor: 'admin', text: 'Invite casey+k3fz@example.test as an editor', tries: false, line: 14 },
      {
        actor: 'teammate',
        text: 'Open the invitation mail and accept it as "Casey User" with password ${secret:TEAMMATE_PASSWORD}',
        tries: false,
        line: 15,
      },
    ],
    attempts: [
      {
        status: 'failed',
        reason: 'violated',
        cause: 'product',
        causeWhy: 'invariant active-member is violated although the journey was carried out',
        fixtures: [{ fixture: 'org-with-admin' }, { fixture: 'org-with-admin', phase: 'undo' }],
        steps: [
          {
            ms: 780,
            acts: [
              { line: 'click Invite people', target: { role: 'button', name: 'Invite people' } },
              ...login,
              { line: 'select Editor in Role', action: 'select', target: { role: 'combobox', name: 'Role' }, effect: 'read' },
              { line: 'click Send invitation', target: { role: 'button', name: 'Send invitation' } },
            ],
            requests: [
              { method: 'POST', template: '/o/:slug/members/invite', status: 303, ms: 31 },
              { method: 'GET', template: '/o/:slug/members', status: 200, ms: 12, kind: 'document' },
            ],
            notices: [{ kind: 'toast', text: 'Invitation sent to casey+k3fz@example.test' }],
          },
          {
            ms: 1240,
            page: '/join/:token',
            title: 'Join Acme',
            agent: 'builtin',
            unsure: [{ agent: 'replay', why: 'no recording' }],
            acts: [
              { line: 'read the mailbox', action: 'read-mail', effect: 'read' },
              { line: 'open "Accept the invitation" of the mail "You are invited to Acme"', action: 'mail' },
              {
                line: 'fill Password with ${secret:TEAMMATE_PASSWORD}',
                action: 'fill',
                target: { role: 'textbox', name: 'Password' },
                effect: 'read',
              },
              { line: 'click Join Acme', target: { role: 'button', name: 'Join Acme' } },
            ],
            requests: [{ method: 'POST', template: '/join/:token', status: 303, ms: 44 }],
            notices: [{ kind: 'toast', text: 'Welcome to Acme' }],
            pageEvents: [{ kind: 'console-error', text: 'Failed to load resource: /static/avatar-casey.png (404)' }],
          },
        ],
        invariants: [
          {
            verdict: {
              name: 'active-member',
              says: 'casey+k3fz@example.test is an active editor of Acme',
              mode: 'eventually',
              status: 'violated',
              reason: 'did-not-converge',
              expected: '[{role: editor, status: active}]',
              found: '[{role: viewer, status: active}]',
              diff: ['[0].role: expected editor, found viewer'],
              readings: 31,
            },
            readings: [
              [40, 'baseline', []],
              [2070, 'poll', []],
              [2130, 'poll', [{ role: 'viewer', status: 'active' }]],
              ...[2300, 2600, 3100, 4100, 5100, 6100, 8100, 10_100, 12_100, 14_100, 16_100, 18_100, 20_100, 22_060].map(
                (at): [number, 'poll', unknown] => [at, 'poll', [{ role: 'viewer', status: 'active' }]],
              ),
            ],
          },
          {
            verdict: {
              name: 'one-mail',
              says: 'exactly one invitation mail went to casey+k3fz@example.test',
              mode: 'eventually',
              status: 'held',
              reason: 'converged',
              expected: 'count 1',
              found: '1',
              convergedMs: 0,
            },
            readings: [
              [40, 'baseline', 0],
              [2070, 'poll', 1],
              [22_060, 'final', 1],
            ],
          },
          {
            verdict: {
              name: 'nobody-else-changed',
              says: 'every other organisation is untouched',
              mode: 'unchanged',
              status: 'held',
              reason: 'same-before-and-after',
              expected: 'as before',
              found: 'as before',
            },
            readings: [
              [40, 'baseline', [{ id: 'org_2', name: 'Globex' }]],
              [22_060, 'final', [{ id: 'org_2', name: 'Globex' }]],
            ],
          },
          quiet,
        ],
        lockfile: { state: 'kept', why: 'the intent did not pass' },
      },
    ],
  },
  failedJob: {
    id: 'sign-up',
    title: 'Sign up and land in a usable workspace',
    owner: '@growth',
    priority: 'critical',
    touches: ['auth', 'mail', 'jobs'],
    steps: [
      { actor: 'visitor', text: 'Sign up as "Robin Vale" and open the confirmation mail', tries: false, line: 9 },
      { actor: 'visitor', text: 'Create the workspace "Northwind"', tries: false, line: 10 },
    ],
    attempts: [
      {
        status: 'failed',
        reason: 'violated',
        cause: 'product',
        causeWhy: 'invariant workspace-is-usable is violated although the journey was carried out',
        fixtures: [{ fixture: 'visitor' }],
        steps: [
          {
            ms: 900,
            agent: 'replay',
            page: '/signup',
            title: 'Create your account',
            acts: [
              { line: 'fill Name with "Robin Vale"', action: 'fill', effect: 'read' },
              { line: 'click Create account', target: { role: 'button', name: 'Create account' } },
              { line: 'open "Confirm" of the mail "Confirm your address"', action: 'mail' },
            ],
            requests: [{ method: 'POST', template: '/signup', status: 303, ms: 61 }],
          },
          {
            ms: 560,
            page: '/welcome',
            title: 'Welcome',
            acts: [
              { line: 'fill Workspace name with "Northwind"', action: 'fill', effect: 'read' },
              { line: 'click Continue', target: { role: 'button', name: 'Continue' } },
            ],
            requests: [{ method: 'POST', template: '/welcome', status: 303, ms: 28 }],
            notices: [{ kind: 'status', text: 'Your workspace is being set up' }],
          },
        ],
        invariants: [
          {
            verdict: {
              name: 'workspace-is-usable',
              says: 'the workspace Northwind is active',
              mode: 'eventually',
              status: 'violated',
              reason: 'did-not-converge',
              expected: '[{status: active}]',
              found: '[{status: provisioning}]',
              diff: ['[0].status: expected active, found provisioning'],
            },
            readings: [
              [40, 'baseline', []],
              ...[1520, 1600, 1900, 2600, 3600, 4600, 8600, 12_600, 16_600, 21_500].map((at): [number, 'poll', unknown] => [
                at,
                'poll',
                [{ status: 'provisioning' }],
              ]),
            ],
          },
          {
            verdict: {
              name: 'no-failed-jobs',
              says: 'no background job of this journey failed',
              mode: 'always',
              status: 'violated',
              reason: 'violated-during',
              expected: 'none',
              found: '1 row',
              diff: [],
              decidedAt: 2600,
            },
            readings: [
              [40, 'baseline', []],
              [1600, 'watch', []],
              [
                2600,
                'watch',
                [
                  {
                    id: 'job_9',
                    kind: 'provision_workspace',
                    status: 'failed',
                    attempts: 3,
                    error: 'permission denied for schema tenants',
                  },
                ],
              ],
              [
                21_500,
                'final',
                [
                  {
                    id: 'job_9',
                    kind: 'provision_workspace',
                    status: 'failed',
                    attempts: 3,
                    error: 'permission denied for schema tenants',
                  },
                ],
              ],
            ],
          },
          quiet,
        ],
      },
    ],
  },
  blocked: {
    id: 'upgrade-to-pro',
    title: 'Upgrade to Pro and use a gated feature',
    owner: '@billing',
    priority: 'critical',
    touches: ['payments', 'entitlements'],
    steps: [
      { actor: 'admin', text: 'Upgrade to Pro and pay with the test card', tries: false, line: 10 },
      { actor: 'admin', text: 'Create an automation "Welcome new records"', tries: false, line: 11 },
    ],
    attempts: [
      {
        status: 'blocked',
        reason: 'not-carried-out',
        cause: 'interface-changed',
        causeWhy: 'the recorded way no longer works (button "Upgrade to Pro" is not on Billing any more) and no other was found',
        conduct: {
          kind: 'blocked',
          by: 'gave-up',
          why: 'step 1 ("Upgrade to Pro and pay with the test card"): no control for “Upgrade to Pro” was found on Billing',
        },
        fixtures: [{ fixture: 'org-with-admin' }],
        steps: [
          {
            ms: 2900,
            status: 'gave-up',
            agent: 'builtin',
            page: '/o/acme/billing',
            title: 'Billing · Acme',
            why: 'no control for “Upgrade to Pro” was found on Billing; nearest were “Contact sales” and “Download invoices”',
            between: ['Contact sales', 'Download invoices'],
            unsure: [
              { agent: 'replay', why: 'button "Upgrade to Pro" is not on Billing any more' },
              { agent: 'relocate', why: 'the best candidate scores 0.18, below the gate' },
            ],
            acts: [
              { line: 'click Billing', target: { role: 'link', name: 'Billing' } },
              {
                line: 'click More',
                target: { role: 'button', name: 'More' },
                ok: false,
                miss: 'covered',
                error: 'covered by the banner “We value your privacy”',
              },
            ],
            requests: [{ method: 'GET', template: '/o/:slug/billing', status: 200, ms: 11, kind: 'document' }],
            notices: [{ kind: 'status', text: 'Plan changes are handled by your account manager' }],
          },
          { status: 'not-reached' },
        ],
        invariants: [
          {
            verdict: {
              name: 'on-plan',
              says: 'Acme is on the plan Pro',
              mode: 'eventually',
              status: 'violated',
              reason: 'did-not-converge',
              expected: '[{plan: pro}]',
              found: '[{plan: free}]',
              diff: ['[0].plan: expected pro, found free'],
              readings: 2,
            },
            readings: [
              [40, 'baseline', [{ plan: 'free' }]],
              [2950, 'final', [{ plan: 'free' }]],
            ],
          },
          quiet,
        ],
      },
    ],
  },
  unproven: {
    id: 'search-record',
    title: 'Find an imported record by search',
    priority: 'normal',
    touches: ['search'],
    steps: [{ actor: 'editor', text: 'Search for "Globex renewal"', tries: false, line: 8 }],
    attempts: [
      {
        status: 'unproven',
        reason: 'vacuous',
        cause: 'spec',
        causeWhy: 'invariant record-is-indexed was already true before the first step',
        fixtures: [{ fixture: 'org-with-editor' }],
        steps: [
          {
            ms: 300,
            page: '/o/acme/search',
            title: 'Search · Acme',
            acts: [
              { line: 'fill Search with "Globex renewal"', action: 'fill', effect: 'read' },
              { line: 'press Enter', action: 'press' },
            ],
            requests: [{ method: 'GET', template: '/o/:slug/search', status: 200, ms: 8, kind: 'document' }],
          },
        ],
        invariants: [
          {
            verdict: {
              name: 'record-is-indexed',
              says: 'the record Globex renewal can be found',
              mode: 'eventually',
              status: 'held',
              reason: 'already-true',
              vacuous: true,
              flipped: false,
              expected: 'count 1',
              found: '1',
            },
            readings: [
              [40, 'baseline', 1],
              [400, 'poll', 1],
              [1900, 'settle', 1],
            ],
          },
          quiet,
        ],
      },
    ],
  },
  errored: {
    id: 'export-report',
    title: 'Export a report and download it',
    priority: 'high',
    touches: ['jobs'],
    steps: [{ actor: 'editor', text: 'Export the project as CSV and download it', tries: false, line: 9 }],
    attempts: [
      {
        status: 'errored',
        reason: 'undecided',
        cause: 'environment',
        causeWhy: 'invariant export-is-complete could not be read: connect ECONNREFUSED 127.0.0.1:5432',
        fixtures: [{ fixture: 'org-with-records' }],
        steps: [
          {
            ms: 700,
            page: '/o/acme/reports',
            title: 'Reports · Acme',
            acts: [{ line: 'click Export', target: { role: 'button', name: 'Export' } }],
            requests: [{ method: 'POST', template: '/o/:slug/projects/:id/export', status: 202, ms: 18 }],
            pageEvents: [{ kind: 'download', text: 'roadmap.csv, 1.2 KB' }],
          },
        ],
        invariants: [
          {
            verdict: {
              name: 'export-is-complete',
              says: 'the export holds all 24 records',
              mode: 'eventually',
              status: 'undecided',
              reason: 'unreadable',
              expected: '[{row_count: 24}]',
              found: 'connect ECONNREFUSED 127.0.0.1:5432',
              unreadable: 8,
              readings: 9,
            },
            readings: [
              [40, 'baseline', []],
              ...[800, 1000, 1500, 2500, 4500, 8500, 16_500, 20_800].map((at): [number, 'poll', unknown] => [
                at,
                'poll',
                { unreadable: 'connect ECONNREFUSED 127.0.0.1:5432' },
              ]),
            ],
          },
          quiet,
        ],
      },
    ],
  },
  erroredFixture: {
    id: 'reset-password',
    title: 'Reset a password by mail',
    priority: 'high',
    touches: ['auth', 'mail'],
    steps: [{ actor: 'user', text: 'Ask for a new password', tries: false, line: 7 }],
    attempts: [
      {
        status: 'errored',
        reason: 'fault',
        cause: 'fixture',
        causeWhy: 'fixture user failed: POST /test/seed answered 401 token expired',
        conduct: { kind: 'errored', by: 'fixture', why: 'POST /test/seed answered 401 token expired' },
        fixtures: [{ fixture: 'user', ok: false, error: 'POST /test/seed answered 401 token expired' }],
      },
    ],
  },
  flaky: {
    id: 'import-csv',
    title: 'Import a CSV and find a record',
    priority: 'high',
    touches: ['jobs', 'search'],
    steps: [{ actor: 'editor', text: 'Import "contacts.csv" into the project', tries: false, line: 9 }],
    attempts: [
      {
        status: 'failed',
        reason: 'violated',
        cause: 'product',
        causeWhy: 'invariant import-completed is violated although the journey was carried out',
        fixtures: [{ fixture: 'org-with-editor' }],
        steps: [
          {
            ms: 480,
            page: '/o/acme/projects/:id/import',
            title: 'Import · Roadmap',
            acts: [
              { line: 'upload contacts.csv to File', action: 'upload' },
              { line: 'click Import', target: { role: 'button', name: 'Import' } },
            ],
            requests: [{ method: 'POST', template: '/o/:slug/projects/:id/import', status: 202, ms: 35 }],
          },
        ],
        invariants: [
          {
            verdict: {
              name: 'import-completed',
              says: 'the import of contacts.csv has completed',
              mode: 'eventually',
              status: 'violated',
              reason: 'did-not-stay',
              expected: '[{status: completed}]',
              found: '[{status: queued}]',
              diff: ['[0].status: expected completed, found queued'],
              decidedAt: 1700,
            },
            readings: [
              [40, 'baseline', []],
              [560, 'poll', [{ status: 'queued' }]],
              [900, 'poll', [{ status: 'completed' }]],
              [1700, 'settle', [{ status: 'queued' }]],
            ],
          },
          quiet,
        ],
      },
      {
        status: 'passed',
        fixtures: [{ fixture: 'org-with-editor' }],
        steps: [
          {
            ms: 470,
            page: '/o/acme/projects/:id/import',
            title: 'Import · Roadmap',
            acts: [
              { line: 'upload contacts.csv to File', action: 'upload' },
              { line: 'click Import', target: { role: 'button', name: 'Import' } },
            ],
            requests: [{ method: 'POST', template: '/o/:slug/projects/:id/import', status: 202, ms: 33 }],
          },
        ],
        invariants: [
          {
            verdict: {
              name: 'import-completed',
              says: 'the import of contacts.csv has completed',
              mode: 'eventually',
              status: 'held',
              reason: 'converged',
              expected: '[{status: completed}]',
              found: '[{status: completed}]',
              convergedMs: 420,
            },
            readings: [
              [40, 'baseline', []],
              [560, 'poll', [{ status: 'queued' }]],
              [930, 'poll', [{ status: 'completed' }]],
              [2500, 'settle', [{ status: 'completed' }]],
            ],
          },
          quiet,
        ],
      },
    ],
  },
  refusalBroken: {
    id: 'viewer-is-refused',
    title: 'A viewer is refused what only an admin may do',
    owner: '@security',
    priority: 'critical',
    touches: ['permissions'],
    steps: [{ actor: 'viewer', text: 'Remove Dana Reyes from the organisation', tries: true, line: 8 }],
    attempts: [
      {
        status: 'failed',
        reason: 'violated-always',
        cause: 'product',
        causeWhy: 'invariant only-admins-remove is violated although the journey was carried out',
        fixtures: [{ fixture: 'org-with-team' }],
        steps: [{ ms: 500, status: 'refused', why: 'there is no way to remove anybody on Members', acts: [] }],
        invariants: [
          {
            verdict: {
              name: 'only-admins-remove',
              says: 'a viewer cannot remove a member',
              mode: 'access',
              status: 'violated',
              reason: 'access-granted',
              expected: '401, 403 or 404',
              found: 'POST /o/:slug/members/:id/remove answered 303',
            },
            readings: [[620, 'final', { status: 303 }]],
          },
          quiet,
        ],
      },
    ],
  },
  skipped: {
    id: 'two-admins',
    title: 'Two admins edit the same project',
    priority: 'normal',
    skipped: 'the run was cut short by --max-failures 5',
    steps: [{ actor: 'admin', text: 'Edit the project', tries: false, line: 9 }],
    attempts: [],
  },
} satisfies Record<string, ToldIntent>;

export const allIntents: ToldIntent[] = Object.values(intents);
