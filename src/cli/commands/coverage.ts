import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { EscapeRate } from '../../history/escapes.ts';
import type { CoverageRow, WorkflowCoverage } from '../../history/workflow-coverage.ts';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { loadProjectHere } from '../load.ts';
import { count } from '../problems.ts';
import type { Shell } from '../shell.ts';

interface CoverageOptions {
  minCritical?: number;
  target?: string;
  badge?: string;
  json?: boolean;
  config?: string;
}

export function defineCoverage(desk: Desk): Command {
  return new CommandLine('coverage')
    .summary('which journeys can be relied on now')
    .description(
      'Which intents there are, by priority and by the systems they touch; which are proved to notice, ran since what they rest on changed last, and hold, in which modes; what selections missed. An intent is covered when it is proved, ran since its last change, and passed.',
    )
    .option('--min-critical <share>', 'end with 1 when fewer of the critical intents are covered: 100%', share)
    .option('--target <name>', 'only runs against this target')
    .option(
      '--badge <file>',
      'write a badge: a picture (.svg), or an endpoint for shields.io (.json); it also tells what selections missed this month',
    )
    .option('--json', 'as JSON')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText(
      'after',
      examples(
        ['intentwright coverage', 'one line an intent, then the systems'],
        ['intentwright coverage --min-critical 100%', 'a gate before a release'],
        ['intentwright coverage --badge coverage.svg', 'for a README'],
      ),
    )
    .action(desk.action((options: CoverageOptions) => coverage(desk, options)));
}

function share(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text);
  const number = Number(match?.[1]) / (match?.[2] ? 100 : 1);
  if (!match || number < 0 || number > 1) throw new InvalidArgumentError('It must be a share: 100%, or 0.8.');
  return number;
}

const NOTHING: EscapeRate = { reds: 0, escaped: [], runs: 0, months: {} };

async function coverage({ shell }: Desk, options: CoverageOptions): Promise<number> {
  const project = await loadProjectHere(shell, { ...(options.config === undefined ? {} : { config: options.config }) });
  if (!project) return 2;
  const [{ openPast }, { unprovedIntents }, { lastChanges }, { workflowCoverage, criticalShare }, { escapeRate }, { badgeOf, badgeSvg }] =
    await Promise.all([
      import('../past.ts'),
      import('../proofs.ts'),
      import('../last-change.ts'),
      import('../../history/workflow-coverage.ts'),
      import('../../history/escapes.ts'),
      import('../../report/badge.ts'),
    ]);
  const past = openPast(project.config.artifacts.dir, shell, { readOnly: true });
  try {
    const unproved = new Set(unprovedIntents(project));
    const changes = await lastChanges(project, new Date().toISOString());
    const target = options.target === undefined ? {} : { target: options.target };
    const intents = project.intents.map(({ id, title, priority, owner, touches }) => {
      const changedAt = changes.get(id);
      return {
        id,
        title,
        priority,
        touches,
        proved: !unproved.has(id),
        ...(owner === undefined ? {} : { owner }),
        ...(changedAt === undefined ? {} : { changedAt }),
      };
    });
    const told = workflowCoverage(
      intents,
      (id) => past.history?.lastInModes(id, target) ?? [],
      past.history ? escapeRate(past.history, target) : NOTHING,
    );
    const { critical } = told.priorities;
    const badge = badgeOf(
      'critical journeys',
      critical.covered,
      critical.all,
      told.escapes.months[new Date().toISOString().slice(0, 7)]?.escaped,
    );
    if (options.badge !== undefined)
      await writeFile(resolve(shell.cwd, options.badge), options.badge.endsWith('.json') ? `${JSON.stringify(badge)}\n` : badgeSvg(badge));
    if (options.json) shell.out(`${JSON.stringify(told, null, 2)}\n`);
    else tell(shell, told);
    const reached = criticalShare(told);
    if (options.minCritical === undefined || reached >= options.minCritical) return 0;
    shell.err(
      `${shell.paint('red', '✗')} ${critical.all === 0 ? 'no intent is critical' : `covered: ${critical.covered} of ${count(critical.all, 'critical intent')}`}; asked for: ${Math.round(options.minCritical * 100)} %\n`,
    );
    return 1;
  } finally {
    past.close();
  }
}

const ORDER = { critical: 0, high: 1, normal: 2 };

function tell(shell: Shell, { intents, priorities, systems, escapes }: WorkflowCoverage): void {
  const width = Math.max(0, ...intents.map(({ id }) => id.length));
  for (const row of intents.toSorted((a, b) => ORDER[a.priority] - ORDER[b.priority] || a.id.localeCompare(b.id)))
    shell.out(`${line(shell, row, width)}\n`);
  const parts = Object.entries(priorities)
    .filter(([, { all }]) => all > 0)
    .map(([priority, { all, covered }]) => `${covered} of ${all} ${priority}`);
  shell.out(`\nCovered: ${parts.join(', ') || 'nothing, for there is no intent'}.\n`);
  if (systems.length > 0)
    shell.out(`Systems: ${systems.map(({ system, intents: all, covered }) => `${system} ${covered}/${all}`).join(', ')}.\n`);
  for (const [month, { reds, escaped }] of Object.entries(escapes.months)
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, 6))
    shell.out(`Selection in ${month}: missed ${escaped} of ${count(reds, 'red')}.\n`);
}

function line(shell: Shell, { id, priority, covered, modes, missing, touches }: CoverageRow, width: number): string {
  const held = modes.map(({ mode, status }) => `${mode} ${status}`).join(', ');
  const told = covered ? held : `${missing.join('; ')}${held ? ` (${held})` : ''}`;
  return `${covered ? shell.paint('green', '✓') : shell.paint('red', '✗')} ${id.padEnd(width)}  ${priority.padEnd(8)}  ${told}${touches.length > 0 ? shell.paint('gray', `  [${touches.join(', ')}]`) : ''}`;
}
