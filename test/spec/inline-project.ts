import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { ProbeFace } from '../../src/core/probe.ts';
import type { Project } from '../../src/core/project.ts';
import { loadProject } from '../../src/spec/load.ts';

/** Small faces of probes: what the loader must know of them. */
export const faces: ProbeFace[] = [
  {
    name: 'sql',
    about: 'Rows of a database',
    settings: z.union([z.strictObject({ sqlite: z.string() }), z.strictObject({ postgres: z.url(), poolSize: z.int().optional() })]),
    query: z.strictObject({ query: z.string(), with: z.record(z.string(), z.unknown()).optional(), limit: z.int().positive().optional() }),
  },
  {
    name: 'mail',
    about: 'Mails that were sent',
    settings: z.strictObject({ url: z.string() }),
    query: z.strictObject({ to: z.string().optional(), subject: z.string().optional() }),
  },
  {
    name: 'http',
    about: 'An answer of the application',
    query: z.strictObject({ get: z.string(), headers: z.record(z.string(), z.string()).optional() }),
  },
];

export const CONFIG = `targets:
  local: { url: "http://127.0.0.1:1" }
connections:
  app: { sql: { sqlite: "\${app.db}" } }
  post: { mail: { url: "http://127.0.0.1:2" } }
secrets:
  PASSWORD: { generate: true }
`;

export const INVARIANTS = `member:
  says: \${email} is an active \${role}
  params: [email, role]
  eventually:
    sql: { on: app, query: "select role from members where email = :email", with: { email: "\${email}" } }
    expect: [ { role: "\${role}" } ]
untouched:
  says: nobody else changed
  unchanged: { sql: { on: app, query: "select 1" } }
`;

export const FIXTURES = `org:
  do: { http: { url: "\${target.url}/seed", json: { run: "\${run.id}" } } }
`;

export const INTENT = `intent: Invite a teammate
given: { org: org }
then:
  - member: { email: a@example.test, role: editor }
`;

export interface Loaded {
  project: Project | undefined;
  /** "intents/a.intent.yaml:3:5 message (hint)", warnings begin with "warning ". */
  said: string[];
  dir: string;
}

/** Loads a project of these files; what is not given is a small project that is right. */
export async function loadInline(
  files: Record<string, string | Uint8Array>,
  env: Record<string, string | undefined> = {},
): Promise<Loaded> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'intentwright-spec-')));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const all = {
    'intentwright.config.yaml': CONFIG,
    'invariants/members.yaml': INVARIANTS,
    'intents/fixtures/org.yaml': FIXTURES,
    'intents/a.intent.yaml': INTENT,
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    if (content === '') continue;
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
  const { project, problems } = await loadProject({ root: dir, probes: faces, env });
  const said = problems.map(
    ({ where, message, hint, severity }) =>
      `${severity === 'warning' ? 'warning ' : ''}${relative(dir, resolve(where.file)).replaceAll('\\', '/')}:${where.line}:${where.col} ${message}${hint ? ` (${hint})` : ''}`,
  );
  return { project, said: said.map((line) => line.replaceAll(relative(process.cwd(), dir), '.')), dir };
}

/** What is said of one intent file's text, without the file's name. */
export const saidOfIntent = async (text: string | Uint8Array, env?: Record<string, string | undefined>): Promise<string[]> =>
  (await loadInline({ 'intents/a.intent.yaml': text }, env)).said.map((line) => line.replace('intents/a.intent.yaml:', ''));

export const saidOfInvariants = async (text: string, env?: Record<string, string | undefined>): Promise<string[]> =>
  (await loadInline({ 'invariants/members.yaml': INVARIANTS, 'invariants/x.yaml': text }, env)).said.map((line) =>
    line.replace('invariants/x.yaml:', ''),
  );

export const saidOfFixtures = async (text: string): Promise<string[]> =>
  (await loadInline({ 'intents/fixtures/x.yaml': text })).said.map((line) => line.replace('intents/fixtures/x.yaml:', ''));

export const saidOfConfig = async (text: string, env?: Record<string, string | undefined>): Promise<string[]> =>
  (await loadInline({ 'intentwright.config.yaml': text }, env)).said
    .filter((line) => line.includes('intentwright.config.yaml:'))
    .map((line) => line.replace('intentwright.config.yaml:', ''));
