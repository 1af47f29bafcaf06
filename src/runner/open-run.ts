import { launchBrowser, loadBrowserLibrary } from '../browser/host.ts';
import type { BrowserHost } from '../browser/port.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { Intent } from '../core/intent.ts';
import type { VaultEntry } from '../journey/secret-vault.ts';
import { type Application, openApplication } from './application.ts';
import { checkedHosts, hostsOf } from './browser-hosts.ts';
import { Doings } from './doings.ts';
import { filesBeside } from './files-beside.ts';
import { type ParityRead, readParity } from './parity.ts';
import type { ProductionGuard } from './production-guard.ts';
import type { RecordingRoom } from './recordings.ts';
import type { RunOptions } from './run-options.ts';
import { openSecrets } from './secrets.ts';

/** What all attempts of a run share. */
export interface RunShared extends RunOptions {
  recordingRoom: RecordingRoom;
  application: Application;
  vault: readonly VaultEntry[];
  browser(): Promise<BrowserHost>;
  /** How the environment compares with the one that the run is to speak for. */
  parity?: ParityRead;
  filesOf(intent: Intent): Promise<string[]>;
  guard: ProductionGuard;
  /** What attempts did, and when. */
  doings: Doings;
  /** Other machines carry out intents of the same run at the same time. */
  elsewhere?: boolean;
  /** An earlier attempt was begun elsewhere: what it did is not known here. */
  before?: boolean;
}

export interface OpenRun {
  shared: RunShared;
  /** Of the browser that was launched; undefined when none was. */
  browserVersion(): Promise<string | undefined>;
  close(): Promise<void>;
}

/**
 * Opens what attempts share: the application, its secrets, a browser. `begun` is called when the application answers, before a browser is launched.
 * @throws IntentwrightError TARGET_UNREACHABLE | TARGET_REFUSED | ENV_MISSING
 */
export async function openRun(
  options: RunOptions,
  guard: ProductionGuard,
  begun: (url: string) => void = () => undefined,
): Promise<OpenRun> {
  const { project, env } = options;
  const target = project.config.targets[options.target]!;
  if (target.start) guard.checkProgram(target.start.command, { ...target.start.env, ...options.startEnv });
  const opening = openApplication(target, project.config.root, env, options.startEnv, options.signal, guard);
  // Loading it blocks for a quarter of a second: as well while the application starts.
  loadBrowserLibrary();
  const application = await opening;
  let host: Promise<BrowserHost> | undefined;
  const close = async (): Promise<void> => {
    await host?.then(
      (opened) => opened.close(),
      () => undefined,
    );
    await application.stop();
  };
  try {
    const scope = { app: application.outputs, target: { url: application.url, name: target.name } };
    const vault = openSecrets(project.config, application.origins, scope, env, options.redactor);
    const hosts = guard.active ? checkedHosts(application.places) : hostsOf(application.origins);
    const launch = { config: project.config.browser, hosts, env };
    const browser = () => (host ??= options.early ? options.early.take(launch) : launchBrowser(launch));
    begun(application.url);
    // Launching takes as long as the first fixtures: begin now, and let the first actor wait for what is left.
    browser().catch(() => undefined);
    const parity = await parityOf(options, application, guard);
    if (parity) options.emit({ type: 'parity-end', ...parity });
    return {
      shared: {
        ...options,
        application,
        vault,
        browser,
        filesOf: filesBeside,
        guard,
        doings: new Doings(),
        recordingRoom: { left: project.config.artifacts.maxMegabytes * 1e6 },
        ...(parity ? { parity } : {}),
      },
      browserVersion: async () =>
        host?.then(
          (opened) => opened.version,
          () => undefined,
        ),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @throws IntentwrightError TARGET_REFUSED where it would have to be read from production */
async function parityOf(
  { project, target, env, clock, signal, against }: RunOptions,
  application: Application,
  guard: ProductionGuard,
): Promise<ParityRead | undefined> {
  if (against === undefined) return undefined;
  if (project.config.targets[against]?.production)
    throw new IntentwrightError('TARGET_REFUSED', `a run does not reach production, and ${against} is production`, {
      hint: `take a snapshot there:  intentwright parity snapshot --target ${against}  and run --against its file`,
    });
  return readParity({ project, target, application, env, clock, signal, guard, against });
}
