import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startNotes } from '../inline/notes-app.ts';
import { environment } from '../inline/run-inline.ts';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '../..');

let folder = '';
let project = '';
const nodes: Record<string, string> = { 24: process.execPath };

/** What a stranger does: packs nothing, installs the tarball in an empty folder. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'intentwright-package-'));
  project = join(folder, 'project');
  const npm = (args: string[], cwd: string) =>
    execute('npm', [...args, '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
      cwd,
      env: environment(),
      maxBuffer: 1e8,
    });
  await npm(['pack', '--pack-destination', folder], root);
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'))!;
  await execute('mkdir', [project]);
  await writeFile(join(project, 'package.json'), '{ "private": true }\n');
  await npm(['install', '--save-dev', join(folder, tarball)], project);
  await execute('mkdir', [join(folder, 'node22')]);
  await writeFile(join(folder, 'node22/package.json'), '{ "private": true, "allowScripts": { "node": true } }\n');
  await npm(['install', 'node@22'], join(folder, 'node22'));
  nodes[22] = join(folder, 'node22/node_modules/node/bin/node');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function intentwright(node: string, args: string[], cwd = project): Promise<{ code: number; stdout: string; stderr: string }> {
  const main = join(project, 'node_modules/intentwright/dist/src/cli/main.js');
  return execute(node, [main, ...args], { cwd, env: environment(), maxBuffer: 1e8 }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );
}

describe('the package, installed in an empty project', () => {
  test('is found by npx, and no larger than it must be', async () => {
    const { stdout } = await execute('npx', ['--no-install', 'intentwright', '--help'], {
      cwd: project,
      env: { ...environment(), PATH: `${join(process.execPath, '..')}:${process.env['PATH']}` },
    });
    expect(stdout).toContain('Usage: intentwright');
    const names = await readdir(join(project, 'node_modules/intentwright'));
    expect(names.toSorted()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json']);
  });

  test('offers its face with types, to code of a team’s own', async () => {
    await writeFile(join(project, 'face.mjs'), "import { defineInvariant } from 'intentwright'; console.log(typeof defineInvariant);");
    expect((await execute(nodes[24]!, ['face.mjs'], { cwd: project })).stdout).toBe('function\n');
    const manifest = JSON.parse(await readFile(join(project, 'node_modules/intentwright/package.json'), 'utf8')) as {
      exports: { '.': { types: string } };
    };
    expect(await readFile(join(project, 'node_modules/intentwright', manifest.exports['.'].types), 'utf8')).toContain('defineProbe');
  });

  test.each([22, 24])('on Node %i: init, check and a first judged intent', async (version) => {
    const node = nodes[version]!;
    expect((await execute(node, ['--version'])).stdout).toMatch(new RegExp(`^v${version}\\.`));
    const app = await startNotes();
    const own = join(project, `node${version}`);
    await execute('mkdir', [own]);
    expect(
      (
        await intentwright(
          node,
          ['init', '--url', app.url, '--title', 'Add a note', '--step', 'Add the note "${note}"', '--proof', '/api/notes', '--yes'],
          own,
        )
      ).code,
    ).toBe(0);
    expect(await intentwright(node, ['check'], own)).toMatchObject({ code: 0 });
    const ran = await intentwright(node, ['run'], own);
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('1 passed, 0 failed') });
    expect(app.notes).toHaveLength(1);
    expect(await readdir(join(own, 'intents'))).toContain('add-a-note.lock.yaml');
  });

  test('the demo runs from it, and writes only beside the person who runs it', async () => {
    const before = await readdir(join(project, 'node_modules/intentwright/dist/intents'));
    const ran = await intentwright(nodes[24]!, ['demo', 'create-project']);
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('1 passed, 0 failed') });
    expect(await readdir(join(project, 'node_modules/intentwright/dist/intents'))).toEqual(before);
    expect(await readdir(join(project, '.intentwright/runs'))).toContain('latest');
  });
});
