import type { Command } from 'commander';
import { IntentwrightError } from '../../core/errors.ts';
import type { JournalEvent } from '../../core/events.ts';
import type { Rechecked } from '../../oracle/recheck.ts';
import { isBorneOut } from '../../runner/borne-out.ts';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { findArtifacts } from '../find-artifacts.ts';

export function defineRecheck(desk: Desk): Command {
  return new CommandLine('recheck')
    .summary('judge a run again, from its journal alone')
    .description(
      'Judges every invariant of a run again from the readings in its journal. Needs no browser, no network and no database. Exit 0 when every verdict is the one that was given then, and bears out what was told.',
    )
    .argument('[run]', 'id or folder of a run; the latest otherwise')
    .option('--json', 'the verdicts as JSON')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText(
      'after',
      examples(
        ['intentwright recheck', 'the latest run'],
        ['intentwright recheck 2026-11-20t09-12-44-x7kq --json', 'an earlier one, for a program'],
      ),
    )
    .action(desk.action((run: string | undefined, options: { json?: boolean; config?: string }) => judgeAgain(desk, run, options)));
}

async function judgeAgain({ shell }: Desk, wanted: string | undefined, options: { json?: boolean; config?: string }): Promise<number> {
  const artifacts = await findArtifacts(shell, options.config);
  const [{ findRun }, { readJournal }, { runFolder }, { recheck }] = await Promise.all([
    import('../reports.ts'),
    import('../../report/journal-file.ts'),
    import('../../report/run-folder.ts'),
    import('../../oracle/recheck.ts'),
  ]);
  const found = await findRun(artifacts, wanted, shell.cwd);
  if (!found)
    throw new IntentwrightError('USAGE', wanted ? `there is no run ${wanted}` : 'there is no run to judge again yet', {
      hint: 'make one with: intentwright run',
    });
  const events: JournalEvent[] = [];
  for await (const event of readJournal(runFolder(found.artifacts, found.run).journal)) events.push(event);
  const attempts = recheck(events);
  if (options.json) shell.out(`${JSON.stringify(attempts, null, 2)}\n`);
  else
    for (const { intent, attempt, ...rechecked } of attempts) {
      const { different, ungiven, verdicts } = rechecked;
      const told =
        different.length > 0
          ? `${different.length} of ${verdicts.length} verdicts differ: ${different.join(', ')}`
          : ungiven.length > 0
            ? `${ungiven.length} of ${verdicts.length} verdicts were never given, the run broke off: ${ungiven.join(', ')}`
            : !isBorneOut(rechecked)
              ? `${verdicts.length} verdicts as recorded, and the status that was told is not what they come to`
              : `${verdicts.length} verdicts, all as recorded`;
      shell.out(`${isAsRecorded(rechecked) ? '✓' : '✗'} ${intent}${attempt > 1 ? ` (attempt ${attempt})` : ''}: ${told}\n`);
    }
  const gone = missingLines(events);
  if (gone > 0)
    shell.err(
      `${shell.paint('red', '✗')} the journal of ${found.run} lacks ${gone === 1 ? 'a line' : `${gone} lines`}: what stood there is not judged\n`,
    );
  const open = neverEnded(events);
  for (const id of open) shell.err(`${shell.paint('red', '✗')} ${id}: it was to be run, and the journal does not tell how it ended\n`);
  if (attempts.length === 0)
    shell.err(`${shell.paint('red', '✗')} the journal of ${found.run} has nothing to judge: no invariant was read\n`);
  return attempts.length > 0 && gone === 0 && open.length === 0 && attempts.every(isAsRecorded) ? 0 : 1;
}

/** How many events are not there between the first and the last: they are numbered from 0. */
function missingLines(events: readonly JournalEvent[]): number {
  const told = new Set(events.map(({ seq }) => seq));
  return Math.max(0, ...told) + 1 - told.size;
}

/** Intents that the run planned and of which nothing is told to an end: it broke off, or somebody cut its journal. */
function neverEnded(events: readonly JournalEvent[]): string[] {
  const ended = new Set(events.flatMap((event) => (event.type === 'intent-end' ? [event.intent] : [])));
  return events.flatMap((event) =>
    event.type === 'run-start'
      ? event.intents.filter(({ id, skipped }) => skipped === undefined && !ended.has(id)).map(({ id }) => id)
      : [],
  );
}

const isAsRecorded = (rechecked: Omit<Rechecked, 'intent' | 'attempt'>): boolean =>
  rechecked.different.length === 0 && rechecked.ungiven.length === 0 && isBorneOut(rechecked);
