import type { Command } from 'commander';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { loadProjectHere } from '../load.ts';
import { list, wholeFrom } from '../run-flags.ts';
import type { SelectionFlags } from '../selection.ts';

interface SelectOptions extends SelectionFlags {
  explain?: boolean;
  json?: boolean;
  target?: string;
  config?: string;
}

export function defineSelect(desk: Desk): Command {
  return new CommandLine('select')
    .summary('which intents a change puts at risk, and why')
    .description(
      'Compares with a base and says which intents the changed files put at risk: by what they watch, what they were seen to use when they were green, who imports whom, and what kind of file it is. Critical intents are always chosen; a file that nobody knows chooses everything. `run --changed` runs the same choice.',
    )
    .option('--base <ref>', 'what to compare with; the pull request’s base or origin/main otherwise')
    .option('--files <list>', 'the changed files, instead of asking git', list)
    .option('--limit <n>', 'at most so many, of the highest risk; critical ones stay', wholeFrom(1))
    .option('--fail-on-unmapped', 'end with 2 when a changed file is mapped to no intent')
    .option('--explain', 'every intent, every reason, every file')
    .option('--json', 'as JSON')
    .option('--target <name>', 'whose earlier runs count; the config’s default otherwise')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText(
      'after',
      examples(
        ['intentwright select', 'what the branch you are on puts at risk'],
        ['intentwright select --base origin/main --explain', 'with every reason'],
        ['intentwright select --files src/billing/plan.ts --json', 'for one file, for a machine'],
      ),
    )
    .action(desk.action((options: SelectOptions) => select(desk, options)));
}

async function select({ shell }: Desk, options: SelectOptions): Promise<number> {
  const project = await loadProjectHere(shell, { ...(options.config === undefined ? {} : { config: options.config }) });
  if (!project) return 2;
  const [{ openPast }, { selectFor, tellSelection }] = await Promise.all([import('../past.ts'), import('../selection.ts')]);
  const past = openPast(project.config.artifacts.dir, shell, { readOnly: true });
  try {
    const made = await selectFor(shell, project, past.history, options.target ?? project.config.defaultTarget, options);
    if (options.json) shell.out(`${JSON.stringify(made, null, 2)}\n`);
    else tellSelection(shell, made, { explain: options.explain ?? false });
    return 0;
  } finally {
    past.close();
  }
}
