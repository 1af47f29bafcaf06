import { type Command, CommanderError } from 'commander';
import { CommandLine } from './command-line.ts';
import { defineAccept } from './commands/accept.ts';
import { defineCheck } from './commands/check.ts';
import { defineCoverage } from './commands/coverage.ts';
import { defineDemo } from './commands/demo.ts';
import { defineDoctor } from './commands/doctor.ts';
import { defineExplain } from './commands/explain.ts';
import { defineHistory } from './commands/history.ts';
import { defineInit } from './commands/init.ts';
import { defineMerge } from './commands/merge.ts';
import { defineNew } from './commands/new.ts';
import { defineParity } from './commands/parity.ts';
import { defineProve } from './commands/prove.ts';
import { defineRecord } from './commands/record.ts';
import { defineRecheck } from './commands/recheck.ts';
import { defineReport } from './commands/report.ts';
import { defineRun } from './commands/run.ts';
import { defineSchema } from './commands/schema.ts';
import { defineSelect } from './commands/select.ts';
import { defineUi } from './commands/ui.ts';
import { defineWait } from './commands/wait.ts';
import { defineWorker } from './commands/worker.ts';
import type { Desk } from './desk.ts';
import { exitCodeOfError, explain } from './failure.ts';
import { ownVersion } from './own-package.ts';
import type { Shell } from './shell.ts';

/** Every command in the order a newcomer meets them; one file each. Their heavy parts are imported when they run. */
const COMMANDS = [
  defineDemo,
  defineInit,
  defineNew,
  defineRecord,
  defineCheck,
  defineExplain,
  defineRun,
  defineUi,
  defineSelect,
  defineWait,
  defineWorker,
  defineMerge,
  defineReport,
  defineAccept,
  defineHistory,
  defineCoverage,
  defineRecheck,
  defineProve,
  defineParity,
  defineDoctor,
  defineSchema,
];

const EXIT_CODES = `
Exit codes:
  0    everything that was asked for passed
  1    an intent failed, was blocked or proved nothing
  2    the files or the command line are wrong
  3    a fault of the harness, the browser, a fixture or a probe
  130  interrupted (143 by SIGTERM)`;

/** Runs one command line to its exit code. Never throws, never exits. */
export async function runProgram(argv: readonly string[], shell: Shell): Promise<number> {
  let code = 0;
  const desk: Desk = {
    shell,
    action:
      (work) =>
      async (...args) => {
        code = await work(...args);
      },
  };
  const program = createProgram(desk);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said it already: help and version end with 0, everything else is a wrong command line.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    shell.err(explain(error, shell));
    return exitCodeOfError(error);
  }
}

/** A command line that is wrong ends with where the right ones are shown. */
const seeHelp =
  (command: string) =>
  (text: string, write: (text: string) => void): void =>
    write(`${text.trimEnd()}\nSee: ${command} --help\n`);

function createProgram(desk: Desk): Command {
  const { shell } = desk;
  const program = new CommandLine('intentwright')
    .description('Business journeys in plain English, carried out in a real browser, judged by what the backend says.')
    .version(ownVersion(), '-V, --version', 'print the version')
    .option('--no-color', 'plain text (NO_COLOR does the same)')
    .on('option:no-color', () => shell.plain())
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: shell.out,
      writeErr: shell.err,
      outputError: seeHelp('intentwright'),
    })
    .addHelpText('after', EXIT_CODES);
  for (const define of COMMANDS) {
    const command = define(desk);
    command
      .copyInheritedSettings(program)
      .configureOutput({ outputError: seeHelp(`intentwright ${command.name()}`) })
      .option('--no-color', 'plain text')
      .on('option:no-color', () => shell.plain());
    program.addCommand(command);
  }
  return program;
}
