import type { Command } from 'commander';
import type { Status } from '../../core/decide.ts';
import { formatDuration } from '../../core/duration.ts';
import { IntentwrightError } from '../../core/errors.ts';
import type { EscapeRate } from '../../history/escapes.ts';
import type { Health } from '../../history/health.ts';
import type { History } from '../../history/store.ts';
import { forTerminal } from '../../report/escape/terminal.ts';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { findArtifacts } from '../find-artifacts.ts';
import type { Shell } from '../shell.ts';

interface HistoryOptions {
  config?: string;
  target?: string;
  json?: boolean;
}

const SHOWN = 20;
const MARKS: Record<Status, string> = { passed: '✓', flaky: '≈', unproven: '?', blocked: '■', failed: '✗', errored: '!', skipped: '-' };

export function defineHistory(desk: Desk): Command {
  const command = new CommandLine('history')
    .summary('how intents fared over time')
    .description(
      'Tells how intents fared in the runs that are kept here: last green, first red, how often flaky, how long they take, what became slower, how their way changed.',
    )
    .argument('[intent]', 'id of one intent; all otherwise')
    .option('--target <name>', 'only runs against this target')
    .option('--json', 'as JSON')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText(
      'after',
      examples(
        ['intentwright history', 'one line an intent'],
        ['intentwright history invite-editor', 'one intent, run by run'],
        ['intentwright history import downloads/', 'runs of CI, from its artifacts'],
      ),
    )
    .action(desk.action((intent: string | undefined, options: HistoryOptions) => history(desk, intent, options)));
  command
    .command('import')
    .summary('take in runs of other machines')
    .description(
      'Takes runs of other machines into the history that is kept here: history files, and the journals of runs. A run that is known already is not taken twice. Shards are merged first.',
    )
    .argument('<paths...>', 'history files, folders of runs, or folders that hold them, such as downloaded artifacts')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText(
      'after',
      examples(
        ['intentwright history import downloads/', 'every history and every run below a folder'],
        ['intentwright history import ci/history.sqlite', 'one history'],
      ),
    )
    .action(
      desk.action((paths: string[], options: { config?: string }) =>
        importRuns(desk, paths, options.config ?? command.opts<HistoryOptions>().config),
      ),
    );
  return command;
}

async function importRuns({ shell }: Desk, paths: readonly string[], config: string | undefined): Promise<number> {
  const [{ openPast }, { importHistory }] = await Promise.all([import('../past.ts'), import('../import-history.ts')]);
  const artifacts = await findArtifacts(shell, config);
  const past = openPast(artifacts, shell);
  try {
    // Said already.
    return past.history ? await importHistory(shell, { paths, artifacts, history: past.history }) : 3;
  } finally {
    past.close();
  }
}

async function history({ shell }: Desk, intent: string | undefined, options: HistoryOptions): Promise<number> {
  const [{ openPast }, { healthOf }, { escapeRate }] = await Promise.all([
    import('../past.ts'),
    import('../../history/health.ts'),
    import('../../history/escapes.ts'),
  ]);
  const past = openPast(await findArtifacts(shell, options.config), shell, { readOnly: true });
  try {
    const known = past.history?.intents() ?? [];
    if (!past.history || (intent !== undefined && !known.includes(intent))) {
      throw new IntentwrightError('USAGE', intent ? `no run of ${intent} is kept here` : 'no run is kept here', {
        hint: known.length > 0 ? `known: ${known.join(', ')}` : 'make one with: intentwright run',
      });
    }
    const store = past.history;
    const health = (id: string): Health =>
      healthOf(store, id, { ...(options.target ? { target: options.target } : {}), invariants: store.invariants(id) });
    const ids = intent === undefined ? known : [intent];
    if (options.json)
      shell.out(
        `${JSON.stringify(
          ids.map((id) => ({
            ...health(id),
            past: store.past(id, { limit: SHOWN, ...(options.target ? { target: options.target } : {}) }),
            adaptations: store.adaptations(id),
          })),
          null,
          2,
        )}\n`,
      );
    else if (intent === undefined) {
      tellAll(shell, store, ids.map(health), options.target);
      tellEscapes(shell, escapeRate(store, options.target ? { target: options.target } : {}));
    } else {
      tellOne(shell, store, health(intent), options.target);
      for (const { missedBy, caughtBy } of escapeRate(store, options.target ? { target: options.target } : {})
        .escaped.filter((escape) => escape.intent === intent)
        .slice(0, 5)) {
        shell.out(`! ${forTerminal(caughtBy)} caught what ${forTerminal(missedBy)} had left out\n`);
      }
    }
    return 0;
  } finally {
    past.close();
  }
}

/** Newest last, as one reads. */
const marksOf = (shell: Shell, statuses: readonly Status[]): string =>
  statuses
    .toReversed()
    .map((status) =>
      shell.paint(status === 'passed' ? 'green' : status === 'skipped' ? 'gray' : status === 'flaky' ? 'yellow' : 'red', MARKS[status]),
    )
    .join('');

function tellAll(shell: Shell, store: History, all: readonly Health[], target: string | undefined): void {
  const width = Math.max(...all.map(({ intent }) => intent.length));
  for (const { intent, flakeRate, firstRed } of all) {
    const past = store.past(intent, { limit: SHOWN, ...(target ? { target } : {}) });
    const usual = store.usualMs(intent);
    const told = [
      usual === undefined ? undefined : `usually ${formatDuration(usual)}`,
      flakeRate > 0 ? `${Math.round(flakeRate * 100)} % flaky` : undefined,
      firstRed ? `red since ${firstRed.startedAt.slice(0, 16).replace('T', ' ')}` : undefined,
    ];
    shell.out(
      `${forTerminal(intent).padEnd(width)}  ${marksOf(
        shell,
        past.map(({ status }) => status),
      )}  ${told.filter(Boolean).join(', ')}\n`,
    );
  }
}

/** What selections would have let through, by the runs that measured it. */
function tellEscapes(shell: Shell, { reds, escaped, runs }: EscapeRate): void {
  if (reds === 0) return;
  shell.out(
    `\nSelection missed ${escaped.length} of ${reds} reds (${Math.round((escaped.length / reds) * 100)} %), measured by ${runs} ${runs === 1 ? 'run' : 'runs'} of everything.\n`,
  );
  for (const { intent, caughtBy, sentence } of escaped.slice(0, 5))
    shell.out(`  ${forTerminal(intent)} in ${forTerminal(caughtBy)}: ${forTerminal(sentence)}\n`);
}

function tellOne(shell: Shell, store: History, { intent, lastGreen, firstRed, slowing }: Health, target: string | undefined): void {
  for (const { run, status, durationMs, commit, sentence } of store.past(intent, { limit: SHOWN, ...(target ? { target } : {}) })) {
    shell.out(
      `${marksOf(shell, [status])} ${forTerminal(run)}  ${formatDuration(durationMs).padStart(7)}  ${forTerminal(commit ?? '')
        .slice(0, 10)
        .padEnd(10)}  ${status === 'passed' ? '' : forTerminal(sentence)}\n`,
    );
  }
  if (firstRed)
    shell.out(
      `\n${forTerminal(`Red since ${firstRed.run}${lastGreen ? `; last green ${lastGreen.run}${lastGreen.commit && firstRed.commit ? `, commits ${lastGreen.commit.slice(0, 10)}..${firstRed.commit.slice(0, 10)}` : ''}` : ''}.`)}\n`,
    );
  for (const { invariant, fromMs, toMs, withinMs } of slowing)
    shell.out(
      `${forTerminal(invariant)} became slower: ${formatDuration(fromMs)} → ${formatDuration(toMs)}${withinMs ? ` of ${formatDuration(withinMs)}` : ''}.\n`,
    );
  for (const { run, step, note } of store.adaptations(intent, 10))
    shell.out(`~ ${forTerminal(run)} step ${step + 1}: ${forTerminal(note)}\n`);
}
