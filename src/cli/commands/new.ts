import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Command } from 'commander';
import { IntentwrightError } from '../../core/errors.ts';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { findConfig } from '../find-config.ts';
import { idOf, intentFile } from '../templates.ts';

interface NewOptions {
  title?: string;
  config?: string;
}

export function defineNew(desk: Desk): Command {
  return new CommandLine('new')
    .summary('write the file of a new intent')
    .description('Writes intents/<id>.intent.yaml with every part that an intent can have. Never overwrites.')
    .argument('<id>', 'name of the file, e.g. invite-editor')
    .option('-t, --title <sentence>', 'what the journey is about, in one sentence')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText('after', examples(['intentwright new invite-editor --title "Invite a teammate as editor"', 'a file to fill in']))
    .action(desk.action((id: string, options: NewOptions) => writeNew(desk, id, options)));
}

async function writeNew({ shell }: Desk, id: string, options: NewOptions): Promise<number> {
  if (idOf(id) !== id)
    throw new IntentwrightError('USAGE', `"${id}" cannot be the id of an intent`, {
      hint: `lower case, digits and dashes, e.g. ${idOf(id)}`,
    });
  const file = join(dirname(findConfig(shell.cwd, options.config)), 'intents', `${id}.intent.yaml`);
  if (existsSync(file))
    throw new IntentwrightError('USAGE', `${relative(shell.cwd, file)} is there already`, {
      hint: 'choose another id; nothing was changed',
    });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, intentFile(options.title ?? titleOf(id)), { flag: 'wx' });
  shell.out(`${relative(shell.cwd, file)}\nFill it in, then: intentwright check\n`);
  return 0;
}

const titleOf = (id: string): string => {
  const words = id.replace(/[-_.]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
