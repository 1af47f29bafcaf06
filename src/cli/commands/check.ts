import type { Command } from 'commander';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { loadProjectHere } from '../load.ts';
import { count, printProblems } from '../problems.ts';
import { unprovedIntents } from '../proofs.ts';

interface CheckOptions {
  config?: string;
}

export function defineCheck(desk: Desk): Command {
  return new CommandLine('check')
    .summary('read every file and say what is wrong')
    .description(
      'Reads the config and every intent, invariant and fixture. Says every mistake with its place and its fix, and warns of sentences that the embedded agent may not read and of invariants that anybody may make true. Starts no browser and asks no backend.',
    )
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText('after', examples(['intentwright check', 'in a project, or in any folder of it']))
    .action(desk.action((options: CheckOptions) => check(desk, options)));
}

async function check({ shell }: Desk, options: CheckOptions): Promise<number> {
  const project = await loadProjectHere(shell, options);
  if (!project) return 2;
  const [{ sentenceProblems }, { belongingProblems }] = await Promise.all([import('../reading.ts'), import('../../spec/belonging.ts')]);
  const doubts = [...(await sentenceProblems(project)), ...belongingProblems(project)];
  printProblems(doubts, shell);
  const steps = project.intents.reduce((sum, intent) => sum + intent.journey.length, 0);
  shell.out(
    `${count(project.intents.length, 'intent')} (${count(steps, 'step')}), ${count(project.invariants.size, 'invariant')}, ${count(project.fixtures.size, 'fixture')}: no problems${doubts.length > 0 ? `, ${count(doubts.length, 'warning')}` : ''}.\n`,
  );
  const unproved = unprovedIntents(project);
  if (unproved.length > 0) shell.out(`Not proved since they changed: ${listed(unproved)}. Show that they can fail: intentwright prove\n`);
  return 0;
}

const MOST_NAMES = 8;

const listed = (ids: readonly string[]): string =>
  ids.length > MOST_NAMES ? `${ids.slice(0, MOST_NAMES).join(', ')} and ${ids.length - MOST_NAMES} more` : ids.join(', ');
