import { execFile } from 'node:child_process';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import type { Project } from '../core/project.ts';
import { factsOf } from '../runner/select/facts.ts';

/**
 * When what each intent rests on changed last, ISO 8601: its own files, its invariants and fixtures, and the sources it watches, by git.
 * Work that is not committed counts as of `now`. An intent that git knows nothing of is left out.
 */
export async function lastChanges(project: Project, now: string): Promise<Map<string, string>> {
  const { root } = project.config;
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('git', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 })).stdout;
  const changes = new Map<string, string>();
  for (const { intent, own, watch } of factsOf(project, { footprint: () => undefined, past: () => [] })) {
    const paths = [...[...own].filter((path) => !path.endsWith('.lock.yaml')), ...watch.map(({ glob }) => `:(glob)${glob}`)].filter(
      (path) => !isAbsolute(path) && !relative(root, resolve(root, path.replace(/^:\(glob\)/, ''))).startsWith(`..${sep}..${sep}..`),
    );
    try {
      const dirty = (await git('status', '--porcelain', '--', ...paths)).trim() !== '';
      const at = dirty ? now : (await git('log', '-1', '--format=%cI', '--', ...paths)).trim();
      if (at) changes.set(intent.id, new Date(at).toISOString());
    } catch {
      // No git, or nothing committed yet: nobody knows.
    }
  }
  return changes;
}
