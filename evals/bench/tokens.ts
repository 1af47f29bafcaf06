// What a page costs to look at: o200k tokens of our description and of Playwright's AI snapshot, and milliseconds of each.
//   node evals/bench/tokens.ts [looks=11]
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { getEncoding } from 'js-tiktoken';
import { chromium } from 'playwright';
import { findBrowser } from '../../src/browser/find.ts';
import { launchBrowser } from '../../src/browser/host.ts';
import { pageLines, printLines } from '../../src/core/describe-observation.ts';
import type { Config } from '../../src/core/config.ts';
import { keepResults, median, table } from './figures.ts';
import { pages } from './pages.ts';

const looks = Number(process.argv[2] ?? 11);
const config: Config['browser'] = { channel: 'headless-shell', headless: true, serviceWorkers: 'allow', viewport: { width: 1280, height: 720 }, locale: 'en-GB', timezone: 'UTC' };
const encoder = getEncoding('o200k_base');
const tokens = (text: string): number => encoder.encode(text, 'all').length;

const site = createServer((request, response) => {
  const page = pages[Number(request.url?.slice(1))];
  response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(page?.html ?? 'not found');
});
await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;

const ours = await launchBrowser({ config, hosts: ['127.0.0.1'], env: process.env });
const theirs = await chromium.launch({ executablePath: findBrowser({ config, env: process.env }).executable, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const rows: (string | number)[][] = [];
try {
  for (const [index, { name }] of pages.entries()) {
    const session = await ours.openActor({
      actor: 'reader', baseUrl: base, origins: [base], start: `/${index}`, correlation: () => ({}), serviceWorkers: 'allow', viewport: config.viewport,
      downloadsDir: tmpdir(), filesDir: tmpdir(), onRequest: () => undefined, onPageEvent: () => undefined, mask: (text) => text,
    });
    const page = await theirs.newPage({ viewport: config.viewport });
    await page.goto(`${base}/${index}`);
    const elements = await page.locator('*').count();
    const times = { ours: [] as number[], theirs: [] as number[] };
    let described = '';
    let snapshot = '';
    for (let look = 0; look <= looks; look++) {
      let begin = performance.now();
      described = printLines(pageLines(await session.observe()));
      if (look > 0) times.ours.push(performance.now() - begin);
      begin = performance.now();
      snapshot = await page.ariaSnapshot({ mode: 'ai' });
      if (look > 0) times.theirs.push(performance.now() - begin);
    }
    const [our, their] = [tokens(described), tokens(snapshot)];
    rows.push([name, elements, our, their, `${((our / their) * 100).toFixed(1)} %`, median(times.ours).toFixed(1), median(times.theirs).toFixed(1)]);
    if (process.argv.includes('--show')) console.log(`${described}\n`);
    await session.close();
    await page.close();
  }
} finally {
  await Promise.all([ours.close(), theirs.close()]);
  site.close();
}

await keepResults('What a page costs to look at', 'node evals/bench/tokens.ts', `
o200k tokens of the whole page as it is told to an agent, and median milliseconds of ${looks} looks in turns. Playwright's snapshot does not see closed shadow roots; ours does.

${table(['page', 'elements', 'ours, tokens', 'Playwright AI snapshot, tokens', 'share', 'ours, ms', 'Playwright, ms'], rows)}
`);
