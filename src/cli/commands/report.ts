import { join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { IntentwrightError } from '../../core/errors.ts';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { findArtifacts } from '../find-artifacts.ts';
import { openFile } from '../open-file.ts';
import { addTellingFlags, type TellingFlags } from '../telling-flags.ts';

interface ReportOptions extends TellingFlags {
  why?: boolean;
  open?: boolean;
  config?: string;
  to?: string;
}

export function defineReport(desk: Desk): Command {
  const command = new CommandLine('report')
    .summary('tell a run again, from its journal')
    .description(
      'Writes every report of a run anew from its journal, and tells it here. Needs no browser, no application and no backend; a run that was killed is told as far as it came.',
    )
    .argument('[run]', 'id or folder of a run; the latest otherwise')
    .option('--why', 'put the numbers of the journal’s events behind each sentence, and the events below')
    .option('--open', 'show the HTML report')
    .option('--to <folder>', 'put the report here instead of the run’s own folder')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise');
  return addTellingFlags(command)
    .addHelpText(
      'after',
      examples(
        ['intentwright report', 'the latest run'],
        ['intentwright report --open', 'and its pages in your browser'],
        ['intentwright report --why', 'and which events each sentence rests on'],
        ['intentwright report --reports ctrf,allure', 'for the dashboards of other tools, too'],
        ['intentwright report 2026-11-20T09-12-44-x7kq', 'an earlier one'],
      ),
    )
    .action(desk.action((run: string | undefined, options: ReportOptions) => report(desk, run, options)));
}

async function report({ shell }: Desk, wanted: string | undefined, options: ReportOptions): Promise<number> {
  const artifacts = await findArtifacts(shell, options.config);
  const [{ findRun, tellRun }, { openPast }] = await Promise.all([import('../reports.ts'), import('../past.ts')]);
  const found = await findRun(artifacts, wanted, shell.cwd);
  if (!found) {
    throw new IntentwrightError('USAGE', wanted ? `there is no run ${wanted}` : 'there is no run to tell yet', {
      hint: `runs are kept in ${relative(shell.cwd, resolve(artifacts, 'runs')) || '.'}; make one with: intentwright run`,
    });
  }
  const past = openPast(found.artifacts, shell, { readOnly: true });
  const { place, whole } = await tellRun(shell, {
    ...found,
    past,
    flags: options,
    why: options.why,
    to: options.to && resolve(shell.cwd, options.to),
  });
  past.close();
  if (options.open) await openFile(join(place.html, 'index.html'), shell);
  return whole ? 0 : 3;
}
