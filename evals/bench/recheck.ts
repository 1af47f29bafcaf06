// What it costs to judge a large run again: the real command on a journal of 1,000 invariants with 50 readings each.
//   node evals/bench/recheck.ts [invariants=1000] [readings=50]
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { JOURNAL_VERSION } from '../../src/core/events.ts';
import type { BoundInvariant, Reading } from '../../src/core/invariant.ts';
import { judgeReadings } from '../../src/oracle/judge.ts';
import { keepResults } from './figures.ts';
import { cli, runNode } from './timed.ts';

const [invariants = 1000, readings = 50] = process.argv.slice(2).map(Number);
const END = 5000;

const bound = (index: number): BoundInvariant => ({
  id: `member ${index}`,
  name: 'member',
  says: `person ${index} is an active editor`,
  builtin: false,
  withinMs: 20_000,
  settleMs: 400,
  blindMs: 2000,
  mode: {
    kind: 'eventually',
    query: {
      probe: 'sql',
      on: 'app',
      args: { query: 'select role, status from memberships where email = :email', with: { email: `p${index}@x.test` } },
    },
    expect: [{ role: 'editor', status: 'active' }],
  },
});
const rows = (index: number, n: number, status: string) => [{ role: 'editor', status, attempts: n, email: `p${index}@x.test` }];
/** Every reading has another value, so that none is folded away. */
const timeline = (index: number): Reading[] => [
  { at: 0, ms: 3, phase: 'baseline', value: [] },
  ...Array.from(
    { length: readings - 3 },
    (_, n): Reading => ({ at: END + n * 20, ms: 3, phase: 'poll', value: rows(index, n, 'invited') }),
  ),
  { at: END + readings * 20, ms: 3, phase: 'poll', value: rows(index, readings, 'active') },
  { at: END + readings * 20 + 500, ms: 3, phase: 'final', value: rows(index, readings, 'active') },
];

const project = await mkdtemp(join(tmpdir(), 'iw-recheck-'));
try {
  const folder = join(project, '.intentwright/runs/large');
  await mkdir(folder, { recursive: true });
  await writeFile(join(project, 'intentwright.config.yaml'), 'targets: { local: { url: "http://127.0.0.1:9" } }\n');
  let seq = 0;
  const line = (body: object): string =>
    JSON.stringify({ v: JOURNAL_VERSION, seq: seq++, time: '2026-11-20T10:00:00.000Z', t: seq, ...body });
  const inIntent = { intent: 'large', attempt: 1 };
  const indexes = Array.from({ length: invariants }, (_, index) => index);
  const lines = [
    line({ type: 'intent-start', ...inIntent, workflow: 'w' }),
    ...indexes.map((index) => line({ type: 'invariant-start', ...inIntent, bound: bound(index) })),
    ...indexes.flatMap((index) =>
      timeline(index).map((reading) => line({ type: 'reading-taken', ...inIntent, invariant: `member ${index}`, reading })),
    ),
    line({ type: 'journey-end', ...inIntent, conduct: { kind: 'carried-out' }, at: END }),
    ...indexes.map((index) => line({ type: 'invariant-end', ...inIntent, verdict: judgeReadings(bound(index), timeline(index), END) })),
  ];
  const journal = join(folder, 'events.jsonl');
  await writeFile(journal, `${lines.join('\n')}\n`);
  const peak = join(project, 'peak');
  let wallMs = Number.POSITIVE_INFINITY;
  let cpuMs = Number.POSITIVE_INFINITY;
  let mib = 0;
  let output = '';
  for (let round = 0; round < 3; round++) {
    const ran = await runNode(['--import', new URL('peak.mjs', import.meta.url).href, cli(false), 'recheck', 'large'], project, {
      ...process.env,
      BENCH_PEAK: peak,
      NO_COLOR: '1',
    });
    wallMs = Math.min(wallMs, ran.wallMs);
    cpuMs = Math.min(cpuMs, Number(await readFile(`${peak}.cpu`, 'utf8')));
    mib = Math.max(mib, Number(await readFile(peak, 'utf8')) / 1024);
    ({ output } = ran);
  }
  await keepResults(
    'Judging again',
    'node evals/bench/recheck.ts',
    `
\`intentwright recheck\` on a journal of ${invariants.toLocaleString('en')} invariants with ${readings} readings each, every reading another value (${((await stat(journal)).size / 2 ** 20).toFixed(1)} MiB): the whole process, from the sources, the best of three. Load of the machine: ${loadavg()[0]!.toFixed(1)}.

${output.trim()}

| | wanted | measured |
| --- | ---: | ---: |
| wall time | < 2 s | ${(wallMs / 1000).toFixed(2)} s |
| processor time | | ${(cpuMs / 1000).toFixed(2)} s |
| peak memory | < 300 MiB | ${mib.toFixed(0)} MiB |
`,
  );
  process.exitCode = wallMs < 2000 && mib < 300 ? 0 : 1;
} finally {
  await rm(project, { recursive: true, force: true });
}
