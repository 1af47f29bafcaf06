import type { Command } from 'commander';
import type { PersonDeed } from '../../browser/follow.ts';
import { IntentwrightError } from '../../core/errors.ts';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { loadProjectHere } from '../load.ts';
import { listenForSignals } from '../signals.ts';

interface RecordOptions {
  id?: string;
  title?: string;
  proof?: string;
  connect?: string;
  config?: string;
}

export function defineRecord(desk: Desk): Command {
  return new CommandLine('record')
    .summary('write an intent by doing it')
    .description(
      'Opens a browser, follows what you do in it, and writes it down as an intent in English with its lockfile. Close the page, or press Ctrl-C, when you are done. Passwords become secret handles: what you type into them is never written.',
    )
    .argument('<url>', 'where you begin')
    .option('--title <sentence>', 'what you are about to do, e.g. "Invite a teammate"')
    .option('--id <id>', 'name of the file; made of the title otherwise')
    .option('--proof <path>', 'path that answers what is stored, e.g. /api/notes; what proves it must be written by you otherwise')
    .option('--connect <endpoint>', 'follow you in a browser that runs already, with --remote-debugging-port=9222')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText(
      'after',
      examples(
        ['intentwright record http://localhost:3000 --title "Invite a teammate"', 'in a browser of its own'],
        ['intentwright record http://localhost:3000 --connect http://127.0.0.1:9222', 'in yours'],
      ),
    )
    .action(desk.action((url: string, options: RecordOptions) => record(desk, url, options)));
}

async function record({ shell }: Desk, wanted: string, options: RecordOptions): Promise<number> {
  const project = await loadProjectHere(shell, options);
  if (!project) return 2;
  if (!URL.canParse(wanted))
    throw new IntentwrightError('USAGE', `"${wanted}" is no address of a web application`, { hint: 'it looks like http://localhost:3000' });
  const [{ followPerson }, { retell }, { writeRecording, planRecording }] = await Promise.all([
    import('../../browser/follow.ts'),
    import('../../journey/retell.ts'),
    import('../recording.ts'),
  ]);
  const plan = planRecording(project, options);
  const deeds: PersonDeed[] = [];
  const interruption = listenForSignals(process, () => undefined);
  const followed = await followPerson({
    url: wanted,
    config: project.config.browser,
    env: shell.env,
    ...(options.connect ? { connect: options.connect } : {}),
    onDeed: (deed) => {
      deeds.push(deed);
      shell.err(
        shell.paint(
          'dim',
          `  ${deed.kind} ${deed.candidate.role} "${deed.candidate.name}"${deed.secret ? ' (its value stays here)' : ''}\n`,
        ),
      );
    },
  });
  shell.err(`Following you at ${wanted}. Close the page, or press Ctrl-C, when you are done.\n`);
  await Promise.race([
    followed.left,
    new Promise<void>((resolve) => interruption.signal.addEventListener('abort', () => resolve(), { once: true })),
  ]);
  await followed.close();
  interruption.dispose();
  if (deeds.length === 0) throw new IntentwrightError('USAGE', 'nothing was done, so nothing was written');
  const start = new URL(wanted).pathname;
  const retold = retell(deeds, 'user');
  shell.out(
    await writeRecording(plan, {
      retold,
      ...(start === '/' ? {} : { start }),
      ...(options.proof ? { proof: options.proof } : {}),
      cwd: shell.cwd,
    }),
  );
  return 0;
}
