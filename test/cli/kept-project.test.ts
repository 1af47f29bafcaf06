import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepProject, keptProject, type ReadProject } from '../../src/cli/kept-project.ts';
import { loadProject } from '../../src/spec/load.ts';
import { CONFIG, faces, FIXTURES, INTENT, INVARIANTS } from '../spec/inline-project.ts';

let root: string;
let shell: { cwd: string; env: Record<string, string | undefined> };
const configFile = () => join(root, 'intentwright.config.yaml');

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'intentwright-kept-')));
  shell = { cwd: root, env: { DATABASE_URL: 'set' } };
  await put({
    'intentwright.config.yaml': `${CONFIG}  TOKEN: { env: DATABASE_URL }\n`,
    'invariants/all.yaml': INVARIANTS,
    'intents/fixtures/org.yaml': FIXTURES,
    'intents/a.intent.yaml': `${INTENT}journey:\n  - admin: Invite a teammate\nactors:\n  admin: {}\n`,
  });
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
}

async function read(): Promise<ReadProject> {
  const { project, ...rest } = await loadProject({ root, configFile: configFile(), probes: faces, env: shell.env });
  if (!project) throw new Error(JSON.stringify(rest.problems));
  return { project, ...rest };
}

describe('a project that was read before', () => {
  it('is there again, exactly as it was read', async () => {
    expect(keptProject(configFile(), shell)).toBeUndefined();
    const before = await read();
    keepProject(before, shell);
    expect(keptProject(configFile(), shell)?.project).toStrictEqual(before.project);
  });

  it.each<[string, () => Promise<unknown> | void]>([
    ['a file was changed', () => put({ 'invariants/all.yaml': INVARIANTS.replace('active', 'former') })],
    ['a file is gone', () => rm(join(root, 'intents/fixtures/org.yaml'))],
    ['a file is new', () => put({ 'intents/deep/er/b.intent.yaml': INTENT })],
    ['there is a second config', () => put({ 'intentwright.config.ts': 'export default {}' })],
    [
      'a variable of the environment is missing',
      () => {
        shell.env['DATABASE_URL'] = undefined;
      },
    ],
    [
      'it is looked at from another folder',
      () => {
        shell.cwd = join(root, 'intents');
      },
    ],
  ])('is read anew when %s', async (_, change) => {
    keepProject(await read(), shell);
    expect(keptProject(configFile(), shell)).toBeDefined();
    await change();
    expect(keptProject(configFile(), shell)).toBeUndefined();
  });

  it('is not kept where code is part of it: what code imports may change unseen', async () => {
    const before = await read();
    keepProject({ ...before, files: [...before.files, join(root, 'invariants/more.ts')] }, shell);
    expect(keptProject(configFile(), shell)).toBeUndefined();
  });

  it('is read anew when what was kept was damaged', async () => {
    keepProject(await read(), shell);
    const place = join(root, '.intentwright/project.json');
    const kept = await readFile(place, 'utf8');
    for (const damaged of ['{"digest":', kept.replace('active', 'former')]) {
      await writeFile(place, damaged);
      expect(keptProject(configFile(), shell)).toBeUndefined();
    }
  });
});
