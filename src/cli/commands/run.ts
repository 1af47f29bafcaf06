import { type Command, Option } from 'commander';
import { CommandLine } from '../command-line.ts';
import type { ConductOptions } from '../conduct.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { launchAhead } from '../launch.ts';
import { loadProjectHere } from '../load.ts';
import { retype } from '../retype.ts';
import { addRunFlags, type RunFlags, wholeFrom } from '../run-flags.ts';

interface RunCommandOptions extends RunFlags {
  target?: string;
  config?: string;
  mode?: string;
  browserEndpoint?: string;
  against?: string;
  watch?: boolean;
  changed?: boolean;
  base?: string;
  limit?: number;
  failOnUnmapped?: boolean;
}

export function defineRun(desk: Desk): Command {
  const command = new CommandLine('run')
    .summary('carry intents out and judge them')
    .description('Carries intents out in a real browser and judges them by what the backend says. All of them, or those named.')
    .argument('[ids...]', 'ids of intents; * and ? match many')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .option('--target <name>', 'which of the config’s targets; its default otherwise')
    .option('--production <host>', 'run against a production target: its host, typed again')
    .option(
      '--against <snapshot>',
      'compare the environment with a snapshot or a target; the config’s parity.against otherwise. See `intentwright parity`',
    )
    .option('--changed', 'only intents that the change puts at risk; see `intentwright select`')
    .option(
      '--base <ref>',
      'what the change is compared with; without --changed everything runs, and what a selection would have missed is measured',
    )
    .option('--limit <n>', 'with --changed: at most so many, of the highest risk', wholeFrom(1))
    .option('--fail-on-unmapped', 'with --changed: end with 2 when a changed file is mapped to no intent')
    .option('--browser-endpoint <url>', 'a Playwright server that launches the browser: ws://host:3000/')
    .addOption(
      new Option('--fleet <url>', 'let workers carry the intents out: the Redis they take them from; see `intentwright worker`').conflicts(
        'headed',
      ),
    )
    .option('--queue <name>', 'with --fleet: which queue of it', 'intentwright')
    .addOption(new Option('--watch', 'run again what a saved file belongs to, until Ctrl-C').conflicts('shard'))
    .option('--mode <name>', 'what kind of run this is: pr, nightly, canary, or one of the config’s modes');
  return addRunFlags(command)
    .addHelpText(
      'after',
      examples(
        ['intentwright run', 'every intent of the project'],
        ['intentwright run invite-editor', 'one intent'],
        ['intentwright run "billing-*" --headed', 'some, in a browser you can watch'],
        ['intentwright run invite-editor --watch', 'again whenever its file is saved, while you write it'],
        ['intentwright run --frozen --shard 1/4', 'in CI: the lockfiles alone, the first of four parts'],
        ['intentwright run --changed --base origin/main', 'what a pull request puts at risk'],
        ['intentwright run --fleet redis://redis.internal:6379', 'on every machine where `intentwright worker` runs'],
        ['intentwright run --mode canary --target live --production example.com', 'after a deploy: only what is safe there'],
        ['intentwright run --priority critical --touches mail', 'what matters most, where mail is involved'],
      ),
    )
    .action(desk.action((ids: string[], options: RunCommandOptions) => run(desk, ids, options)));
}

async function run(desk: Desk, ids: string[], options: RunCommandOptions): Promise<number> {
  if (!options.watch) return runOnce(desk, ids, options);
  const { runOnSave } = await import('../run-on-save.ts');
  return runOnSave(desk.shell, ids, { config: options.config, once: (these, host) => runOnce(desk, these, options, host) });
}

async function runOnce({ shell }: Desk, ids: string[], options: RunCommandOptions, host?: ConductOptions['host']): Promise<number> {
  const project = await loadProjectHere(shell, { config: options.config, kept: true });
  if (!project) return 2;
  if (options.headed) project.config.browser.headless = false;
  if (options.browserEndpoint !== undefined) project.config.browser.endpoint = options.browserEndpoint;
  const early = options.fleet !== undefined ? undefined : await launchAhead(shell, project, options.target);
  try {
    const [{ conduct }, { inMode }] = await Promise.all([import('../conduct.ts'), import('../mode.ts')]);
    const against = options.against ?? project.config.parity.against;
    return await conduct(shell, {
      ...inMode(options.mode, project, options, shell.env),
      early,
      host,
      ids,
      target: options.target,
      mode: options.mode,
      against,
      selecting: options.changed || options.base !== undefined || options.mode === 'nightly' ? options : undefined,
      command: retype(process.argv.slice(2)),
    });
  } finally {
    await early?.drop();
  }
}
