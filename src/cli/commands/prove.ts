import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Intent } from '../../core/intent.ts';
import type { Project } from '../../core/project.ts';
import { resultSchema, type RunResult } from '../../core/result.ts';
import type { Sabotage } from '../../runner/sabotage.ts';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { loadProjectHere } from '../load.ts';
import { provedFile, provedKey } from '../proofs.ts';
import type { Shell } from '../shell.ts';

/** One intent: whether every way of doing it wrongly was noticed. */
interface Proof {
  intent: string;
  proved: boolean;
  because: string;
}

export function defineProve(desk: Desk): Command {
  return new CommandLine('prove')
    .summary('show that intents can fail: do them wrongly on purpose')
    .description('Carries intents out rightly once, then wrongly three times: by nobody, without the last action that changes something, and with a wrong value typed. An intent that passes one of those proves nothing.')
    .argument('[ids...]', 'ids of intents; all otherwise')
    .option('--json', 'rows of {intent, proved, because}')
    .option('--target <name>', 'which of the config’s targets; its default otherwise')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText('after', examples(['intentwright prove', 'every intent'], ['intentwright prove invite-editor --json', 'one, for a program']))
    .action(desk.action((ids: string[], options: ProveOptions) => prove(desk, ids, options)));
}

interface ProveOptions {
  json?: boolean;
  target?: string;
  config?: string;
}

async function prove({ shell }: Desk, ids: string[], options: ProveOptions): Promise<number> {
  const project = await loadProjectHere(shell, { config: options.config });
  if (!project) return 2;
  const artifacts = resolve(project.config.artifacts.dir, 'proofs');
  const quiet: Shell = { ...shell, interactive: false, out: () => undefined };
  const { conduct } = await import('../conduct.ts');
  const carry = async (sabotage?: Sabotage, only = ids): Promise<Map<string, RunResult['intents'][number]>> => {
    await rm(join(artifacts, 'runs/latest'), { recursive: true, force: true });
    // An idle run waits for the system and needs no hands: more of them at once cost nothing.
    const flags = sabotage === 'idle' ? { workers: 8 } : {};
    await conduct(quiet, { project, ids: only, flags, target: options.target, artifacts, sabotage, mode: 'prove', command: `intentwright prove ${only.join(' ')}`.trim() });
    const text = await readFile(join(artifacts, 'runs/latest/result.json'), 'utf8').catch(() => undefined);
    const result = text === undefined ? undefined : resultSchema.parse(JSON.parse(text));
    return new Map((result?.intents ?? []).map((intent) => [intent.id, intent]));
  };
  const say = (text: string): void => { if (!options.json) shell.out(text); };

  say('Rightly, to know the way …\n');
  const right = await carry();
  const sound = [...right.values()].filter(({ status }) => status === 'passed').map(({ id }) => id);
  const wrong = new Map<Sabotage, Awaited<ReturnType<typeof carry>>>();
  const { SABOTAGES, SABOTAGE_WORDS, canSpoil } = await import('../../runner/sabotage.ts');
  const { readLock } = await import('../../runner/lock-store.ts');
  const locks = new Map(await Promise.all(project.intents.map(async (intent) => [intent.id, (await readLock(intent)).lock] as const)));
  for (const sabotage of SABOTAGES) {
    const victims = sound.filter((id) => canSpoil(sabotage, locks.get(id)));
    if (victims.length === 0) continue;
    say(`Wrongly: ${SABOTAGE_WORDS[sabotage]} …\n`);
    wrong.set(sabotage, await carry(sabotage, victims));
  }
  const proofs = [...right.values()].map(({ id, status }): Proof => {
    if (status !== 'passed') return { intent: id, proved: false, because: `it does not pass when it is carried out rightly (${status})` };
    const blind = SABOTAGES.filter((sabotage) => canSpoil(sabotage, locks.get(id)) && ['passed', 'flaky'].includes(wrong.get(sabotage)?.get(id)?.status ?? 'passed'));
    if (blind.length === 0) return { intent: id, proved: true, because: 'every way of doing it wrongly was noticed' };
    return { intent: id, proved: false, because: `it passes although ${blind.map((sabotage) => SABOTAGE_WORDS[sabotage]).join(', and although ')}; add an invariant about what that action changes` };
  });
  await keepProofs(project, proofs);
  if (options.json) shell.out(`${JSON.stringify(proofs, null, 2)}\n`);
  else for (const { intent, proved, because } of proofs) shell.out(`${proved ? '✓' : '✗'} ${intent}: ${because}\n`);
  return proofs.length > 0 && proofs.every(({ proved }) => proved) ? 0 : 1;
}

/** What was proved, and of which text: `check` says which intents have changed since. */
async function keepProofs(project: Project, proofs: readonly Proof[]): Promise<void> {
  const file = provedFile(project);
  const known = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Record<string, string>;
  for (const { intent: id, proved } of proofs) {
    const intent = project.intents.find((one): one is Intent => one.id === id);
    if (intent && proved) known[id] = createHash('sha256').update(provedKey(intent, project)).digest('hex');
    else delete known[id];
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.tmp`, `${JSON.stringify(known, Object.keys(known).sort(), 2)}\n`);
  await rename(`${file}.tmp`, file);
}
