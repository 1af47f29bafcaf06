import type { Command } from 'commander';
import { IntentwrightError } from '../../core/errors.ts';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { findArtifacts } from '../find-artifacts.ts';
import { loadProjectHere } from '../load.ts';

interface AcceptOptions {
  config?: string;
  only?: string[];
}

export function defineAccept(desk: Desk): Command {
  return new CommandLine('accept')
    .summary('take over the lockfiles that a run proposed')
    .description(
      'Where lockfiles are read-only, as in CI, a run that passed by another way proposes the lockfile that it would have written. This writes them, and says what changed. Review the diff and commit it.',
    )
    .argument('[run]', 'id or folder of a run; the latest otherwise')
    .option('--only <ids...>', 'only these intents')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText(
      'after',
      examples(
        ['intentwright accept', 'what the latest run proposed'],
        ['intentwright accept downloads/runs/2026-11-20t09-12-44-x7kq', 'what a run in CI proposed, from its artifact'],
      ),
    )
    .action(desk.action((run: string | undefined, options: AcceptOptions) => accept(desk, run, options)));
}

async function accept({ shell }: Desk, wanted: string | undefined, options: AcceptOptions): Promise<number> {
  const project = await loadProjectHere(shell, { config: options.config });
  if (!project) return 2;
  const [{ findRun }, { readRun }, { runFolder }, { proposalsOf, takeOver }] = await Promise.all([
    import('../reports.ts'),
    import('../../report/write-reports.ts'),
    import('../../report/run-folder.ts'),
    import('../proposals.ts'),
  ]);
  const found = await findRun(await findArtifacts(shell, options.config), wanted, shell.cwd);
  if (!found)
    throw new IntentwrightError('USAGE', wanted ? `there is no run ${wanted}` : 'there is no run yet', {
      hint: 'name the folder of a run, or its id',
    });
  const { story } = await readRun(runFolder(found.artifacts, found.run).journal);
  const proposals = proposalsOf(story).filter(({ intent }) => !options.only || options.only.includes(intent));
  if (proposals.length === 0) shell.out(`Run ${found.run} proposed no change.\n`);
  let refused = 0;
  for (const proposal of proposals) {
    const taken = await takeOver(proposal, project.intents);
    if (taken.file !== undefined)
      shell.out(`${shell.paint('green', '✓')} ${taken.file}\n${taken.notes.map((note) => `  ${note}\n`).join('')}`);
    else {
      refused += 1;
      shell.err(`${shell.paint('red', '✗')} ${proposal.intent}: ${taken.why}\n`);
    }
  }
  return refused > 0 ? 1 : 0;
}
