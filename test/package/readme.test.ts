import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/core/errors.ts';
import { probes } from '../../src/oracle/probes/index.ts';
import { type NotesApp, startNotes } from '../inline/notes-app.ts';
import { environment, newFolder, type Ran, runInline } from '../inline/run-inline.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** Every line of every shell block, in order. */
const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((match) => match[1]!.trim().split('\n'));

/** Commands that other tests run for real: this whole suite is one of them. */
const ELSEWHERE: Record<string, [file: string, proof: string]> = {
  'npm test': ['scripts/ci.mjs', 'runTests(root, node, [])'],
  'npm start': ['scripts/ci.mjs', "succeeds(['scripts/start.mjs'])"],
  'npm install --save-dev intentwright': ['test/package/package.test.ts', "'install', '--save-dev'"],
};

/** What a reader sees when they type it, in this order, in one project. */
const EXPECTED: Record<string, (ran: Pick<Ran, 'exitCode' | 'stdout' | 'stderr'>) => void> = {
  'npm start -- invite-editor --defects invite-role-lost': ({ exitCode, stdout }) => {
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/active editor.*viewer/);
    expect(exitCode).toBe(1);
  },
  'npm start -- invite-editor --ui dialog-became-page': passes,
  'npm start -- invite-editor --fresh': passes,
  'npx intentwright check': ({ exitCode, stdout }) =>
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('no problems') }),
  'npx intentwright explain add-a-note': ({ exitCode, stdout }) =>
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('have it done: Add') }),
  'npx intentwright run add-a-note': passes,
  'npx intentwright report --open': ({ exitCode, stdout }) =>
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('1 passed') }),
  'npx intentwright new rename-a-note --title "Rename a note"': ends(0),
  'npx intentwright prove add-a-note': ends(0),
  'npx intentwright recheck': ends(0),
  'npx intentwright accept': ends(0),
  'npx intentwright history add-a-note': ends(0),
  'npx intentwright doctor': ends(0),
  'npx intentwright schema': ends(0),
  'npx intentwright run --frozen --report intentwright-report': passes,
  'npx intentwright run --shard 1/4 --retries 1': ({ exitCode, stdout }) =>
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/\b1 passed|nothing to do/) }),
  // The other three shards are somebody else's.
  'npx intentwright merge .intentwright': ({ exitCode, stderr }) =>
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringContaining('left no journal') }),
  'npx intentwright report --why --reports ctrf,allure,gitlab,github,otlp': ({ exitCode, stdout }) =>
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('Report: ') }),
  'npx intentwright coverage': ({ exitCode, stdout }) =>
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('Covered: ') }),
  // Nothing in this project is critical, and nothing is no cover.
  'npx intentwright coverage --min-critical 100% --badge coverage.svg': ends(0),
  'npx intentwright parity snapshot --out production.yaml': ends(0),
  'npx intentwright parity --against production.yaml': ({ exitCode, stdout }) =>
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('0 different, 0 unknown') }),
  'npx intentwright select --base origin/main --explain': ({ exitCode, stdout }) =>
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('chosen for') }),
  'npx intentwright run --changed --base origin/main': passesOrSelectsNothing,
  'npx intentwright run --priority critical --touches mail': passesOrSelectsNothing,
};

function passes({ exitCode, stdout, stderr }: Pick<Ran, 'exitCode' | 'stdout' | 'stderr'>): void {
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/\b1 passed, 0 failed/),
    stderr: expect.anything(),
  });
}

function passesOrSelectsNothing(ran: Pick<Ran, 'exitCode' | 'stdout' | 'stderr'>): void {
  if (ran.stderr.includes('SPEC_EMPTY')) expect(ran.exitCode).toBe(1);
  else passes(ran);
}

function ends(code: number) {
  return ({ exitCode, stderr }: Pick<Ran, 'exitCode' | 'stderr'>) =>
    expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: expect.anything() });
}

let app: NotesApp;
let dir = '';
beforeAll(async () => {
  app = await startNotes();
  dir = await newFolder();
});

/** Makes the project a clone that is level with its origin. */
function cloneFrom(branch: string): void {
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=Robin', '-c', 'user.email=robin@example.test', '-c', 'commit.gpgsign=false', ...args], {
      cwd: dir,
      stdio: 'ignore',
    });
  git('init', '-q');
  git('add', '-A', '--', 'intents', 'invariants', 'intentwright.config.yaml');
  git('commit', '-q', '--allow-empty', '-m', 'all');
  git('update-ref', `refs/remotes/${branch}`, 'HEAD');
}

/** The words of a command line, as a shell reads these. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]!);

async function type(line: string): Promise<Pick<Ran, 'exitCode' | 'stdout' | 'stderr'>> {
  const words = wordsOf(line.replace('http://localhost:3000', app.url));
  if (words[0] === 'npx') {
    if (words.includes('origin/main')) cloneFrom('origin/main');
    // `--open` must find no program to show the page with, or it would open a window for whoever runs the tests.
    const env: Record<string, string> = words.includes('--open') ? { PATH: dirname(process.execPath) } : {};
    return runInline({}, words.slice(2), { dir, env });
  }
  const { stdout, stderr, code } = await promisify(execFile)(process.execPath, [join(root, 'scripts/start.mjs'), ...words.slice(3)], {
    cwd: root,
    env: environment({ CI: 'true' }),
    maxBuffer: 1e8,
  }).then(
    (said) => ({ ...said, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
  return { exitCode: code, stdout, stderr };
}

describe('the README', () => {
  test('has commands, and this test knows every one', () => {
    expect(commands.length).toBeGreaterThan(12);
    expect(commands.filter((line) => !(line in ELSEWHERE) && !(line in EXPECTED) && !line.startsWith('npx intentwright init'))).toEqual([]);
    expect(Object.keys(EXPECTED).filter((line) => !commands.includes(line))).toEqual([]);
  });

  test.each(Object.entries(ELSEWHERE))('%s is run by other tests', (line, [file, proof]) => {
    expect(commands).toContain(line);
    expect(readFileSync(join(root, file), 'utf8')).toContain(proof);
  });

  for (const line of commands.filter((one) => !(one in ELSEWHERE))) {
    test(`${line} does what it says`, async () => {
      const ran = await type(line);
      (EXPECTED[line] ?? ends(0))(ran);
      // `new` leaves a file to fill in: until then the project is wrong, and says so.
      if (line.includes('intentwright new')) rmSync(join(dir, 'intents/rename-a-note.intent.yaml'));
    });
  }

  test('names every probe', () => {
    expect(probes.map(({ name }) => name).filter((name) => !new RegExp(`\\b${name}\\b`).test(readme))).toEqual([]);
  });

  test('names no file that is not there, and no error code that is none', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1]!).filter((target) => !target.includes('://'));
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((target) => !existsSync(join(root, target)))).toEqual([]);
    const codes = [...readme.matchAll(/`([A-Z]+_[A-Z]+)`/g)]
      .map((match) => match[1]!)
      .filter((name) => /^(SPEC|TARGET|PROBE|BROWSER|MODEL)_/.test(name));
    expect(codes.filter((code) => !(code in ERROR_CODES))).toEqual([]);
  });
});
