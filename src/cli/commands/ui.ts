import { randomBytes } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { loadProjectHere } from '../load.ts';
import { openFile } from '../open-file.ts';
import { listenForSignals } from '../signals.ts';

interface UiOptions {
  config?: string;
  target?: string;
  port?: number;
  open?: boolean;
}

export function defineUi(desk: Desk): Command {
  return new CommandLine('ui')
    .summary('watch runs on a page of this machine, and start them there')
    .description(
      'Serves a page on 127.0.0.1 that shows a run as it happens: each step with the picture of what its actor sees, the invariants as they come true. Starts one intent or all of them, and again whenever a file is saved. Only the printed address, which holds a token, may ask it for anything.',
    )
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .option('--target <name>', 'which of the config’s targets; its default otherwise')
    .option('--port <n>', 'port to listen on; a free one otherwise', port)
    .option('--open', 'open the page in your browser')
    .addHelpText('after', examples(['intentwright ui --open', 'while you write intents']))
    .action(desk.action((options: UiOptions) => ui(desk, options)));
}

async function ui({ shell }: Desk, options: UiOptions): Promise<number> {
  const project = await loadProjectHere(shell, options);
  if (!project) return 2;
  const [{ openUiDesk }, { openUiServer }] = await Promise.all([import('../ui/desk.ts'), import('../ui/server.ts')]);
  const interruption = listenForSignals(process, () => undefined);
  const runs = openUiDesk(shell, project, {
    target: options.target ?? project.config.defaultTarget,
    ...(options.config ? { config: options.config } : {}),
  });
  const token = randomBytes(24).toString('base64url');
  const server = await openUiServer(runs, { token, port: options.port ?? 0 });
  const address = `http://127.0.0.1:${server.port}/#token=${token}`;
  shell.out(`Watch and run at ${address}\nCtrl-C ends it.\n`);
  if (options.open) await openFile(address, shell);
  await new Promise<void>((resolve) => {
    if (interruption.signal.aborted) resolve();
    interruption.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await runs.close();
  await server.close();
  return 0;
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError('It must be a port, 0 to 65535.');
  return number;
}
