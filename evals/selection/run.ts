// Does selection choose what a change breaks, and spare the rest? Each seeded defect as a change to its files, and harmless changes. Writes table.md beside itself.
//   node evals/selection/run.ts
// Footprints come from a green run of everything; one is made when there is none.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Project } from '../../src/core/project.ts';
import { openHistory } from '../../src/history/store.ts';
import { probes } from '../../src/oracle/probes/index.ts';
import type { Signal } from '../../src/runner/select/evidence.ts';
import { readSelection } from '../../src/runner/select/select-here.ts';
import { type SelectionMade, selectIntents } from '../../src/runner/select/select.ts';
import { loadProject } from '../../src/spec/load.ts';
import { root, runSuite, share } from '../suite.ts';
import { defectChanges, type EvalChange, harmlessChanges } from './changes.ts';

const WAYS: { name: string; signals?: Signal[] }[] = [
  { name: 'everything' },
  { name: 'without `watch`', signals: ['observed', 'rules'] },
  { name: '`watch` alone', signals: ['watch'] },
];

const expectedText = parse(readFileSync(join(root, 'evals/defects-expected.yaml'), 'utf8')) as Record<
  string,
  string[] | { intents?: string[]; red?: string[] }
>;
const expected = (defect: string): string[] => {
  const entry = expectedText[defect];
  return Array.isArray(entry) ? entry : (entry?.intents ?? entry?.red ?? []);
};

const copy = mkdtempSync(join(tmpdir(), 'selection-eval-'));
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Eval', '-c', 'user.email=eval@example.test', '-c', 'commit.gpgsign=false', ...args], {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
try {
  const project = await copyRepository();
  const past = await greenPast(project);
  const results = new Map<string, { change: EvalChange; made: SelectionMade }[]>();
  for (const change of [...defectChanges, ...harmlessChanges]) {
    commit(change);
    const { facts, given } = await readSelection({ project, past, env: {}, base: 'main', now: Date.now() });
    for (const { name, signals } of WAYS) {
      const rows = results.get(name) ?? [];
      rows.push({ change, made: selectIntents(facts, { ...given, ...(signals ? { signals } : {}) }) });
      results.set(name, rows);
    }
    process.stderr.write('.');
  }
  const text = table(project, results);
  writeFileSync(new URL('./table.md', import.meta.url), text);
  console.log(text.split('\n').slice(0, 24).join('\n'));
  const missed = results.get('everything')!.filter(({ change, made }) => change.kind === 'defect' && missing(change, made).length > 0);
  process.exitCode = missed.length > 0 || savedShare(results.get('everything')!) < 0.6 ? 1 : 0;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** The repository as it stands, committed in a folder of its own. */
async function copyRepository(): Promise<Project> {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)));
  for (const path of files) cpSync(join(root, path), join(copy, path));
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'all');
  const { project, problems } = await loadProject({ root: copy, probes, env: process.env });
  if (!project) throw new Error(problems.map(({ message }) => message).join('\n'));
  return project;
}

type Past = Parameters<typeof readSelection>[0]['past'];

async function greenPast(project: Project): Promise<Past> {
  const file = join(root, '.intentwright/history.sqlite');
  const read = (): Past | undefined => {
    if (!existsSync(file)) return undefined;
    const history = openHistory(file);
    const kept = new Map(
      project.intents.map(({ id }) => [id, history.footprint(id, project.config.defaultTarget) as { surface?: unknown } | undefined]),
    );
    history.close();
    // All just ran and were green: age and failures are the same for everybody, and the choice rests on the evidence alone.
    return [...kept.values()].every((footprint) => footprint?.surface !== undefined)
      ? { footprint: (id) => kept.get(id), past: () => [{ startedAt: new Date().toISOString(), status: 'passed' }] }
      : undefined;
  };
  const known = read();
  if (known) return known;
  console.log('no footprints of a green run are kept: running everything once');
  const { output } = await runSuite({});
  const fresh = read();
  if (!fresh) throw new Error(`not every journey was green:\n${output.slice(-1500)}`);
  return fresh;
}

function commit(change: EvalChange): void {
  git('checkout', '-q', '-B', 'change', 'main');
  for (const [path, text] of Object.entries(change.files)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  git('add', '--', ...Object.keys(change.files));
  git('commit', '-q', '-m', change.name);
}

function chosen(made: SelectionMade): string[] {
  return made.intents.filter((intent) => intent.chosen).map(({ id }) => id);
}

function missing(change: EvalChange, made: SelectionMade): string[] {
  const ids = chosen(made);
  return expected(change.name).filter((id) => !ids.includes(id));
}

/** Share of intent runs that harmless changes did not cost. */
function savedShare(rows: readonly { change: EvalChange; made: SelectionMade }[]): number {
  const harmless = rows.filter(({ change }) => change.kind !== 'defect');
  return (
    harmless.reduce((sum, { made }) => sum + made.intents.length - chosen(made).length, 0) /
    harmless.reduce((sum, { made }) => sum + made.intents.length, 0)
  );
}

function table({ intents }: Project, results: Map<string, { change: EvalChange; made: SelectionMade }[]>): string {
  const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
  const ways = [...results].map(([name, rows]) => {
    const defects = rows.filter(({ change }) => change.kind === 'defect');
    const wanted = defects.reduce((sum, { change }) => sum + expected(change.name).length, 0);
    const hit = defects.reduce((sum, { change, made }) => sum + expected(change.name).length - missing(change, made).length, 0);
    const noticed = defects.filter(({ change, made }) => missing(change, made).length < expected(change.name).length).length;
    const cost = defects.reduce((sum, { made }) => sum + chosen(made).length, 0) / (defects.length * intents.length);
    return `| ${name} | ${share(noticed, defects.length)} | ${share(hit, wanted)} | ${percent(1 - cost)} | ${percent(savedShare(rows))} |`;
  });
  const all = results.get('everything')!;
  const kinds = [...new Set(harmlessChanges.map(({ kind }) => kind))].map((kind) => {
    const rows = all.filter(({ change }) => change.kind === kind);
    return `| ${kind} | ${rows.length} | ${percent(savedShare(rows))} |`;
  });
  const critical = intents.filter(({ priority }) => priority === 'critical').length;
  return [
    '# Selection: what a change chooses',
    '',
    `Generated by \`node evals/selection/run.ts\`: each of the ${defectChanges.length} seeded defects as a change to the files it lives in, and ${harmlessChanges.length} harmless changes, committed one by one and compared with their base.`,
    `${intents.length} intents, of which ${critical} are critical and always run: no change can spare more than ${percent(1 - critical / intents.length)}.`,
    '',
    '| evidence | defects whose intent is chosen | intents that must notice, chosen | runs spared under defects | runs spared under harmless changes |',
    '|---|---|---|---|---|',
    ...ways,
    '',
    '| harmless change | how many | runs spared |',
    '|---|---|---|',
    ...kinds,
    '',
    '## Every change',
    '',
    '| change | kind | chosen | not spared and not critical | strongest reason |',
    '|---|---|---|---|---|',
    ...all.map(({ change, made }) => {
      const extra = made.intents.filter((intent) => intent.chosen && intent.priority !== 'critical');
      const lost = change.kind === 'defect' ? missing(change, made) : [];
      return `| ${change.name.replace(/^.*?: /, '')} | ${change.kind} | ${chosen(made).length} of ${intents.length}${lost.length > 0 ? ` **missed ${lost.join(', ')}**` : ''} | ${extra.length > 8 ? `${extra.length} intents` : extra.map(({ id }) => id).join(', ') || '–'} | ${(made.intents.find((intent) => intent.reasons.length > 0)?.reasons[0]?.says ?? made.files[0]?.why ?? '').replaceAll('|', '\\|')} |`;
    }),
    '',
  ].join('\n');
}
