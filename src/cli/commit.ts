import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The commit under test: what CI says, or git's own answer; undefined where there is neither. */
export async function commitHere(root: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const told = env['GITHUB_SHA'] ?? env['CI_COMMIT_SHA'] ?? env['GIT_COMMIT'];
  if (told) return told;
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: root, timeout: 2000 });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
