import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Command } from 'commander';
import { IntentwrightError } from '../../core/errors.ts';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { CONFIG_NAMES } from '../find-config.ts';
import { askFor, type FirstIntent, suggested } from '../first-intent.ts';
import type { Shell } from '../shell.ts';
import { configFile, firstIntentFile, firstInvariantFile, idOf, secretsIn } from '../templates.ts';

interface InitOptions {
  url?: string;
  title?: string;
  step?: string[];
  proof?: string;
  shows?: string;
  yes?: boolean;
}

export function defineInit(desk: Desk): Command {
  return new CommandLine('init')
    .summary('begin in a project of your own')
    .description(
      'Writes a config, a first intent and the invariant that proves it, for an application of your own. Asks what it must know; with --yes it asks nothing. Overwrites nothing.',
    )
    .option('--url <address>', 'where the application is, e.g. http://localhost:3000')
    .option('--title <sentence>', 'what a person does there, e.g. "Add a note"')
    .option('--step <sentence...>', 'how they do it, one sentence a step, e.g. \'Add the note "${note}"\'')
    .option('--proof <path>', 'path that answers what is stored, e.g. /api/notes')
    .option('--shows <text>', 'what that answer contains afterwards, and not before')
    .option('-y, --yes', 'ask nothing; take what is given and what is usual')
    .addHelpText(
      'after',
      examples(
        ['intentwright init', 'asks, then writes'],
        ['intentwright init --url http://localhost:3000 --yes', 'asks nothing'],
        [
          'intentwright init --url http://localhost:3000 --title "Add a note" --step \'Add the note "${note}"\' --proof /api/notes --yes',
          'a first intent that is complete',
        ],
      ),
    )
    .action(desk.action((options: InitOptions) => init(desk.shell, options)));
}

async function init(shell: Shell, options: InitOptions): Promise<number> {
  const taken = CONFIG_NAMES.find((name) => existsSync(join(shell.cwd, name)));
  if (taken)
    throw new IntentwrightError('USAGE', `there is a ${taken} here already`, { hint: 'write another intent with: intentwright new <id>' });
  const asks = !options.yes && process.stdin.isTTY === true && shell.interactive;
  if (!asks && !options.url)
    throw new IntentwrightError('USAGE', 'init must know where the application is', {
      hint: 'intentwright init --url http://localhost:3000 --yes',
    });
  const first = asks ? await askFor(options, { input: process.stdin, output: process.stdout }) : suggested(options);
  await writeProject(shell, first);
  shell.out(nextSteps(first, await answers(first.url), shell.env));
  return 0;
}

async function writeProject(shell: Shell, first: FirstIntent): Promise<void> {
  const files: Record<string, string> = {
    'intentwright.config.yaml': configFile(first),
    [`intents/${idOf(first.title)}.intent.yaml`]: firstIntentFile(first),
    'invariants/first.yaml': firstInvariantFile(first),
  };
  const there = Object.keys(files).find((path) => existsSync(join(shell.cwd, path)));
  if (there)
    throw new IntentwrightError('USAGE', `${there} is there already`, {
      hint: 'nothing was written; move it away, or begin in another folder',
    });
  for (const [path, text] of Object.entries(files)) {
    const file = join(shell.cwd, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
    shell.out(`wrote ${relative(shell.cwd, file)}\n`);
  }
  await ignoreEvidence(shell);
}

/** Evidence is not for the repository; lockfiles are. */
async function ignoreEvidence(shell: Shell): Promise<void> {
  const file = join(shell.cwd, '.gitignore');
  const text = existsSync(file) ? await readFile(file, 'utf8') : '';
  if (/^\/?\.intentwright\/?$/m.test(text)) return;
  await appendFile(file, `${text === '' || text.endsWith('\n') ? '' : '\n'}.intentwright/\n`);
  shell.out('added .intentwright/ to .gitignore\n');
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(3000), redirect: 'manual' }).then(
    async (answer) => {
      await answer.body?.cancel();
      return true;
    },
    () => false,
  );
}

function nextSteps(first: FirstIntent, reachable: boolean, env: Shell['env']): string {
  const id = idOf(first.title);
  const lines = ['', reachable ? `${first.url} answers.` : `${first.url} does not answer now: start the application before you run.`];
  if (!first.complete)
    lines.push(`Fill in intents/${id}.intent.yaml and invariants/first.yaml: the sentences of the journey, and what proves it.`);
  const unset = secretsIn(first.steps).filter((name) => !env[name]);
  if (unset.length > 0)
    lines.push(`Set ${unset.join(' and ')} in the environment: the sentences type ${unset.length > 1 ? 'them' : 'it'}.`);
  lines.push('', 'Then:', '  npx intentwright check', `  npx intentwright run ${id}`, '');
  return lines.join('\n');
}
