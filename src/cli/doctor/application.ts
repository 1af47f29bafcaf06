import type { Connection } from '../../core/config.ts';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import type { Project } from '../../core/project.ts';
import { resolveDeep, type Scope } from '../../core/template.ts';
import { probes } from '../../oracle/probes/index.ts';
import type { ProbeServices } from '../../oracle/port.ts';
import { openApplication } from '../../runner/application.ts';
import { systemClock } from '../../runner/clock.ts';
import { type Finding, missing, ok, unknown } from './finding.ts';

/** Longest wait for one connection, ms. */
const PATIENCE = 10_000;

/** The application, started when the config says how, and every connection of it. */
export async function* examineApplication(project: Project, targetName: string, env: NodeJS.ProcessEnv): AsyncGenerator<Finding> {
  const { config } = project;
  const target = config.targets[targetName];
  if (!target) {
    yield {
      ...missing('application', `there is no target called ${targetName}`, `declared: ${Object.keys(config.targets).join(', ')}`),
      state: 'wrong-files',
    };
    return;
  }
  const connections = Object.values(config.connections);
  try {
    const application = await openApplication(target, config.root, env, {}, AbortSignal.timeout(60_000));
    try {
      yield ok('application', `${target.start ? 'started; ' : ''}answers at ${application.url}`);
      const scope = { app: application.outputs, target: { url: application.url, name: target.name } };
      for (const connection of connections) yield await examineConnection(connection, scope, env, application.url);
    } finally {
      await application.stop();
    }
  } catch (error) {
    yield missing('application', messageOf(error), IntentwrightError.is(error) ? error.hint : undefined);
    for (const { name } of connections) yield unknown(name, 'not checked: the application comes first');
  }
}

async function examineConnection(connection: Connection, scope: Scope, env: NodeJS.ProcessEnv, baseUrl: string): Promise<Finding> {
  const probe = probes.find(({ name }) => name === connection.probe)!;
  try {
    const open = await probe.open(probe.settings?.parse(resolveDeep(connection.settings, scope, env)), servicesOf(baseUrl));
    try {
      await open.check?.(AbortSignal.timeout(PATIENCE));
      return open.check
        ? ok(connection.name, `${connection.probe} answers`)
        : unknown(connection.name, `${connection.probe} can only be checked by a question of an invariant`);
    } finally {
      await open.close();
    }
  } catch (error) {
    return missing(
      connection.name,
      `${connection.probe}: ${messageOf(error)}`,
      IntentwrightError.is(error) ? error.hint : `see connections.${connection.name} in the config`,
    );
  }
}

/** There is no journey: nobody to ask as, nothing that a browser sent. */
const servicesOf = (baseUrl: string): ProbeServices => ({
  clock: systemClock,
  baseUrl,
  workflow: 'doctor',
  traceId: '0'.repeat(32),
  fetchAs: () => Promise.reject(new Error('there are no actors outside of a journey')),
  requests: () => [],
  faults: () => [],
  dirs: { intent: '.', downloads: '.' },
});
