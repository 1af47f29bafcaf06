import { type Command, InvalidArgumentError, Option } from 'commander';
import { AGENTS, type AgentName } from '../core/decision.ts';
import type { Priority } from '../core/intent.ts';
import { addTellingFlags, type TellingFlags } from './telling-flags.ts';

/** What `run` and `demo` understand alike, parsed. */
export interface RunFlags extends TellingFlags {
  fresh?: boolean;
  frozen?: boolean;
  headed?: boolean;
  workers?: number;
  shard?: { index: number; of: number };
  retries?: number;
  agents?: AgentName[];
  priority?: Priority;
  touches?: string[];
  report?: string;
  /** Redis of the workers that carry the intents out, and their queue. */
  fleet?: string;
  queue?: string;
  /** Cassette that the model's answers are written to, or taken from. */
  recordModel?: string;
  replayModel?: string;
  /** Host of a production target, typed as a confirmation. */
  production?: string;
}

/** The options that say which intents are carried out, by whom, and where the report goes. */
export function addRunFlags(command: Command): Command {
  const told = command
    .addOption(new Option('--fresh', 'ignore the lockfiles: the agents find their way anew').conflicts('frozen'))
    .option('--frozen', 'the lockfiles alone; a stale one blocks its intent')
    .option('--headed', 'show the browser')
    .option('--workers <n>', 'intents at the same time', wholeFrom(1))
    .option('--shard <i/n>', 'the i-th of n equal parts', shard)
    .option('--retries <n>', 'run what was not green again; a retry that passes is flaky', wholeFrom(0))
    .option('--agents <list>', `who may carry steps out, cheapest first: ${AGENTS.join(',')}`, agents)
    .addOption(
      new Option('--record-model <file>', 'write what the model was asked and answered to a cassette, secrets scrubbed').conflicts(
        'replayModel',
      ),
    )
    .option('--replay-model <file>', 'answer from a cassette instead of a model: no network, no key; a question that is not on it fails')
    .addOption(new Option('--priority <level>', 'only intents of this priority and above').choices(['critical', 'high', 'normal']))
    .option('--touches <systems>', 'only intents that touch one of these, e.g. mail,jobs', list)
    .option('--report <folder>', 'put the report here instead of the run’s own folder');
  return addTellingFlags(told);
}

export const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

export const wholeFrom =
  (least: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least) throw new InvalidArgumentError(`It must be a whole number, ${least} or more.`);
    return number;
  };

function shard(text: string): { index: number; of: number } {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, of] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || index < 1 || index > of) throw new InvalidArgumentError('It must look like 1/4: the first of four parts.');
  return { index, of };
}

function agents(text: string): AgentName[] {
  const names = list(text);
  const unknown = names.find((name) => !(AGENTS as readonly string[]).includes(name));
  if (unknown !== undefined || names.length === 0)
    throw new InvalidArgumentError(`${unknown === undefined ? 'It is empty' : `"${unknown}" is no agent`}; known: ${AGENTS.join(', ')}.`);
  return AGENTS.filter((name) => names.includes(name));
}
