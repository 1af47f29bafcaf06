import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findBrowser } from '../../src/browser/find.ts';
import type { Config } from '../../src/core/config.ts';
import { type Mcp, openMcp } from './mcp.ts';
import { openStagehand } from './open-stagehand.ts';
import type { Choose, Stagehand } from './stagehand.ts';

export interface Peers {
  mcp?: Mcp;
  stagehand?: Stagehand;
  /** Why a column is missing, and what stands behind those that are there. */
  notes: string[];
  close(): Promise<void>;
}

/** What every bench beside other tools takes: `[count] --mcp FOLDER --stagehand FOLDER --browser PATH`, and `--show`. */
export function benchArguments(count: number) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mcp: { type: 'string' },
      stagehand: { type: 'string' },
      browser: { type: 'string' },
      show: { type: 'boolean', default: false },
    },
  });
  const config: Config['browser'] = {
    channel: 'headless-shell',
    headless: true,
    serviceWorkers: 'allow',
    viewport: { width: 1280, height: 720 },
    locale: 'en-GB',
    timezone: 'UTC',
    ...(values.browser ? { executable: values.browser } : {}),
  };
  const told = [
    values.mcp && '--mcp <folder>',
    values.stagehand && '--stagehand <folder>',
    values.browser && '--browser <chromium>',
  ].filter((flag) => flag);
  return {
    ...values,
    count: Number(positionals[0] ?? count),
    config,
    executable: findBrowser({ config, env: process.env }).executable,
    command: (script: string): string => ['node', `evals/bench/${script}`, ...told].join(' '),
  };
}

/** Opens the tools that are installed, each in the browser that ours runs in. One that is not there, or does not start, leaves its column out and says why. */
export async function openPeers(
  wanted: { mcp?: string | undefined; stagehand?: string | undefined; executable: string },
  choose: Choose,
): Promise<Peers> {
  const notes: string[] = [];
  const opened = async <T>(
    name: string,
    folder: string | undefined,
    home: string,
    open: (folder: string) => Promise<T>,
  ): Promise<T | undefined> => {
    if (folder === undefined) return undefined;
    if (!existsSync(`${folder}/node_modules/${home}`)) {
      notes.push(`${name} is left out: ${home} is not installed in the folder named (see evals/README.md).`);
      return undefined;
    }
    return open(folder).catch((error: Error) => {
      notes.push(`${name} is left out, since it did not start: ${error.message.split('\n')[0]}`);
      return undefined;
    });
  };
  const mcp = await opened('Playwright MCP', wanted.mcp, '@playwright/mcp', (folder) => openMcp(folder, wanted.executable));
  const stagehand = await opened('Stagehand', wanted.stagehand, '@browserbasehq/stagehand', (folder) =>
    openStagehand(folder, wanted.executable, choose),
  );
  if (mcp) notes.push(`Playwright MCP ${mcp.version}.`);
  if (stagehand) notes.push(`Stagehand ${stagehand.version}, its model a double that answers at once.`);
  for (const note of notes) console.error(note);
  return {
    ...(mcp ? { mcp } : {}),
    ...(stagehand ? { stagehand } : {}),
    notes,
    close: async () => {
      mcp?.close();
      await stagehand?.close();
    },
  };
}
