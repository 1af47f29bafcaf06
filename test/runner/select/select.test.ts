import { describe, expect, test } from 'vitest';
import { chosen, intentFacts, modified, NOW, reason, selectOver } from './project.ts';

describe('who is chosen', () => {
  test('who watches a file, and nobody else; critical intents always; each with its reason', () => {
    const made = selectOver(
      [
        intentFacts('cart', { watch: ['web/cart/**'] }),
        intentFacts('search', { watch: ['web/search/**'] }),
        intentFacts('pay', { priority: 'critical' }),
      ],
      [modified('web/cart/total.ts')],
    );
    expect(chosen(made)).toEqual(['cart', 'pay']);
    expect(reason(made, 'cart')).toBe('it watches web/cart/**, and web/cart/total.ts changed');
    expect(reason(made, 'pay')).toBe('it is critical, and critical intents always run');
    expect(reason(made, 'search')).toBe('the changed file does not reach it');
    expect(made.unmapped).toEqual([]);
  });

  test('who watches a file that needs the changed one, however far, but not over a list of everything', () => {
    const sources = {
      'web/money.ts': 'export const a = 1;',
      'web/prices.ts': "import { a } from './money.ts'; export const b = a;",
      'web/cart/total.ts': "import { b } from '../prices';\nexport const total = b;",
      'web/search/find.ts': "import type { Money } from '../money.ts';\nexport const find = 1;",
      'web/routes.ts':
        [...'abcdefgh'].map((name) => `import { ${name} } from './${name === 'a' ? 'money' : name}.ts';`).join('\n') +
        '\nexport const routes = [a, b, c, d, e, f, g, h];',
      ...Object.fromEntries([...'bcdefgh'].map((name) => [`web/${name}.ts`, `export const ${name} = 1;`])),
      'web/main.ts': "import { routes } from './routes.ts'; routes;",
    };
    const made = selectOver(
      [
        intentFacts('cart', { watch: ['web/cart/**'] }),
        intentFacts('search', { watch: ['web/search/**'] }),
        intentFacts('start', { watch: ['web/main.ts'] }),
      ],
      [modified('web/money.ts')],
      sources,
    );
    expect(chosen(made)).toEqual(['cart']);
    expect(reason(made, 'cart')).toBe('it watches web/cart/total.ts, which needs web/money.ts over web/prices.ts');
  });

  test('who was seen to use what the file names: a route, a table, a job, a mail, a flag, a piece of front end', () => {
    const facts = [
      intentFacts('orders', { surface: { requests: ['POST /shop/orders'] } }),
      intentFacts('ledger', { surface: { tables: ['ledger_entries'] } }),
      intentFacts('export', { surface: { jobs: ['export_rows'] } }),
      intentFacts('invite', { surface: { mails: ['You are invited to …'] } }),
      intentFacts('beta', { surface: { flags: ['new-checkout'] } }),
      intentFacts('cart', { surface: { sources: ['webpack://shop/./web/src/cart.tsx'] } }),
    ];
    const one = (path: string, text: string): string[] => chosen(selectOver(facts, [modified(path, text, `${text} more();`)]));
    expect(one('api/a.ts', "app.post('/orders', create);")).toEqual(['orders']);
    expect(one('app/shop/orders/route.ts', 'export const POST = 1;')).toEqual(['orders']);
    expect(one('api/b.py', 'db.execute("insert into ledger_entries values (1)")')).toEqual(['ledger']);
    expect(one('api/c.rb', 'class LedgerEntry < ApplicationRecord')).toEqual(['ledger']);
    expect(one('api/d.ts', "enqueue('export_rows');")).toEqual(['export']);
    expect(one('api/e.ts', 'subject: `You are invited to ${org}`')).toEqual(['invite']);
    expect(one('api/f.ts', 'if (isOn("new-checkout")) go();')).toEqual(['beta']);
    expect(one('web/src/cart.tsx', 'export const Cart = 1;')).toEqual(['cart']);
  });

  test('what nearly everybody uses tells nothing: then the file is unknown, and everything runs', () => {
    const facts = ['a', 'b', 'c', 'd', 'e'].map((id) => intentFacts(id, { surface: { tables: ['users'] } }));
    const made = selectOver(facts, [modified('api/x.ts', 'select("from users")', 'select("from users where x")')]);
    expect(chosen(made)).toHaveLength(5);
    expect(made.unmapped).toEqual(['api/x.ts']);
    expect(reason(made, 'a')).toBe('nothing says whom api/x.ts may break, so everything runs');
  });

  test.each<[string, string, string | undefined, string | undefined, string[]]>([
    ['a migration: who uses its tables', 'db/migrations/7.sql', '', 'alter table carts add column x int', ['cart']],
    ['a migration that names nothing: everybody', 'db/migrations/8.rb', '', 'execute file', ['cart', 'invite', 'jobs', 'plain']],
    ['the environment: everybody', 'deploy/.env.production', 'A=1', 'A=2', ['cart', 'invite', 'jobs', 'plain']],
    ['infrastructure: everybody', 'Dockerfile', 'FROM a', 'FROM b', ['cart', 'invite', 'jobs', 'plain']],
    ['flags: who says so', 'api/featureFlags.json', '{}', '{"a":1}', ['cart']],
    ['sessions: who is signed in', 'api/sessionStore.ts', 'a()', 'b()', ['invite']],
    ['webhooks: who takes payments', 'api/webhooks/stripe.ts', 'a()', 'b()', ['cart']],
    ['workers: who has jobs', 'worker/queue.ts', 'a()', 'b()', ['jobs']],
    [
      'a major step of a dependency: everybody',
      'package.json',
      '{"dependencies":{"express":"^4.1.0"}}',
      '{"dependencies":{"express":"^5.0.0"}}',
      ['cart', 'invite', 'jobs', 'plain'],
    ],
    [
      'a small step: high priorities',
      'package.json',
      '{"dependencies":{"express":"^4.1.0"}}',
      '{"dependencies":{"express":"^4.2.0"}}',
      ['invite'],
    ],
    ['a lockfile: high priorities', 'package-lock.json', '{}', '{"a":1}', ['invite']],
    ['a script of the package: nobody', 'package.json', '{"scripts":{}}', '{"scripts":{"x":"y"}}', []],
    ['comments: nobody', 'worker/queue.ts', 'a() // x', 'a()', []],
    ['a document: nobody', 'docs/session.md', 'a', 'b', []],
    ['a test: nobody', 'api/session.test.ts', 'a()', 'b()', []],
  ])('by what kind of file it is: %s', (_, path, before, after, ids) => {
    const facts = [
      intentFacts('cart', { touches: ['payments', 'flags'], surface: { tables: ['carts'] } }),
      intentFacts('invite', { signedIn: true, priority: 'high' }),
      intentFacts('jobs', { touches: ['jobs'] }),
      intentFacts('plain'),
    ];
    expect(chosen(selectOver(facts, [modified(path, before, after)]))).toEqual(ids);
  });

  test('a document that an intent watches is no document to it', () => {
    expect(
      chosen(selectOver([intentFacts('help', { watch: ['docs/**'] }), intentFacts('cart')], [modified('docs/a.md', 'a', 'b')])),
    ).toEqual(['help']);
  });

  test('its own file, lockfile or upload; the config concerns everybody; what nobody uses, nobody', () => {
    const facts = [
      intentFacts('cart', { journey: [{ actor: 'user', text: 'Upload rows.csv', tries: false, where: { file: '', line: 1, col: 1 } }] }),
      intentFacts('search'),
    ];
    expect(chosen(selectOver(facts, [modified('intents/cart.lock.yaml')]))).toEqual(['cart']);
    expect(chosen(selectOver(facts, [modified('intents/rows.csv')]))).toEqual(['cart']);
    expect(chosen(selectOver(facts, [modified('intentwright.config.yaml')]))).toEqual(['cart', 'search']);
    expect(chosen(selectOver(facts, [modified('invariants/unused.yaml')]))).toEqual([]);
  });

  test('a file that is gone or renamed reaches who needed it under its old name', () => {
    const facts = [intentFacts('cart', { watch: ['web/cart/**'] }), intentFacts('search')];
    const sources = { 'web/cart/total.ts': "import { tax } from '../tax.ts'; tax;", 'web/tax.ts': 'export const tax = 1;' };
    expect(
      chosen(selectOver(facts, [{ path: 'web/tax.ts', kind: 'deleted', before: 'export const tax = 1;', lines: 1 }], sources)),
    ).toEqual(['cart']);
    expect(
      chosen(selectOver(facts, [{ path: 'lib/x.ts', was: 'web/cart/x.ts', kind: 'renamed', before: 'a', after: 'a', lines: 0 }])),
    ).toEqual(['cart']);
  });

  test('what several services need, or several teams own, weighs more', () => {
    const facts = [
      intentFacts('cart', { watch: ['services/shop/**'], owner: '@shop' }),
      intentFacts('bill', { owner: '@billing' }),
      intentFacts('other', { owner: '@other' }),
    ];
    const sources = {
      'packages/money/index.ts': 'export const a = 1;',
      'services/shop/a.ts': "import { a } from '@acme/money'; a;",
      'services/bill/b.ts': "import { a } from '@acme/money'; a;",
    };
    const made = selectOver(facts, [modified('packages/money/index.ts')], sources, {
      packages: { '@acme/money': 'packages/money' },
      owners: '/packages/ @shop @billing',
    });
    expect(chosen(made)).toEqual(['bill', 'cart']);
    expect(made.intents.find(({ id }) => id === 'cart')!.why).toContain('services need it');
  });
});

describe('the risk', () => {
  const day = (n: number): string => new Date(NOW - n * 24 * 3_600_000).toISOString();

  test('is overlap × priority × recent failures × age × change, and orders the choice', () => {
    const past = (status: 'passed' | 'failed', age: number) =>
      Array.from({ length: 4 }, (_, index) => ({ startedAt: day(age + index), status }));
    const watch = ['a.ts'];
    const made = selectOver(
      [
        intentFacts('calm', { watch, past: past('passed', 0) }),
        intentFacts('shaky', { watch, past: past('failed', 0) }),
        intentFacts('stale', { watch, past: past('passed', 7) }),
        intentFacts('grave', { watch, past: past('passed', 0), priority: 'high' }),
      ],
      [modified('a.ts')],
    );
    const risk = Object.fromEntries(made.intents.map(({ id, risk: value }) => [id, value]));
    expect(risk['shaky']).toBeCloseTo(risk['calm']! * 2, 1);
    expect(risk['stale']).toBeCloseTo(risk['calm']! * 2, 1);
    expect(risk['grave']).toBeCloseTo(risk['calm']! * 2, 1);
    expect(made.intents.at(-1)!.id).toBe('calm');
  });

  test('is higher for a large change, and for one that a coding agent made across services', () => {
    const facts = [intentFacts('cart', { watch: ['services/**'] })];
    const two = [modified('services/a/x.ts'), modified('services/b/y.ts')];
    const of = (made: ReturnType<typeof selectOver>): number => made.intents[0]!.risk;
    const plain = of(selectOver(facts, two));
    expect(of(selectOver(facts, two, {}, { agent: 'abc claude' }))).toBeCloseTo(plain * 1.25, 1);
    expect(of(selectOver(facts, two.slice(0, 1), {}, { agent: 'abc claude' }))).toBeLessThan(plain * 1.25);
    expect(
      of(
        selectOver(
          facts,
          two.map((change) => ({ ...change, lines: 2000 })),
        ),
      ),
    ).toBeGreaterThan(plain);
  });

  test('decides who stays when only so many may run; critical intents do', () => {
    const facts = [
      intentFacts('critical', { priority: 'critical' }),
      intentFacts('high', { priority: 'high', watch: ['a.ts'] }),
      intentFacts('low', { watch: ['a.ts'] }),
    ];
    const made = selectOver(facts, [modified('a.ts')], {}, { limit: 2 });
    expect(chosen(made)).toEqual(['critical', 'high']);
    expect(reason(made, 'low')).toContain('2 of higher risk were asked for');
  });
});
