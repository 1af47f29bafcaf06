import type { Command } from 'commander';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { findArtifacts } from '../find-artifacts.ts';
import { addTellingFlags, type TellingFlags } from '../telling-flags.ts';

interface MergeOptions extends TellingFlags {
  report?: string;
  config?: string;
}

export function defineMerge(desk: Desk): Command {
  const command = new CommandLine('merge')
    .summary('make one run of its shards')
    .description(
      'Puts the journals that shards left together: one report, one exit code and one entry in the history, as if one machine had run them all. A shard that is missing makes the exit code 3. A shard that is there twice was run again: what passed only then is flaky.',
    )
    .argument('<folders...>', 'folders of the shards’ runs, or folders that hold them, such as downloaded artifacts')
    .option('--report <folder>', 'put the report here instead of the run’s own folder')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise');
  return addTellingFlags(command)
    .addHelpText(
      'after',
      examples(
        ['intentwright merge shards/', 'every shard below a folder'],
        ['intentwright merge shard-1 shard-2 --report intentwright-report', 'two of them, and the report where CI picks it up'],
      ),
    )
    .action(desk.action((folders: string[], options: MergeOptions) => merge(desk, folders, options)));
}

async function merge({ shell }: Desk, folders: string[], options: MergeOptions): Promise<number> {
  const { mergeRuns } = await import('../merge-runs.ts');
  return mergeRuns(shell, {
    folders,
    artifacts: await findArtifacts(shell, options.config),
    flags: options,
    ...(options.report === undefined ? {} : { report: options.report }),
  });
}
