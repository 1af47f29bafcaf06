// Makes docs/report.png: a run of the demo that is broken on purpose, as its report shows it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { findBrowser } from '../src/browser/find.ts';

const root = new URL('..', import.meta.url);
spawnSync(process.execPath, ['src/cli/main.ts', 'demo', 'invite-editor', '--defects', 'invite-role-lost'], { cwd: fileURLToPath(root), stdio: 'inherit', env: { ...process.env, CI: 'true' } });
const { run } = JSON.parse(readFileSync(new URL('.intentwright/runs/latest/run.json', root), 'utf8'));

const { executable } = findBrowser({ config: { channel: 'auto', headless: true }, env: process.env });
const browser = await chromium.launch({ executablePath: executable, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const page = await browser.newPage({ viewport: { width: 1280, height: 880 }, colorScheme: 'light' });
await page.goto(new URL(`.intentwright/runs/${run}/html/intents/invite-editor.html`, root).href);
mkdirSync(new URL('docs/', root), { recursive: true });
await page.screenshot({ path: fileURLToPath(new URL('docs/report.png', root)) });
await browser.close();
