import type { EarlyBrowser } from '../browser/early.ts';
import type { Project } from '../core/project.ts';
import type { Shell } from './shell.ts';

/** Begins to start the browser of a run whose files are right, before all else is loaded: it takes as long as the rest. Production is looked at in order, never ahead. */
export async function launchAhead(shell: Shell, { config }: Project, named: string | undefined): Promise<EarlyBrowser | undefined> {
  const target = config.targets[named ?? config.defaultTarget];
  if (!target || target.production) return undefined;
  const [{ hostsByConfig }, { launchEarly }] = await Promise.all([import('../runner/browser-hosts.ts'), import('../browser/early.ts')]);
  const hosts = hostsByConfig(target, shell.env);
  return hosts && launchEarly({ config: config.browser, hosts, env: shell.env });
}
