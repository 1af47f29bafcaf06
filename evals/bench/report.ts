// Reports of very large runs: how long they take to write, how much memory, and how soon the overview can be used in Chromium.
//   node evals/bench/report.ts [sizes=1000,10000] [--built]
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { findBrowser } from '../../src/browser/find.ts';
import type { EventBody } from '../../src/core/events.ts';
import { keepResults, median, table } from './figures.ts';
import { cli } from './timed.ts';

const args = process.argv.slice(2);
const sizes = (args.find((arg) => /^[\d,]+$/.test(arg)) ?? '1000,10000').split(',').map(Number);
const built = args.includes('--built');
const STEPS = 10;
/** Every so many is red. */
const RED = 8;

/** One journey as a real one is told: ten steps of two actions, thirty requests, six invariants of eight readings. */
function* journey(id: string, red: boolean): Generator<EventBody> {
  const here = { intent: id, attempt: 1 };
  yield { type: 'intent-start', ...here, workflow: `iw${id}` };
  yield {
    type: 'fixture-end',
    ...here,
    fixture: 'org-with-admin',
    alias: 'org',
    phase: 'set-up',
    ok: true,
    durationMs: 120,
    outputs: ['id', 'admin'],
  };
  const names = ['order-stored', 'one-mail', 'entitled', 'recorded', 'nobody-else-changed', 'no-failed-jobs'];
  for (const name of names)
    yield {
      type: 'invariant-start',
      ...here,
      bound: {
        id: name,
        name,
        says: `${name} of ${id} holds`,
        mode: { kind: 'eventually' },
        withinMs: 10_000,
        settleMs: 1000,
        blindMs: 5000,
        builtin: false,
      },
    };
  for (const name of names) yield reading(name, 40, 'baseline', []);
  let request = 0;
  for (let step = 0; step < STEPS; step++) {
    const at = { ...here, step, actor: 'admin' };
    yield { type: 'step-start', ...at, text: `Do part ${step + 1} of ${id} with "a value" and "another"`, tries: false };
    for (let act = 0; act < 2; act++) {
      yield {
        type: 'observation-taken',
        ...at,
        path: `/o/acme/part/${step}`,
        title: `Part ${step} · Acme`,
        candidates: 34,
        notices: act ? [{ kind: 'toast', text: `Part ${step + 1} saved` }] : [],
        added: Array.from({ length: 8 }, (_, line) => `${line} button "Something to press ${line}"`),
        removed: [],
        cut: [],
        ms: 3,
        digest: 'abcdef',
        status: 200,
      };
      yield {
        type: 'decision-made',
        ...at,
        agent: 'replay',
        kind: 'act',
        action: 'click button "Save"',
        target: { role: 'button', name: 'Save', landmark: 'main' },
        why: 'recorded action',
        confidence: 1,
        ms: 0.4,
      };
      const requests = [++request, ++request];
      for (const [index, one] of requests.entries())
        yield {
          type: 'request-seen',
          ...at,
          at: 100 * step,
          request: {
            id: one,
            method: index ? 'GET' : 'POST',
            url: `http://127.0.0.1:4101/o/acme/part/${step}`,
            template: '/o/:id/part/:n',
            status: index ? 200 : 303,
            ms: 20,
            kind: index ? 'document' : 'fetch',
            changes: !index,
            own: true,
          },
        };
      yield {
        type: 'action-end',
        ...at,
        agent: 'replay',
        action: 'click',
        line: 'click button "Save"',
        target: { role: 'button', name: 'Save', landmark: 'main' },
        ok: true,
        effect: 'write',
        committed: true,
        requests,
        events: [],
        navigated: true,
        ms: 60,
      };
    }
    yield { type: 'step-end', ...at, status: 'done', why: 'all recorded actions are done', durationMs: 240, by: 'replay' };
  }
  yield { type: 'journey-end', ...here, conduct: { kind: 'carried-out' }, at: 2600 };
  for (const [index, name] of names.entries()) {
    const broken = red && index === 0;
    for (let n = 0; n < 6; n++)
      yield reading(name, 2600 + n * 200, 'poll', broken ? [] : [{ role: 'editor', status: n < 3 ? 'pending' : 'active', id }]);
    yield reading(name, 4800, 'final', broken ? [] : [{ role: 'editor', status: 'active', id }]);
    yield {
      type: 'invariant-end',
      ...here,
      verdict: {
        invariant: name,
        name,
        says: `${name} of ${id} holds`,
        mode: 'eventually',
        status: broken ? 'violated' : 'held',
        reason: broken ? 'did-not-converge' : 'converged',
        vacuous: false,
        flipped: !broken,
        builtin: false,
        expected: '[{role: editor, status: active}]',
        found: broken ? 'nothing ([])' : '[{…}]',
        diff: [],
        value: [],
        readings: 8,
        unreadable: 0,
        convergedMs: 600,
        blindMs: 0,
        decidedAt: 4800,
        where: { file: 'invariants/a.yaml', line: 3, col: 1 },
      },
    };
  }
  yield {
    type: 'intent-end',
    ...here,
    status: red ? 'failed' : 'passed',
    reason: red ? 'violated' : 'all-proven',
    ...(red ? { cause: 'product', causeWhy: `invariant order-stored is violated although the journey was carried out` } : {}),
    conduct: { kind: 'carried-out' },
    durationMs: 4900,
  };

  function reading(invariant: string, at: number, phase: 'baseline' | 'poll' | 'final', value: unknown): EventBody {
    return { type: 'reading-taken', ...here, invariant, reading: { at, phase, ms: 2, value } };
  }
}

async function writeJournal(file: string, count: number): Promise<void> {
  const out = createWriteStream(file);
  let seq = 0;
  const write = async (body: EventBody): Promise<void> => {
    const t = seq * 0.4;
    if (!out.write(`${JSON.stringify({ v: 1, seq: seq++, time: new Date(1_795_000_000_000 + t).toISOString(), t, ...body })}\n`))
      await once(out, 'drain');
  };
  const ids = Array.from({ length: count }, (_, index) => `journey-${String(index + 1).padStart(5, '0')}`);
  await write({
    type: 'run-start',
    run: 'large',
    startedAt: new Date(1_795_000_000_000).toISOString(),
    version: '0.1.0',
    node: process.version,
    platform: 'linux',
    target: { name: 'shop', url: 'http://127.0.0.1:4101', production: false },
    mode: 'nightly',
    agents: ['replay', 'relocate', 'builtin'],
    frozen: false,
    ci: true,
    command: 'intentwright run',
    commit: 'abcdef0123456789',
    intents: ids.map((id, index) => ({
      id,
      title: `Journey ${index + 1}: somebody does something that matters`,
      priority: 'normal',
      owner: `@team-${index % 7}`,
      touches: ['mail'],
      where: { file: `intents/${id}.intent.yaml`, line: 1, col: 1 },
      steps: Array.from({ length: STEPS }, (_, step) => ({ actor: 'admin', text: `Do part ${step + 1}`, tries: false, line: step + 3 })),
    })),
  });
  for (const [index, id] of ids.entries()) for (const body of journey(id, index % RED === 0)) await write(body);
  await write({ type: 'run-end', exitCode: 1, durationMs: seq * 0.4 });
  out.end();
  await once(out, 'finish');
}

interface Figures {
  count: number;
  journalMB: number;
  wallMs: number;
  peakMiB: number;
  interactiveMs: number;
  searchMs: number;
  summaryKiB: number;
}

async function measure(count: number): Promise<Figures> {
  const project = await mkdtemp(join(tmpdir(), 'iw-bench-report-'));
  try {
    const run = join(project, '.intentwright/runs/large');
    await mkdir(run, { recursive: true });
    await writeFile(join(project, 'intentwright.config.yaml'), 'targets: { shop: { url: "http://127.0.0.1:4101" } }\n');
    await writeJournal(join(run, 'events.jsonl'), count);
    const peak = join(project, 'peak');
    const begin = performance.now();
    const child = spawn(
      process.execPath,
      ['--import', fileURLToPath(new URL('peak.mjs', import.meta.url)), cli(built), 'report', 'large', '--reports', 'ctrf,github,gitlab'],
      { cwd: project, env: { ...process.env, NO_COLOR: '1', BENCH_PEAK: peak, CI: '' }, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const [code] = (await once(child, 'close')) as [number];
    const wallMs = performance.now() - begin;
    if (code !== 0) throw new Error(`the report of ${count} ended with ${code}`);
    const shown = await inChromium(join(run, 'html/index.html'));
    return {
      count,
      wallMs,
      ...shown,
      journalMB: (await stat(join(run, 'events.jsonl'))).size / 1e6,
      peakMiB: Number(await readFile(peak, 'utf8')) / 1024,
      summaryKiB: (await stat(join(run, 'github-summary.md'))).size / 1024,
    };
  } finally {
    await rm(project, { recursive: true, force: true });
  }
}

/** From the address until the search can be typed into and answers; medians of five fresh pages. */
async function inChromium(file: string): Promise<{ interactiveMs: number; searchMs: number }> {
  const found = findBrowser({ config: { channel: 'auto', headless: true }, env: process.env });
  const browser = await chromium.launch({ ...(found.executable ? { executablePath: found.executable } : {}), args: ['--no-sandbox'] });
  try {
    const ready: number[] = [];
    const search: number[] = [];
    for (let round = 0; round < 5; round++) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      const begin = performance.now();
      await page.goto(pathToFileURL(file).href, { waitUntil: 'commit' });
      await page.locator('.filters:not([hidden]) #search').waitFor();
      // Answered by the page itself: its main thread is free.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(undefined))));
      ready.push(performance.now() - begin);
      const asked = performance.now();
      await page.locator('#search').fill('Journey 7:');
      await page.locator('.found:not([hidden])').waitFor();
      search.push(performance.now() - asked);
      await page.close();
    }
    return { interactiveMs: median(ready), searchMs: median(search) };
  } finally {
    await browser.close();
  }
}

const rows: Figures[] = [];
for (const count of sizes) rows.push(await measure(count));
await keepResults(
  'Reports of large runs',
  `node evals/bench/report.ts${built ? ' --built' : ''}`,
  `
Journeys of ten steps, twenty actions, forty requests and six invariants of eight readings; one in ${RED} is red. Written from the journal alone by \`intentwright report\`: result, JUnit, Markdown, HTML, CTRF, GitLab and GitHub.
Wall time is the whole process. Interactive: from the address until the overview's search can be used; the search is one keystroke's answer over the whole list.

${table(
  ['journeys', 'journal MB', 'wall s', 'peak MiB', 'overview interactive ms', 'search ms', 'GitHub summary KiB'],
  rows.map((one) => [
    one.count,
    one.journalMB.toFixed(0),
    (one.wallMs / 1000).toFixed(1),
    one.peakMiB.toFixed(0),
    one.interactiveMs.toFixed(0),
    one.searchMs.toFixed(0),
    one.summaryKiB.toFixed(0),
  ]),
)}
`,
);
