import type { Command } from 'commander';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';

interface DoctorOptions {
  config?: string;
  target?: string;
}

export function defineDoctor(desk: Desk): Command {
  return new CommandLine('doctor')
    .summary('check this machine and what the project needs')
    .description(
      'Checks Node, the browser, the disk, the files, the application and every connection, and says how to mend what is missing. Starts the application when the config says how, and stops it again.',
    )
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .option('--target <name>', 'which of the config’s targets; its default otherwise')
    .addHelpText(
      'after',
      examples(
        ['intentwright doctor', 'where something does not work'],
        ['intentwright doctor --target staging', 'before the first run against it'],
      ),
    )
    .action(desk.action((options: DoctorOptions) => doctor(desk, options)));
}

async function doctor({ shell }: Desk, options: DoctorOptions): Promise<number> {
  const { examine } = await import('../doctor/examine.ts');
  let worst = 0;
  for await (const { name, state, said, hint } of examine(shell, options)) {
    const mark = state === 'ok' ? shell.paint('green', '✓') : state === 'unknown' ? shell.paint('gray', '-') : shell.paint('red', '✗');
    shell.out(`${mark} ${name.padEnd(12)} ${said}\n${hint ? `  ${' '.repeat(12)} ${shell.paint('yellow', hint)}\n` : ''}`);
    if (state === 'wrong-files') worst = Math.max(worst, 2);
    if (state === 'missing') worst = 3;
  }
  return worst;
}
