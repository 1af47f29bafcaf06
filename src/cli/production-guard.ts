import type { Config, Target } from '../core/config.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { Intent } from '../core/intent.ts';
import type { Project } from '../core/project.ts';
import { resolveText } from '../core/template.ts';

const MOST_REDIRECTS = 6;

export interface GuardOptions {
  project: Project;
  target: string;
  /** Host that was typed after `--production`. */
  confirmed?: string;
  /** Ids that were named on the command line. */
  ids: readonly string[];
  env: NodeJS.ProcessEnv;
}

/**
 * Production only on purpose: the target is marked, its host was typed, and only intents that say `safe: production` run.
 * A target that is not marked but leads to a production host, by its address or by a redirect, is refused.
 * @throws IntentwrightError TARGET_REFUSED
 */
export async function guardProduction({ project, target: name, confirmed, ids, env }: GuardOptions): Promise<Intent[]> {
  const { config, intents } = project;
  const target = config.targets[name];
  if (!target) throw new IntentwrightError('TARGET_REFUSED', `there is no target called ${name}`, { hint: `declared: ${Object.keys(config.targets).join(', ')}` });
  if (!target.production) {
    const host = await productionHostBehind(target, config, env);
    if (host) throw new IntentwrightError('TARGET_REFUSED', `target ${name} leads to ${host}, which is production`, { hint: 'the target is not marked production: true; correct its url' });
    return intents;
  }
  const host = addressOf(target, env)?.host ?? name;
  if (confirmed !== host) {
    throw new IntentwrightError('TARGET_REFUSED', `target ${name} is production (${host})`, { hint: `to run there on purpose: --target ${name} --production ${host}` });
  }
  const unsafe = intents.filter((intent) => ids.includes(intent.id) && intent.safe !== 'production').map(({ id }) => id);
  if (unsafe.length > 0) throw new IntentwrightError('TARGET_REFUSED', `${unsafe.join(', ')} may not run in production`, { hint: 'only intents that say  safe: production  run there' });
  return intents.filter((intent) => intent.safe === 'production');
}

async function productionHostBehind(target: Target, config: Config, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const marked = new Set(Object.values(config.targets).filter(({ production }) => production).flatMap((one) => addressOf(one, env)?.host ?? []));
  let url = marked.size > 0 ? addressOf(target, env) : undefined;
  // Step by step, so that a redirect is followed up to production and never into it.
  for (let step = 0; url && step < MOST_REDIRECTS; step++) {
    if (marked.has(url.host)) return url.host;
    url = await redirectOf(url);
  }
  return undefined;
}

async function redirectOf(url: URL): Promise<URL | undefined> {
  try {
    const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5000) });
    const location = answer.headers.get('location');
    return location && URL.canParse(location, url) ? new URL(location, url) : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where the address is known only once the application was started: then it is our own. */
function addressOf(target: Target, env: NodeJS.ProcessEnv): URL | undefined {
  try {
    return new URL(resolveText(target.url, {}, env) as string);
  } catch {
    return undefined;
  }
}
