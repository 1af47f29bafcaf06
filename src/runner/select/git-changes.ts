import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import type { Change, ChangeSet } from './change.ts';

/** A larger file is not read: what it says is no source that somebody wrote. */
const MOST_BYTES = 400_000;

type Git = (...args: string[]) => Promise<string>;

/** The ref a pull request is compared with when nobody names one: what CI says, or the usual branch. */
function usualBases(env: Record<string, string | undefined>): string[] {
  const told =
    env['GITHUB_BASE_REF'] ??
    env['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'] ??
    env['CHANGE_TARGET'] ??
    env['SYSTEM_PULLREQUEST_TARGETBRANCH']?.replace(/^refs\/heads\//, '');
  return [...(told ? [`origin/${told}`, told] : []), 'origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];
}

/**
 * What differs between the base and the folder as it stands, not yet committed work included.
 * @throws IntentwrightError USAGE when there is no git, no such base, or the history is too short to compare
 */
export async function gitChanges(root: string, options: { base?: string; env: Record<string, string | undefined> }): Promise<ChangeSet> {
  const git: Git = async (...args) =>
    (
      await promisify(execFile)('git', ['-c', 'core.quotepath=false', ...args], {
        cwd: root,
        maxBuffer: 256 * 1024 * 1024,
        env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
      })
    ).stdout;
  const top = await git('rev-parse', '--show-toplevel').then(
    (said) => said.trim(),
    (error: unknown) => {
      throw new IntentwrightError('USAGE', `what changed cannot be told: ${messageOf(error)}`, {
        hint: 'selection compares with git; name the files instead with --files',
      });
    },
  );
  const base = await baseRef(git, options);
  const from = await git('merge-base', base, 'HEAD').then(
    (said) => said.trim(),
    () => {
      throw new IntentwrightError('USAGE', `${base} and HEAD have no commit in common here`, {
        hint: 'the clone is too shallow: fetch with full history (actions/checkout: fetch-depth: 0)',
      });
    },
  );
  const here = (path: string): string => relative(root, join(top, path)).split(sep).join('/');
  const counts = numbersOf(await git('diff', '--numstat', '-z', '-M', '--no-ext-diff', from));
  const files = await Promise.all(
    statusOf(await git('diff', '--name-status', '-z', '-M', '--no-ext-diff', from)).map(async ({ kind, path, was }): Promise<Change> => {
      const before = kind === 'added' ? undefined : await git('show', `${from}:${was ?? path}`).then(asText, () => undefined);
      const after = kind === 'deleted' ? undefined : await textAt(join(top, path));
      return {
        path: here(path),
        kind,
        lines: counts.get(path) ?? 1,
        ...(was === undefined ? {} : { was: here(was) }),
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      };
    }),
  );
  const fresh = (await git('ls-files', '--others', '--exclude-standard', '--full-name', '-z', top)).split('\0').filter(Boolean);
  for (const path of fresh) {
    const after = await textAt(join(top, path));
    files.push({ path: here(path), kind: 'added', lines: after?.split('\n').length ?? 1, ...(after === undefined ? {} : { after }) });
  }
  const agent = await agentTrace(git, from);
  return { base, from, files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), ...(agent ? { writtenByAgent: agent } : {}) };
}

async function baseRef(git: Git, { base, env }: { base?: string; env: Record<string, string | undefined> }): Promise<string> {
  const candidates = base === undefined ? usualBases(env) : [base, ...(base.includes('/') ? [] : [`origin/${base}`])];
  for (const ref of candidates) {
    if (/^-/.test(ref)) continue;
    if (
      await git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`).then(
        () => true,
        () => false,
      )
    )
      return ref;
  }
  throw new IntentwrightError('USAGE', base === undefined ? 'there is no branch to compare with' : `there is no commit ${base} here`, {
    hint: 'name one with --base, and fetch it first: git fetch origin main',
  });
}

/** `--numstat -z`: "added\tremoved\tpath", and for renames an empty path followed by both names. */
function numbersOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const parts = text.split('\0');
  for (let at = 0; at < parts.length; at++) {
    const match = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(parts[at]!);
    if (!match) continue;
    const path = match[3] === '' ? parts[(at += 2)]! : match[3]!;
    counts.set(path, (Number(match[1]) || 0) + (Number(match[2]) || 0));
  }
  return counts;
}

function statusOf(text: string): { kind: Change['kind']; path: string; was?: string }[] {
  const parts = text.split('\0').filter(Boolean);
  const found: { kind: Change['kind']; path: string; was?: string }[] = [];
  for (let at = 0; at < parts.length; at++) {
    const letter = parts[at]![0];
    const first = parts[++at]!;
    if (letter === 'R') found.push({ kind: 'renamed', was: first, path: parts[++at]! });
    else if (letter === 'C') found.push({ kind: 'added', path: parts[++at]! });
    else found.push({ kind: letter === 'A' ? 'added' : letter === 'D' ? 'deleted' : 'modified', path: first });
  }
  return found;
}

const asText = (text: string): string | undefined => (text.length > MOST_BYTES || text.includes('\0') ? undefined : text);

async function textAt(file: string): Promise<string | undefined> {
  const size = await stat(file).then(
    (found) => (found.isFile() ? found.size : Infinity),
    () => Infinity,
  );
  return size > MOST_BYTES ? undefined : readFile(file, 'utf8').then(asText, () => undefined);
}

const AGENT = /\b(claude|codex|copilot|cursor ?agent|devin|aider|gemini|jules|openhands|sweep|amazon ?q)\b/i;

/** The author or trailer by which a commit says that a coding agent wrote it. */
async function agentTrace(git: Git, from: string): Promise<string | undefined> {
  const log = await git(
    'log',
    '--max-count=200',
    '--format=%h%x09%an <%ae>%x09%(trailers:key=Co-authored-by,valueonly,separator=%x2C)%(trailers:key=Generated-by,valueonly,separator=%x2C)%(trailers:key=Assisted-by,valueonly,separator=%x2C)',
    `${from}..HEAD`,
  ).catch(() => '');
  for (const line of log.split('\n')) {
    const [commit, author = '', trailers = ''] = line.split('\t');
    const who = [author, trailers].find((text) => AGENT.test(text));
    if (who) return `${commit} ${AGENT.exec(who)![1]}`;
  }
  return undefined;
}
