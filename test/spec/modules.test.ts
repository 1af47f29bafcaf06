import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONFIG, loadInline } from './inline-project.ts';

const define = pathToFileURL(join(import.meta.dirname, '../../src/spec/define.ts')).href;

test('invariants in TypeScript mean the same as in YAML', async () => {
  const { project, said } = await loadInline({
    'invariants/code.ts': `import { defineInvariant } from '${define}';

interface Row { role: string }
const row: Row = { role: 'editor' };

export const activeEditor = defineInvariant({
  says: '\${email} is an editor',
  params: ['email'],
  eventually: { sql: { on: 'app', query: 'q', with: { email: '\${email}' } }, expect: [row] },
});
export default [
  defineInvariant({ name: 'no-rows', says: 'none', always: { sql: { on: 'app', query: 'q' }, expect: 'none' } }),
];
`,
    'intents/a.intent.yaml': 'intent: x\nthen: [ { active-editor: { email: a } }, no-rows ]\n',
  });
  expect(said).toEqual([]);
  expect(project!.invariants.get('active-editor')).toMatchObject({
    params: ['email'],
    mode: { kind: 'eventually', expect: [{ role: 'editor' }] },
    where: { line: 6 },
  });
  expect(project!.invariants.get('no-rows')!.where.line).toBe(12);
});

test('mistakes in TypeScript are told at their lines', async () => {
  const { said } = await loadInline({
    'invariants/code.ts': `import { defineInvariant } from '${define}';
export const first = defineInvariant({ says: 'x', unchanged: { sql: { query: 'q' } } });
export const second = defineInvariant({
  says: 'x',
  always: {
    sql: { on: 'ap', query: 'q' },
    expect: { n: { betwen: [1, 2] } },
  },
});
`,
  });
  expect(said).toEqual([
    'invariants/code.ts:6:12 second.always.sql.on: unknown connection "ap" (did you mean "app"?)',
    'invariants/code.ts:7:20 second.always.expect.n.betwen: unknown operator "betwen" (did you mean "between"? (data of that name is written { eq: { betwen: … } }))',
  ]);
});

test('a module that defines nothing, or cannot be run, is a problem', async () => {
  const { said } = await loadInline({
    'invariants/empty.ts': 'export const a = 1;\n',
    'invariants/throws.ts': 'throw new Error("no database here");\n',
  });
  expect(said).toEqual([
    'invariants/empty.ts:1:1 the file exports no invariant made by defineInvariant',
    'invariants/throws.ts:1:1 the file cannot be run: no database here',
  ]);
});

test('the config may be TypeScript', async () => {
  const { project, said } = await loadInline({
    'intentwright.config.yaml': '',
    'intentwright.config.ts': `import { defineConfig } from '${define}';
export default defineConfig({ targets: { local: { url: 'http://127.0.0.1:1' } }, connections: { app: { sql: { sqlite: 'x' } } }, defaults: { within: '3s' } });
`,
  });
  expect(said).toEqual([]);
  expect(project!.config.defaults.withinMs).toBe(3000);
});

test('a config in TypeScript is checked like the other', async () => {
  const { said } = await loadInline({
    'intentwright.config.yaml': '',
    'intentwright.config.ts': `import { defineConfig } from '${define}';
export default defineConfig({
  targets: { local: { url: 'http://127.0.0.1:1' } },
  connections: { app: { sql: { sqlite: 'x' } } },
  wrokers: 3,
});
`,
  });
  expect(said).toEqual(['intentwright.config.ts:5:3 unknown key "wrokers" (did you mean "workers"?)']);
  expect((await loadInline({ 'intentwright.config.yaml': '', 'intentwright.config.ts': 'export default {};\n' })).said).toEqual([
    'intentwright.config.ts:1:1 the file has no default export made by defineConfig',
  ]);
  expect(CONFIG).toContain('targets');
});
