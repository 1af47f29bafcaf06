// Makes the pictures of docs/: a run of the demo that passes and one that is broken on purpose, as their reports show them, in light and dark.
//   node scripts/pictures.mjs [--look FOLDER]     with --look: whole pages at phone, laptop and wide sizes, for somebody to look at
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { findBrowser } from '../src/browser/find.ts';

const root = new URL('..', import.meta.url);
const look = process.argv.includes('--look') ? process.argv[process.argv.indexOf('--look') + 1] : undefined;
const folder = look ?? fileURLToPath(new URL('docs/', root));
const SIZES = look ? { phone: [390, 844], laptop: [1280, 800], wide: [1920, 1080] } : { '': [1280, 880] };
const DEFECTS = 'invite-role-lost,optimistic-success,import-not-indexed,cross-tenant-delete';

/** Runs the demo and says where its report is. The green run comes first: the red one is compared with it. */
function run(...flags) {
  spawnSync(process.execPath, ['src/cli/main.ts', 'demo', ...flags], {
    cwd: fileURLToPath(root),
    stdio: 'inherit',
    env: { ...process.env, CI: 'true' },
  });
  const { run: id } = JSON.parse(readFileSync(new URL('.intentwright/runs/latest/run.json', root), 'utf8'));
  return new URL(`.intentwright/runs/${id}/html/`, root);
}

const reports = process.env.REPORTS ? JSON.parse(process.env.REPORTS) : { passed: run().href, failed: run('--defects', DEFECTS).href };
console.log(`REPORTS='${JSON.stringify(reports)}'`);

const { executable } = findBrowser({ config: { channel: 'auto', headless: true }, env: process.env });
const browser = await chromium.launch({ executablePath: executable, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
mkdirSync(folder, { recursive: true });
for (const [status, report] of Object.entries(reports)) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [size, [width, height]] of Object.entries(SIZES)) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      for (const [name, path] of Object.entries({ overview: 'index.html', intent: 'intents/invite-editor.html' })) {
        await page.goto(new URL(path, report).href);
        await page.screenshot({
          path: join(folder, `${[name, status, colorScheme, size].filter(Boolean).join('-')}.png`),
          fullPage: look !== undefined,
        });
      }
      await page.close();
    }
  }
}
await browser.close();
