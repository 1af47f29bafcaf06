import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
// @ts-expect-error plain JavaScript, so that an old Node can run it
import { ensureBrowser } from '../../scripts/set-up/browser.mjs';

const repository = join(import.meta.dirname, '../..');
const kept = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
let folder = '';
let root: URL;

/** A machine without any browser, whose package manager does what the test says. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'intentwright-machine-'));
  root = pathToFileURL(`${folder}/`);
  for (const name of ['scripts', 'src']) await symlink(join(repository, name), join(folder, name));
  await mkdir(join(folder, 'node_modules'));
  await mkdir(join(folder, 'bin'));
  // Not the machine's own folders: its browsers must not be found. The fake package manager needs chmod.
  await symlink('/bin/chmod', join(folder, 'bin/chmod'));
  process.env['PATH'] = join(folder, 'bin');
  process.env['HOME'] = folder;
});
afterEach(async () => {
  Object.assign(process.env, kept);
  await rm(folder, { recursive: true, force: true });
});

async function program(name: string, script: string): Promise<void> {
  await writeFile(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'bin', name), 0o755);
}

/** `apt-get` that knows these packages, some only after an update. */
const packageManager = (known: string, afterUpdate = ''): Promise<void> =>
  program(
    'apt-get',
    `
echo "$*" >> "${folder}/apt.log"
known="${known}"; [ -f "${folder}/updated" ] && known="$known ${afterUpdate}"
case "$*" in *update*) : > "${folder}/updated"; exit 0;; esac
for last; do :; done
for name in $known; do [ "$name" = "$last" ] && { printf '#!/bin/sh\\n' > "${folder}/bin/$last"; chmod +x "${folder}/bin/$last"; exit 0; }; done
exit 100`,
  );

const log = async (): Promise<string[]> =>
  (await readFile(join(folder, 'apt.log'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.split(' ').at(-1)!);

describe('set-up, on a machine without a browser', () => {
  test('installs the headless shell, and remembers it', async () => {
    await packageManager('chromium-headless-shell chromium');
    expect(await ensureBrowser(root, process.execPath, true)).toBe(true);
    expect(await log()).toEqual(['chromium-headless-shell']);
    expect(await ensureBrowser(root, process.execPath, true)).toBe(false);
    expect(await log()).toHaveLength(1);
  });

  test('looks for newer packages, and falls back to the whole Chromium', async () => {
    await packageManager('', 'chromium');
    expect(await ensureBrowser(root, process.execPath, true)).toBe(true);
    expect(await log()).toEqual(['chromium-headless-shell', 'update', 'chromium-headless-shell', 'chromium']);
  });

  test('looks again when the browser that it remembers has gone', async () => {
    await packageManager('chromium');
    await ensureBrowser(root, process.execPath, true);
    await rm(join(folder, 'bin/chromium'));
    expect(await ensureBrowser(root, process.execPath, true)).toBe(true);
  });

  test('takes one that is there, and installs nothing', async () => {
    await program('google-chrome', '');
    expect(await ensureBrowser(root, process.execPath, true)).toBe(false);
    await expect(log()).rejects.toThrow('ENOENT');
  });

  test('says the one command when nothing helps', async () => {
    await packageManager('');
    await expect(ensureBrowser(root, process.execPath, true)).rejects.toThrow(
      /No Chromium was found.*\n\nTry: apt-get update && apt-get install -y chromium$/s,
    );
    await expect(ensureBrowser(root, process.execPath, false)).rejects.toThrow(/Try: (sudo apt-get install|npx playwright install)/);
  });
});
