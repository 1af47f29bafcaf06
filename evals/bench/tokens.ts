// What a page costs to look at: o200k tokens of our description and of Playwright's AI snapshot, and milliseconds of each.
//   node evals/bench/tokens.ts [looks=11] [--mcp <folder with @playwright/mcp installed>] [--show]
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
import { openMcp } from './mcp.ts';
import { pages } from './pages.ts';

const looks = Number(/^\d+$/.test(process.argv[2] ?? '') ? process.argv[2] : 11);
const mcpAt = process.argv.indexOf('--mcp');
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
const mcp = mcpAt < 0 ? undefined : await openMcp(process.argv[mcpAt + 1]!, findBrowser({ config, env: process.env }).executable);
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
    const times = { ours: [] as number[], page: [] as number[], theirs: [] as number[] };
    await mcp?.go(`${base}/${index}`);
    const told = mcp ? tokens(await mcp.snapshot()) : undefined;
    let described = '';
    let snapshot = '';
    // One after the other: a snapshot of seconds and megabytes leaves a heap behind that the next look would pay for.
    for (let look = 0; look <= looks; look++) {
      const begin = performance.now();
      const observation = await session.observe();
      if (look > 0) times.page.push(observation.ms);
      described = printLines(pageLines(observation));
      if (look > 0) times.ours.push(performance.now() - begin);
    }
    for (let look = 0; look <= looks; look++) {
      const begin = performance.now();
      snapshot = await page.ariaSnapshot({ mode: 'ai' });
      if (look > 0) times.theirs.push(performance.now() - begin);
    }
    const [our, their] = [tokens(described), tokens(snapshot)];
    const share = (of: number): string => `${((our / of) * 100).toFixed(1)} %`;
    rows.push([name, elements, our, their, share(their), ...(told === undefined ? [] : [told, share(told)]), median(times.ours).toFixed(1), Math.min(...times.ours).toFixed(1), median(times.theirs).toFixed(1)]);
    if (process.argv.includes('--show')) console.log(`${described}\n`);
    await session.close();
    await page.close();
  }
} finally {
  mcp?.close();
  await Promise.all([ours.close(), theirs.close()]);
  site.close();
}

await keepResults('What a page costs to look at', `node evals/bench/tokens.ts${mcp ? ' --mcp <folder>' : ''}`, `
o200k tokens of the whole page as it is told to an agent, and milliseconds of ${looks} looks each, text included. Playwright's snapshot does not see closed shadow roots; ours does.

${table(['page', 'elements', 'ours, tokens', 'Playwright AI snapshot, tokens', 'share', ...(mcp ? ['Playwright MCP, tokens', 'share'] : []), 'ours, ms', 'ours, least ms', 'Playwright, ms'], rows)}
`);
