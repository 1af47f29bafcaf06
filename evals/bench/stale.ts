// A page that changes between the look and the press: how soon a target that is no longer itself is noticed, and what was pressed; beside a ref of Playwright MCP and a recorded action of Stagehand.
//   node evals/bench/stale.ts [times=20] [--mcp <folder>] [--stagehand <folder>] [--browser <chromium>]
import { tmpdir } from 'node:os';
import { launchBrowser } from '../../src/browser/host.ts';
import { keepResults, median, table } from './figures.ts';
import { benchArguments, openPeers } from './peers.ts';
import { refAfter } from './point.ts';
import { CHANGES, TARGET, type Change, openStalePage } from './stale-page.ts';

const { count: times, config, executable, command, browser: whole, ...folders } = benchArguments(20);
const site = await openStalePage();
const browser = await launchBrowser({ config, hosts: ['127.0.0.1'], env: process.env });
const pointed = (told: string): string | undefined => refAfter(told, /Remove Bo\b/, /button:? "?Remove Bo/);
const { mcp, stagehand, notes, close } = await openPeers({ ...folders, executable }, pointed);

/** What became of one press: whether its side says that it was done, and after which time. */
interface Pressed {
  ok: boolean;
  ms: number;
}
/** Opens the page, looks at it, lets it change, and presses what it saw. */
type Side = (change: () => Promise<void>) => Promise<Pressed>;

const clocked = async (press: () => Promise<boolean>): Promise<Pressed> => {
  const begin = performance.now();
  const ok = await press();
  return { ok, ms: performance.now() - begin };
};

const sides: Record<string, Side> = {
  ours: async (change) => {
    const session = await browser.openActor({
      actor: 'someone',
      baseUrl: site.base,
      origins: [site.base],
      start: '/',
      correlation: () => ({}),
      serviceWorkers: 'allow',
      viewport: config.viewport,
      downloadsDir: tmpdir(),
      filesDir: tmpdir(),
      onRequest: () => undefined,
      onPageEvent: () => undefined,
      mask: (text) => text,
    });
    const seen = await session.observe();
    const target = seen.candidates.find(({ name }) => name === TARGET)!;
    await change();
    const { ok, ms } = await session.act({ kind: 'click', target: target.id }, seen, {
      valueOf: () => '',
      signal: AbortSignal.timeout(10_000),
      settleMs: 2000,
    });
    await session.close();
    return { ok, ms };
  },
};
if (mcp) {
  sides['Playwright MCP'] = async (change) => {
    await mcp.go(site.base);
    const ref = pointed(await mcp.snapshot())!;
    await change();
    return clocked(() => mcp.click(ref));
  };
}
if (stagehand) {
  sides['Stagehand'] = async (change) => {
    await stagehand.go(site.base);
    const [recorded] = await stagehand.observe(TARGET);
    await change();
    return clocked(() => stagehand.act(recorded!));
  };
}

interface Trial extends Pressed {
  change: Change;
  visit: number;
}
const trials = new Map<string, Trial[]>(Object.keys(sides).map((name) => [name, []]));
try {
  for (const change of CHANGES) {
    for (let count = 0; count < times; count++) {
      for (const [name, side] of Object.entries(sides)) {
        let visit = -1;
        const pressed = await side(() => site.change((visit = site.visit()), change.script));
        trials.get(name)!.push({ ...pressed, change, visit });
      }
    }
  }
  // A press is told to the server a moment later; whoever can answer from another page has told it.
  await Promise.all([mcp?.go('about:blank'), stagehand?.go('about:blank')]);
} finally {
  await Promise.all([close(), browser.close()]);
  site.close();
}

const wrong = ({ visit }: Trial): boolean => site.pressed(visit).some((text) => text !== TARGET);
const right = (trial: Trial): boolean =>
  !wrong(trial) && trial.ok === trial.change.stays && site.pressed(trial.visit).length === (trial.change.stays ? 1 : 0);
const of = (name: string, change: Change): Trial[] => trials.get(name)!.filter((trial) => trial.change === change);
const noticed = (change: Change): string[] => {
  const took = of('ours', change)
    .filter(({ ok }) => !ok)
    .map(({ ms }) => ms);
  return took.length > 0 ? [median(took).toFixed(0), Math.max(...took).toFixed(0)] : ['–', '–'];
};
const peers = Object.keys(sides).slice(1);
await keepResults(
  `Targets that are no longer themselves${whole ? ', in a whole Chromium' : ''}`,
  command('stale.ts'),
  `
The page changes between the look and the press. Right: pressed where the target is still itself, held back where it is not. ${times} times each; milliseconds from the decision until a miss was noticed.
${peers.length > 0 ? `Playwright MCP presses a ref of its snapshot, Stagehand carries out again what its \`observe\` wrote down; a press that lands on what covers the target counts as wrong, and "said done" counts wrong presses that were told as done. ${notes.join(' ')}\n` : ''}
${table(
  [
    '',
    'should be',
    'right',
    'wrong control pressed',
    'noticed after ms, median',
    'longest',
    ...peers.flatMap((name) => [`${name}: right`, 'wrong pressed', 'said done']),
  ],
  CHANGES.map((change) => [
    change.name,
    change.stays ? 'pressed' : 'held back',
    `${of('ours', change).filter(right).length} of ${times}`,
    of('ours', change).filter(wrong).length,
    ...noticed(change),
    ...peers.flatMap((name) => [
      `${of(name, change).filter(right).length} of ${times}`,
      of(name, change).filter(wrong).length,
      of(name, change).filter((trial) => wrong(trial) && trial.ok).length,
    ]),
  ]),
)}
`,
);
