import { describe, expect, test } from 'vitest';
import { IntentwrightError } from '../../src/core/errors.ts';
import type { Invariant, Mode } from '../../src/core/invariant.ts';
import { bindInvariants } from '../../src/oracle/bind.ts';
import { match } from '../../src/oracle/match.ts';

const where = { file: 'intents/a.intent.yaml', line: 9, col: 5 };
const LIMITS = { withinMs: 20_000, settleMs: 500, blindMs: 2000 };
const query = { probe: 'sql', on: 'app', args: { query: 'select :email', with: { email: '${email}', n: '${n}' } } };

function bind(
  mode: Mode,
  params: Record<string, unknown> = {},
  more: Partial<Invariant> = {},
  scope: Record<string, unknown> = { email: 'outer@x.test', n: 3, org: { name: 'Acme' } },
) {
  const invariant: Invariant = {
    name: 'member',
    says: '${email} is in ${org.name}',
    params: Object.keys(params),
    mode,
    where: { file: 'invariants/a.yaml', line: 1, col: 1 },
    ...more,
  };
  return bindInvariants([{ name: 'member', params, where }], new Map([['member', invariant]]), scope, { HOME_ORG: 'Initech' }, LIMITS)[0]!;
}

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (IntentwrightError.is(error)) return `${error.code} ${error.message}${error.at ? ` at ${error.at}` : ''}`;
    throw error;
  }
  return 'nothing was thrown';
};

test('every template is resolved, numbers stay numbers', () => {
  const bound = bind({ kind: 'eventually', query, expect: [{ email: '${email}', n: '${n}', note: 'for ${org.name} by ${env:HOME_ORG}' }] });
  expect(bound).toMatchObject({
    id: 'member',
    says: 'outer@x.test is in Acme',
    builtin: false,
    ...LIMITS,
    mode: {
      query: { probe: 'sql', on: 'app', args: { with: { email: 'outer@x.test', n: 3 } } },
      expect: [{ email: 'outer@x.test', n: 3, note: 'for Acme by Initech' }],
    },
  });
});

test('a parameter shadows what the intent calls the same, and is itself resolved outside', () => {
  expect(bind({ kind: 'unchanged', query }, { email: '${org.name}@x.test' })).toMatchObject({
    says: 'Acme@x.test is in Acme',
    mode: { query: { args: { with: { email: 'Acme@x.test' } } } },
  });
  expect(bind({ kind: 'unchanged', query }, { email: '${email}' })).toMatchObject({ says: 'outer@x.test is in Acme' });
});

test('nothing is asked with null, and a path is not filled with it', () => {
  const scope = { email: 'a@x.test', n: null, org: { name: 'Acme' } };
  expect(codeOf(() => bind({ kind: 'unchanged', query }, {}, {}, scope))).toMatch(
    /^SPEC_INVALID \$\{n\} of invariant member is null.* at intents\/a\.intent\.yaml:9/,
  );
  expect(bind({ kind: 'eventually', query: { probe: 'sql', args: {} }, expect: [{ left_at: '${n}' }] }, {}, {}, scope)).toMatchObject({
    mode: { expect: [{ left_at: null }] },
  });
});

test('nothing is asked by an address that an empty value leaves open, nor is anything found that is empty', () => {
  const scope = { email: '', n: 3, org: { name: '' } };
  const asked = (path: string): string =>
    codeOf(() => bind({ kind: 'unchanged', query: { probe: 'http', args: { path } } }, {}, {}, { ...scope, prefix: '' }));
  for (const path of ['/notes?of=${email}', '/notes?of=${email}&n=${n}', '/orgs/${org.name}/notes', '/orgs/${org.name}'])
    expect(asked(path)).toMatch(
      /^SPEC_INVALID \$\{(?:email|org\.name)\} of invariant member is empty: an address without it asks for everything at/,
    );
  expect(
    codeOf(() => bind({ kind: 'unchanged', query: { probe: 'http', args: { path: '/notes?of=${to}' } } }, { to: '${email}' }, {}, scope)),
  ).toContain('${to} of invariant member is empty');
  for (const path of ['${prefix}/notes', '/notes?of=x${email}', '/notes?of=${n}'])
    expect(
      codeOf(() => bind({ kind: 'unchanged', query: { probe: 'http', args: { path } } }, {}, { says: 'x' }, { ...scope, prefix: '' })),
    ).toBe('nothing was thrown');
  for (const operator of ['contains', 'matches'])
    expect(
      codeOf(() =>
        bind({ kind: 'eventually', query: { probe: 'sql', args: {} }, expect: [{ text: { [operator]: '${email}' } }] }, {}, {}, scope),
      ),
    ).toMatch(/is empty: every text has that in it/);
  expect(bind({ kind: 'eventually', query: { probe: 'sql', args: {} }, expect: [{ text: '${email}' }] }, {}, {}, scope)).toMatchObject({
    mode: { expect: [{ text: '' }] },
  });
});

test('an invariant used twice has two ids', () => {
  const invariant: Invariant = {
    name: 'member',
    says: 'x',
    params: [],
    mode: { kind: 'unchanged', query: { probe: 'sql', args: {} } },
    where,
  };
  const ids = bindInvariants(
    [1, 2, 3].map(() => ({ name: 'member', params: {}, where })),
    new Map([['member', invariant]]),
    {},
    {},
    LIMITS,
  ).map(({ id }) => id);
  expect(ids).toEqual(['member', 'member#2', 'member#3']);
});

test('an invariant keeps its own times', () =>
  expect(bind({ kind: 'unchanged', query }, {}, { withinMs: 1, settleMs: 2, blindMs: 3 })).toMatchObject({
    withinMs: 1,
    settleMs: 2,
    blindMs: 3,
  }));

test('both sides of access are bound', () => {
  const bound = bind({
    kind: 'access',
    mayNot: { as: '${org.name}', request: { url: '/m/${n}' } },
    may: { as: 'admin', request: { url: '/m/${n}' } },
    unchanged: query,
  });
  expect(bound.mode).toMatchObject({ mayNot: { as: 'Acme', request: { url: '/m/3' } }, unchanged: { args: { with: { n: 3 } } } });
});

describe('what is inserted is data', () => {
  test('in a pattern a plus is a plus', () => {
    const { mode } = bind({ kind: 'eventually', query, expect: { to: { matches: '^To: ${email}$' } } }, { email: 'casey+7@example.test' });
    const { expect: expectation } = mode as Extract<Mode, { kind: 'eventually' }>;
    expect(match({ to: 'To: casey+7@example.test' }, expectation).ok).toBe(true);
    expect(match({ to: 'To: caseyyy7@example.test' }, expectation).ok).toBe(false);
    expect(match({ to: 'To: casey+7@exampleXtest' }, expectation).ok).toBe(false);
  });
  test.each([
    'value.name == ${email}',
    'value.name == "${email}"',
    "value.name == '${email}'",
    'value.name == "<" + ${email} + ">" || value.name == ${email}',
  ])('in CEL a quote is a quote: %s', (cel) => {
    const evil = `O'Brien" || true || "\\`;
    const { mode } = bind({ kind: 'eventually', query, expect: { cel } }, { email: evil });
    const { expect: expectation } = mode as Extract<Mode, { kind: 'eventually' }>;
    expect(match({ name: evil }, expectation).ok).toBe(true);
    expect(match({ name: 'somebody' }, expectation).ok).toBe(false);
  });
  test('in CEL numbers are numbers', () => {
    const { mode } = bind({ kind: 'eventually', query, expect: { cel: 'value.n == ${n} && size(value.list) == ${n}' } });
    expect(match({ n: 3, list: [1, 2, 3] }, (mode as Extract<Mode, { kind: 'eventually' }>).expect).ok).toBe(true);
  });
});

test('what cannot be resolved is told with its place', () => {
  expect(codeOf(() => bind({ kind: 'unchanged', query }, {}, { says: '${nobody}' }))).toBe(
    'SPEC_INVALID ${nobody} of invariant member is not defined at intents/a.intent.yaml:9:5',
  );
  expect(codeOf(() => bind({ kind: 'unchanged', query }, {}, { says: '${env:NO_SUCH}' }))).toContain('ENV_MISSING ${env:NO_SUCH}');
  expect(codeOf(() => bind({ kind: 'unchanged', query }, {}, { params: ['role'] }))).toContain('SPEC_INVALID invariant member needs role');
  expect(codeOf(() => bind({ kind: 'unchanged', query }, { rol: 1 }, { params: [] }))).toContain(
    'SPEC_INVALID invariant member has no parameter rol',
  );
  expect(codeOf(() => bindInvariants([{ name: 'nobody', params: {}, where }], new Map(), {}, {}, LIMITS))).toContain(
    'SPEC_INVALID there is no invariant called nobody',
  );
});
