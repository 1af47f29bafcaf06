import { writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { IntentwrightError } from '../../core/errors.ts';
import type { Finding } from '../../core/parity.ts';
import type { Project } from '../../core/project.ts';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';
import { loadProjectHere } from '../load.ts';
import { count } from '../problems.ts';
import type { Shell } from '../shell.ts';

interface ParityOptions {
  against?: string;
  target?: string;
  json?: boolean;
  all?: boolean;
  config?: string;
}

interface SnapshotOptions {
  target?: string;
  out: string;
  config?: string;
}

export function defineParity(desk: Desk): Command {
  const command = new CommandLine('parity')
    .summary('how far an environment is like another one')
    .description(
      'Compares the environment under test with another: what anybody sees (redirects, headers, policies, cookies, foreign scripts, CORS, sign-in discovery, build) and what the config declares under `parity.facts`. Values stay on their side: the two are compared by keyed digests that are thrown away. Ends with 1 when something differs, with 3 when something could not be read.',
    )
    .option('--against <snapshot>', 'a snapshot’s file, or the name of a target; the config’s parity.against otherwise')
    .option('--target <name>', 'which of the config’s targets is compared; its default otherwise')
    .option('--all', 'what is alike and what is ignored, too')
    .option('--json', 'as JSON')
    .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
    .addHelpText(
      'after',
      examples(
        ['intentwright parity snapshot --target live', 'on a machine that reaches production: writes production.yaml'],
        ['intentwright parity --against production.yaml', 'the environment under test against it'],
        ['intentwright parity --target staging --against live', 'both at once, from here'],
      ),
    )
    .action(desk.action((options: ParityOptions) => parity(desk, options)));
  return command.addCommand(
    new CommandLine('snapshot')
      .summary('write down what an environment looks like')
      .description(
        'Reads an environment and writes what `parity --against` compares with. Public facts stand as they are; of declared ones only the shape, and a keyed digest where INTENTWRIGHT_PARITY_KEY is set to the same secret on both sides.',
      )
      .option('--target <name>', 'which of the config’s targets; its default otherwise')
      .option('--out <file>', 'where to write it', 'production.yaml')
      .option('-c, --config <file>', 'config file; the nearest intentwright.config.* otherwise')
      .addHelpText(
        'after',
        examples([
          'intentwright parity snapshot --target live --out production.yaml',
          'commit it, and take it again when production changes',
        ]),
      )
      .action(
        desk.action((options: SnapshotOptions, self: Command) =>
          snapshot(desk, { ...self.optsWithGlobals<SnapshotOptions>(), ...options }),
        ),
      ),
  );
}

async function parity({ shell }: Desk, options: ParityOptions): Promise<number> {
  const project = await loadProjectHere(shell, { ...(options.config === undefined ? {} : { config: options.config }) });
  if (!project) return 2;
  const against = options.against ?? project.config.parity.against;
  if (against === undefined)
    throw new IntentwrightError('USAGE', 'compared with what?', {
      hint: 'name a snapshot or a target with --against, or parity.against in the config',
    });
  const { readParity } = await import('../../runner/parity.ts');
  const { findings } = await withApplication(shell, project, options.target, (side) => readParity({ ...side, against }));
  const different = findings.filter(({ state }) => state === 'different').length;
  const unknown = findings.filter(({ state }) => state === 'unknown').length;
  if (options.json) shell.out(`${JSON.stringify({ against, findings }, null, 2)}\n`);
  else tell(shell, against, findings, options.all ?? false);
  return different > 0 ? 1 : unknown > 0 ? 3 : 0;
}

async function snapshot({ shell }: Desk, options: SnapshotOptions): Promise<number> {
  const project = await loadProjectHere(shell, { ...(options.config === undefined ? {} : { config: options.config }) });
  if (!project) return 2;
  const [{ readSide }, { Seal }, { PARITY_KEY }, { printSnapshot }] = await Promise.all([
    import('../../runner/environment-facts.ts'),
    import('../../parity/seal.ts'),
    import('../../runner/parity.ts'),
    import('../../spec/parity-file.ts'),
  ]);
  const seal = Seal.of(shell.env[PARITY_KEY]);
  const taken = await withApplication(shell, project, options.target, (side) => readSide({ ...side, seal }));
  seal.forget();
  const file = resolve(shell.cwd, options.out);
  await writeFile(file, printSnapshot(taken));
  const unreadable = Object.entries(taken.facts).filter(([, fact]) => 'unreadable' in fact);
  shell.out(`${relative(shell.cwd, file)}: ${count(Object.keys(taken.facts).length, 'fact')} of ${taken.target}.\n`);
  for (const [id, fact] of unreadable)
    shell.err(`${shell.paint('yellow', 'unknown')} ${id}: ${'unreadable' in fact ? fact.unreadable : ''}\n`);
  if (taken.key === undefined && project.config.parity.facts.length > 0)
    shell.err(`${shell.paint('yellow', 'warning')} without ${PARITY_KEY} only the shapes of declared facts can be compared\n`);
  return unreadable.length > 0 ? 3 : 0;
}

type Side = Omit<Parameters<typeof import('../../runner/parity.ts').readParity>[0], 'against'>;

/** Starts the target when the config says how, and ends it again. */
async function withApplication<T>(shell: Shell, project: Project, named: string | undefined, work: (side: Side) => Promise<T>): Promise<T> {
  const [{ openApplication }, { systemClock }, { guardFor }] = await Promise.all([
    import('../../runner/application.ts'),
    import('../../runner/clock.ts'),
    import('../../runner/parity.ts'),
  ]);
  const name = named ?? project.config.defaultTarget;
  const target = project.config.targets[name];
  if (!target)
    throw new IntentwrightError('TARGET_REFUSED', `there is no target called ${name}`, {
      hint: `declared: ${Object.keys(project.config.targets).join(', ')}`,
    });
  const interrupted = new AbortController();
  const stop = (): void => interrupted.abort('SIGINT');
  process.once('SIGINT', stop);
  const guard = await guardFor(name, { project, env: shell.env });
  const application = await openApplication(target, project.config.root, shell.env, {}, interrupted.signal);
  try {
    return await work({
      project,
      target: name,
      application,
      env: shell.env,
      clock: systemClock,
      signal: interrupted.signal,
      ...(guard ? { guard } : {}),
    });
  } finally {
    process.off('SIGINT', stop);
    await application.stop();
  }
}

const MARKS: Record<Finding['state'], [mark: string, style: 'green' | 'red' | 'yellow' | 'gray']> = {
  same: ['✓', 'green'],
  different: ['✗', 'red'],
  unknown: ['?', 'yellow'],
  ignored: ['–', 'gray'],
  simulated: ['≈', 'yellow'],
};

function tell(shell: Shell, against: string, findings: readonly Finding[], all: boolean): void {
  for (const { fact, state, says, touches } of findings) {
    if (!all && (state === 'same' || state === 'ignored')) continue;
    const [mark, style] = MARKS[state];
    shell.out(
      `${shell.paint(style, mark)} ${fact}  ${says}${touches.length > 0 && state !== 'same' && state !== 'ignored' ? shell.paint('gray', `  (${touches.includes('*') ? 'every intent' : touches.join(', ')})`) : ''}\n`,
    );
  }
  const number = (state: Finding['state']): number => findings.filter((finding) => finding.state === state).length;
  shell.out(
    `\n${count(findings.length, 'fact')} compared with ${against}: ${number('same')} alike, ${number('different')} different, ${number('unknown')} unknown, ${number('ignored')} ignored${number('simulated') > 0 ? `, ${number('simulated')} simulated` : ''}.\n`,
  );
}
