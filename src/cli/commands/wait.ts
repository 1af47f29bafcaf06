import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { formatDuration, parseDuration } from '../../core/duration.ts';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import { systemClock } from '../../runner/clock.ts';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';

interface WaitOptions {
  for: number;
  contains?: string;
}

/** A deployment may answer while its old instances are still there: it has to do so several times. */
const IN_A_ROW = 3;
const EVERY_MS = 1000;
const ONE_ANSWER_MS = 10_000;

export function defineWait(desk: Desk): Command {
  return new CommandLine('wait')
    .summary('wait until a preview is ready')
    .description(
      'Asks an address until it answers with success three times in a row, and, with --contains, with the text that tells that it is the right version. Exit 3 when it never does, with what it said last.',
    )
    .argument('<url>', 'the preview, or its health check')
    .option('--for <duration>', 'how long: 30s, 5m', duration, 300_000)
    .option('--contains <text>', 'what the answer must contain, such as a commit')
    .addHelpText(
      'after',
      examples(
        ['intentwright wait https://pr-12.preview.example.com', 'until it answers'],
        ['intentwright wait https://pr-12.preview.example.com/version --contains 3f9c2ab', 'until this commit answers'],
      ),
    )
    .action(desk.action((url: string, options: WaitOptions) => wait(desk, url, options)));
}

async function wait({ shell }: Desk, url: string, options: WaitOptions): Promise<number> {
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw new IntentwrightError('USAGE', `${url} is no web address`);
  const began = systemClock.now();
  let said = 'it has not answered';
  for (let row = 0; ; ) {
    const found = await ask(url, options.contains);
    row = found === undefined ? row + 1 : 0;
    said = found ?? said;
    const waited = systemClock.now() - began;
    if (row === IN_A_ROW) {
      shell.out(`${url} is ready after ${formatDuration(waited)}.\n`);
      return 0;
    }
    if (waited > options.for)
      throw new IntentwrightError('TARGET_UNREACHABLE', `${url} was not ready within ${formatDuration(options.for)}: ${said}`, {
        hint: 'was it deployed? --for waits longer',
      });
    await systemClock.sleep(EVERY_MS);
  }
}

/** What stands in the way; undefined when nothing does. */
async function ask(url: string, contains: string | undefined): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ONE_ANSWER_MS), headers: { 'cache-control': 'no-cache' } });
    const text = await answer.text();
    if (!answer.ok) return `it answered ${answer.status}`;
    return contains === undefined || text.includes(contains) ? undefined : `it does not contain “${contains}” yet`;
  } catch (error) {
    return messageOf(error instanceof Error && error.cause ? error.cause : error);
  }
}

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new InvalidArgumentError('It must look like 30s or 5m.');
  return ms;
}
