import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findBrowser } from '../../browser/find.ts';
import type { Config } from '../../core/config.ts';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import { type Finding, missing, ok } from './finding.ts';

/** Which browser a run would launch, and that it starts. */
export async function examineBrowser(config: Config | undefined, env: NodeJS.ProcessEnv): Promise<Finding> {
  try {
    const { executable, shell, from } = findBrowser({ config: config?.browser ?? { channel: 'auto', headless: true }, env });
    const { stdout } = await promisify(execFile)(executable, ['--version', '--no-sandbox'], { timeout: 15_000, env });
    return ok(
      'browser',
      `${stdout.trim() || executable} (${from === 'playwright' ? 'Playwright’s own' : from === 'config' ? 'named by the config' : 'of the system'}${shell ? ', without a window' : ''})`,
    );
  } catch (error) {
    return missing(
      'browser',
      messageOf(error),
      IntentwrightError.is(error)
        ? error.hint
        : 'it is there and does not start: libraries may be missing; npx playwright install --with-deps chromium',
    );
  }
}
