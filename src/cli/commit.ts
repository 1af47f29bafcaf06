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

/** How each CI calls all jobs of one run; a job that is run again has the same. INTENTWRIGHT_WHOLE where there is none of these. */
const WHOLES = [
  'INTENTWRIGHT_WHOLE',
  'GITHUB_RUN_ID',
  'CI_PIPELINE_ID',
  'BUILDKITE_BUILD_ID',
  'CIRCLE_WORKFLOW_ID',
  'BUILD_BUILDID',
  'DRONE_BUILD_NUMBER',
  'TRAVIS_BUILD_ID',
  'BITBUCKET_BUILD_NUMBER',
  'BUILD_TAG',
];

/** The run of CI that this process is a part of, so that shards of another one are told apart from its own. */
export function wholeHere(env: NodeJS.ProcessEnv): string | undefined {
  const name = WHOLES.find((one) => env[one]);
  return name && `${name} ${env[name]}`;
}
