import { join } from 'node:path';
import type { Command } from 'commander';
import { IntentwrightError } from '../../core/errors.ts';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { loadProjectHere } from '../load.ts';
import { isInstalled, ownFolder } from '../own-package.ts';
import { retype } from '../retype.ts';
import { addRunFlags, type RunFlags } from '../run-flags.ts';
import type { Shell } from '../shell.ts';

interface DemoOptions extends RunFlags {
  defects?: string;
  ui?: string;
  listDefects?: boolean;
  listUi?: boolean;
}

interface Switch {
  name: string;
  what: string;
}

export function defineDemo(desk: Desk): Command {
  const command = new CommandLine('demo')
    .summary('start the sample application and run its intents')
    .description(
      'Starts a fresh Teamspace, the sample application, runs its intents against it, and stops it. With --defects it is broken on purpose; with --ui it looks different.',
    )
    .argument('[ids...]', 'ids of intents; * and ? match many')
    .option('--defects <list>', 'switch incidents on, e.g. invite-role-lost,two-mails')
    .option('--ui <name>', 'switch a redesign on, e.g. action-in-menu')
    .option('--list-defects', 'print the incidents that can be switched on')
    .option('--list-ui', 'print the redesigns that can be switched on');
  return addRunFlags(command)
    .addHelpText(
      'after',
      examples(
        ['intentwright demo', 'every journey, carried out by its lockfile'],
        ['intentwright demo --fresh', 'the same, found anew by the embedded agent'],
        ['intentwright demo invite-editor --defects invite-role-lost', 'a journey whose outcome is wrong although the pages look right'],
        ['intentwright demo invite-editor --ui dialog-became-page', 'a redesign: still passes, and says what changed'],
      ),
    )
    .action(desk.action((ids: string[], options: DemoOptions) => demo(desk, ids, options)));
}

async function demo({ shell }: Desk, ids: string[], options: DemoOptions): Promise<number> {
  const { defects, redesigns } = await switches(shell.env);
  if (options.listDefects) return listOf(shell, defects);
  if (options.listUi) return listOf(shell, redesigns);
  const startEnv = {
    DEFECTS: await namesOf(options.defects, defects, 'defect', '--list-defects'),
    UI: await namesOf(options.ui, redesigns, 'redesign', '--list-ui'),
  };
  const project = await loadProjectHere(shell, { root: ownFolder() });
  if (!project) return 2;
  if (options.headed) project.config.browser.headless = false;
  const { conduct } = await import('../conduct.ts');
  // An installed package is not the user's to write in: evidence goes beside them, lockfiles stay as they are.
  const away = isInstalled() ? { artifacts: join(shell.cwd, '.intentwright'), writeLocks: false } : {};
  const switched = startEnv.DEFECTS !== '' || startEnv.UI !== '';
  return conduct(shell, {
    project,
    ids,
    flags: options,
    startEnv,
    mode: 'demo',
    command: retype(process.argv.slice(2)),
    ...(switched ? { writeLocks: false } : {}),
    ...away,
  });
}

/** The demo reads its switches when it is loaded; here they are only asked for their names. */
async function switches(env: NodeJS.ProcessEnv): Promise<{ defects: readonly Switch[]; redesigns: readonly Switch[] }> {
  delete env['DEFECTS'];
  delete env['UI'];
  const [{ defects }, { redesigns }] = await Promise.all([import('../../../demo/defects.ts'), import('../../../demo/redesigns.ts')]);
  return { defects, redesigns };
}

function listOf(shell: Shell, rows: readonly Switch[]): number {
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, what } of rows) shell.out(`${name.padEnd(width)}   ${what}\n`);
  return 0;
}

async function namesOf(text: string | undefined, known: readonly Switch[], noun: string, listing: string): Promise<string> {
  const names = (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const { nearest } = await import('../../spec/suggest.ts');
  for (const name of names) {
    if (known.some((row) => row.name === name)) continue;
    const meant = nearest(
      name,
      known.map((row) => row.name),
    );
    throw new IntentwrightError('USAGE', `there is no ${noun} called ${name}`, {
      hint: `${meant ? `did you mean ${meant}? ` : ''}All of them: intentwright demo ${listing}`,
    });
  }
  return names.join(',');
}
