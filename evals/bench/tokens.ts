// What a page costs to look at: o200k tokens of our description, of Playwright's AI snapshot and of what Playwright MCP and Stagehand tell a model, and milliseconds of each.
//   node evals/bench/tokens.ts [looks=11] [--mcp <folder with @playwright/mcp>] [--stagehand <folder with @browserbasehq/stagehand>] [--browser <chromium>] [--show]
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { getEncoding } from 'js-tiktoken';
import { chromium } from 'playwright';
import { launchBrowser } from '../../src/browser/host.ts';
import { pageLines, printLines } from '../../src/core/describe-observation.ts';
import { keepResults, median, table } from './figures.ts';
import { pages } from './pages.ts';
import { benchArguments, openPeers } from './peers.ts';

const { count: looks, config, executable, command, show, browser, ...folders } = benchArguments(11);
const encoder = getEncoding('o200k_base');
const tokens = (text: string): number => encoder.encode(text, 'all').length;

const site = createServer((request, response) => {
  const page = pages[Number(request.url?.slice(1))];
  response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(page?.html ?? 'not found');
});
await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;

const ours = await launchBrowser({ config, hosts: ['127.0.0.1'], env: process.env });
const theirs = await chromium.launch({ executablePath: executable, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const { mcp, stagehand, notes, close } = await openPeers({ ...folders, executable }, () => undefined);

/** A column: what is told, and the milliseconds of each look but the first. */
interface Looked {
  text: string;
  ms: number[];
}
async function look(once: () => Promise<string>): Promise<Looked> {
  const looked: Looked = { text: '', ms: [] };
  for (let count = 0; count <= looks; count++) {
    const begin = performance.now();
    looked.text = await once();
    if (count > 0) looked.ms.push(performance.now() - begin);
  }
  return looked;
}

const told: (string | number)[][] = [];
const timed: (string | number)[][] = [];
const rules: number[] = [];
try {
  for (const [index, { name }] of pages.entries()) {
    const url = `${base}/${index}`;
    const session = await ours.openActor({
      actor: 'reader',
      baseUrl: base,
      origins: [base],
      start: `/${index}`,
      correlation: () => ({}),
      serviceWorkers: 'allow',
      viewport: config.viewport,
      downloadsDir: tmpdir(),
      filesDir: tmpdir(),
      onRequest: () => undefined,
      onPageEvent: () => undefined,
      mask: (text) => text,
    });
    const page = await theirs.newPage({ viewport: config.viewport });
    await page.goto(url);
    const elements = await page.locator('*').count();
    // One after the other: a snapshot of seconds and megabytes leaves a heap behind that the next look would pay for.
    const columns = [
      await look(async () => printLines(pageLines(await session.observe()))),
      await look(() => page.ariaSnapshot({ mode: 'ai' })),
    ];
    await Promise.all([session.close(), page.close()]);
    if (mcp) {
      await mcp.go(url);
      columns.push(await look(() => mcp.snapshot()));
    }
    if (stagehand) {
      await stagehand.go(url);
      const column = await look(() => stagehand.snapshot());
      await stagehand.observe('Find the way on');
      const sent = stagehand.asked.at(-1)!;
      if (!sent.includes(column.text)) throw new Error(`${name}: Stagehand sent another page than its snapshot`);
      rules.push(tokens(sent.replace(column.text, '')));
      columns.push(column);
    }
    const [own = 0, ...others] = columns.map(({ text }) => tokens(text));
    told.push([name, elements, own, ...others.flatMap((count) => [count, `${((own / count) * 100).toFixed(1)} %`])]);
    timed.push([name, ...columns.flatMap(({ ms }) => [median(ms).toFixed(1), Math.min(...ms).toFixed(1)])]);
    if (show) console.log(`${columns.map(({ text }) => text).join('\n\n')}\n`);
  }
} finally {
  await Promise.all([close(), ours.close(), theirs.close()]);
  site.close();
}

const names = ['Playwright AI snapshot', ...(mcp ? ['Playwright MCP'] : []), ...(stagehand ? ['Stagehand'] : [])];
if (rules.length > 0) notes.push(`Stagehand's \`observe\` sends ${Math.min(...rules)} tokens of rules and schema beside the page.`);
await keepResults(
  `What a page costs to look at${browser ? ', in a whole Chromium' : ''}`,
  command('tokens.ts'),
  `
o200k tokens of the whole page as it is told to an agent. Playwright's snapshot does not see closed shadow roots; ours does. ${notes.join(' ')}

${table(['page', 'elements', 'ours, tokens', ...names.flatMap((name) => [`${name}, tokens`, 'ours to it'])], told)}

Milliseconds of ${looks} looks each, text included: median and least.

${table(['page', ...['ours', ...names].flatMap((name) => [name, 'least'])], timed)}
`,
);
