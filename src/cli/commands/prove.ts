import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Status } from '../../core/decide.ts';
import type { Intent } from '../../core/intent.ts';
import type { Lockfile } from '../../core/lock.ts';
import type { Project } from '../../core/project.ts';
import type { RunResult } from '../../core/result.ts';
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
    .description(
      'Carries intents out rightly once, then wrongly three times: by nobody, without the last action that changes something, and with a wrong value typed into what is sent. An intent that passes one of those proves nothing.',
    )
    .argument('[ids...]', 'ids of intents; all otherwise')
    .option('--json', 'rows of {intent, proved, because}')
    .option('--target <name>', 'which of the config’s targets; its default otherwise')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText(
      'after',
      examples(['intentwright prove', 'every intent'], ['intentwright prove invite-editor --json', 'one, for a program']),
    )
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
  let code = 0;
  const carry = async (sabotage?: Sabotage, only = ids): Promise<Map<string, RunResult['intents'][number]>> => {
    await rm(join(artifacts, 'runs/latest'), { recursive: true, force: true });
    // An idle run waits for the system and needs no hands: more of them at once cost nothing.
    const flags = sabotage === 'idle' ? { workers: 8 } : {};
    code = await conduct(quiet, {
      project,
      ids: only,
      flags,
      target: options.target,
      artifacts,
      sabotage,
      mode: 'prove',
      command: `intentwright prove ${only.join(' ')}`.trim(),
    });
    const text = await readFile(join(artifacts, 'runs/latest/result.json'), 'utf8').catch(() => undefined);
    const { resultSchema } = await import('../../core/result.ts');
    const result = text === undefined ? undefined : resultSchema.parse(JSON.parse(text));
    return new Map((result?.intents ?? []).map((intent) => [intent.id, intent]));
  };
  const say = (text: string): void => {
    if (!options.json) shell.out(text);
  };

  say('Rightly, to know the way …\n');
  const right = await carry();
  // Nothing was carried out at all: what is wrong has been said.
  if (right.size === 0) return code;
  const sound = [...right.values()].filter(({ status }) => status === 'passed').map(({ id }) => id);
  const wrong = new Map<Sabotage, Awaited<ReturnType<typeof carry>>>();
  const { SABOTAGES, SABOTAGE_WORDS, canSpoil } = await import('../../runner/sabotage.ts');
  const ways = await waysOf(project);
  const fitting = (sabotage: Sabotage) =>
    sound.filter((id) => ways.has(id) && canSpoil(sabotage, ways.get(id)!.lock, ways.get(id)!.intent));
  for (const sabotage of SABOTAGES) {
    const victims = fitting(sabotage);
    if (victims.length === 0) continue;
    say(`Wrongly: ${SABOTAGE_WORDS[sabotage]} …\n`);
    wrong.set(sabotage, await carry(sabotage, victims));
  }
  const tried = (id: string) =>
    SABOTAGES.filter((sabotage) => fitting(sabotage).includes(id)).map(
      (sabotage): Tried => ({
        sabotage,
        status: wrong.get(sabotage)?.get(id)?.status,
        reason: wrong.get(sabotage)?.get(id)?.reason ?? undefined,
      }),
    );
  const proofs = await Promise.all([...right.values()].map(({ id, status }) => proofOf(id, status, ways.get(id), tried(id))));
  await keepProofs(project, proofs);
  if (options.json) shell.out(`${JSON.stringify(proofs, null, 2)}\n`);
  else for (const { intent, proved, because } of proofs) shell.out(`${proved ? '✓' : '✗'} ${intent}: ${because}\n`);
  return proofs.every(({ proved }) => proved) ? 0 : 1;
}

/** A recorded way, without which nothing can be left out of it. */
interface Way {
  intent: Intent;
  lock: Lockfile;
}

async function waysOf(project: Project): Promise<Map<string, Way>> {
  const { readLock } = await import('../../runner/lock-store.ts');
  const read = await Promise.all(project.intents.map(async (intent) => ({ intent, lock: (await readLock(intent)).lock })));
  return new Map(read.flatMap(({ intent, lock }) => (lock ? [[intent.id, { intent, lock }]] : [])));
}

interface Tried {
  sabotage: Sabotage;
  status: Status | undefined;
  reason: string | undefined;
}

/** It was not green because of where it began: whether it would have been noticed from a fresh start is not known. */
const BY_ITS_START: ReadonlySet<string | undefined> = new Set(['vacuous', 'precondition-unmet']);
/** Everything held; what took the pass away has nothing to do with what was done. */
const BY_ITS_SURROUNDINGS: ReadonlySet<string | undefined> = new Set(['in-doubt', 'unlike-production']);

/** Only a run that came to an end and was not green has noticed something: a fault of the harness proves nothing. */
const NOTICED: readonly (Status | undefined)[] = ['failed', 'blocked', 'unproven'];

async function proofOf(intent: string, right: Status, way: Way | undefined, tried: Tried[]): Promise<Proof> {
  const not = (because: string): Proof => ({ intent, proved: false, because });
  if (right !== 'passed') return not(`it does not pass when it is carried out rightly (${right})`);
  if (!way) return not('its way is not recorded, so nothing can be left out of it: carry it out once where lockfiles are written');
  const { SABOTAGE_WORDS, missingInvariant } = await import('../../runner/sabotage.ts');
  const blind = tried.filter(
    ({ status, reason }) => status === 'passed' || status === 'flaky' || (status === 'unproven' && BY_ITS_SURROUNDINGS.has(reason)),
  );
  if (blind.length > 0)
    return not(
      blind
        .map(
          ({ sabotage }) =>
            `it passes although ${SABOTAGE_WORDS[sabotage]}: add an invariant, ${missingInvariant(sabotage, way.lock, way.intent)}`,
        )
        .join('; '),
    );
  const stale = tried.find(({ status, reason }) => status === 'unproven' && BY_ITS_START.has(reason));
  if (stale)
    return not(
      `it could not be shown what happens when ${SABOTAGE_WORDS[stale.sabotage]}: the time before had left its state behind (${stale.reason === 'precondition-unmet' ? 'a precondition is not met' : 'what it proves was already true'}); begin from a fixture, or name \${run.id} in it`,
    );
  const broken = tried.find(({ status }) => !NOTICED.includes(status));
  if (broken) return not(`it could not be shown what happens when ${SABOTAGE_WORDS[broken.sabotage]} (${broken.status ?? 'no result'})`);
  return {
    intent,
    proved: true,
    because: `it is not green when ${tried.map(({ sabotage }) => SABOTAGE_WORDS[sabotage]).join(', nor when ')}`,
  };
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
