import type { Command } from 'commander';
import { IntentwrightError } from '../../core/errors.ts';
import { formatWhere } from '../../core/intent.ts';
import { hintFor } from '../../spec/suggest.ts';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { loadProjectHere } from '../load.ts';

export function defineExplain(desk: Desk): Command {
  return new CommandLine('explain')
    .summary('show how each sentence of an intent is read, without acting')
    .description(
      'Shows what the embedded agent makes of each sentence, and what it may not understand. Starts no browser. Exit 1 when a sentence may not be read.',
    )
    .argument('<intent>', 'id of an intent')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText('after', examples(['intentwright explain invite-editor', 'while you write it']))
    .action(desk.action((id: string, options: { config?: string }) => explain(desk, id, options)));
}

async function explain({ shell }: Desk, id: string, options: { config?: string }): Promise<number> {
  const project = await loadProjectHere(shell, options);
  if (!project) return 2;
  const intent = project.intents.find((one) => one.id === id);
  if (!intent)
    throw new IntentwrightError('USAGE', `there is no intent ${id}`, {
      hint: hintFor(
        id,
        project.intents.map((one) => one.id),
      ),
    });
  const { readSentences } = await import('../reading.ts');
  const read = await readSentences(intent, project.fixtures);
  shell.out(`${shell.paint('bold', intent.title)}\n${formatWhere(intent.where)}\n`);
  for (const [index, { step, does, warnings, advice }] of read.entries()) {
    shell.out(`\n${index + 1} ${shell.paint('cyan', step.actor)}${step.tries ? ' tries' : ''}: ${step.text}\n`);
    for (const line of does) shell.out(`    ${line}\n`);
    if (step.tries) shell.out('    being refused, or finding no way, is this step carried out\n');
    for (const warning of [...warnings, ...advice])
      shell.out(`    ${shell.paint('yellow', 'warning')} ${formatWhere(step.where)} ${warning}\n`);
  }
  return read.some(({ warnings }) => warnings.length > 0) ? 1 : 0;
}
