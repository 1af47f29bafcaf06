import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { IntentwrightError } from '../core/errors.ts';
import { formatWhere } from '../core/intent.ts';
import type { Finding, Snapshot } from '../core/parity.ts';
import { compareSides } from '../parity/compare.ts';
import { Seal } from '../parity/seal.ts';
import { parseSnapshot } from '../spec/parity-file.ts';
import { openApplication } from './application.ts';
import { readSide, type SideOptions } from './environment-facts.ts';
import { openProductionGuard } from './production-guard.ts';

/** Environment variable with the key under which snapshots of several machines can be compared. */
export const PARITY_KEY = 'INTENTWRIGHT_PARITY_KEY';

export interface ParityOptions extends Omit<SideOptions, 'seal'> {
  /** File of a snapshot, or name of a target. */
  against: string;
}

export interface ParityRead {
  against: string;
  findings: Finding[];
}

/**
 * Reads this side, and the other one unless it is a snapshot, and compares them. Digests and their key are gone when it returns.
 * @throws IntentwrightError USAGE | SPEC_INVALID | TARGET_UNREACHABLE
 */
export async function readParity(options: ParityOptions): Promise<ParityRead> {
  const {
    project: { config },
    against,
    clock,
  } = options;
  const asTarget = Object.hasOwn(config.targets, against);
  const seal = asTarget ? Seal.forOnce() : Seal.of(options.env[PARITY_KEY]);
  try {
    const there = asTarget ? otherSide(against, { ...options, seal }) : readSnapshot(against, options);
    const [here, other] = await Promise.all([readSide({ ...options, seal }), there]);
    const declared = new Map(config.parity.facts.map(({ name, rule, touches }) => [name, { rule, touches }]));
    return {
      against,
      findings: compareSides(here, other, { declared, rules: config.parity.rules, today: clock.wall().toISOString().slice(0, 10) }),
    };
  } finally {
    seal.forget();
  }
}

async function otherSide(target: string, { guard: _guard, ...options }: SideOptions): Promise<Snapshot> {
  const { config } = options.project;
  const guard = await guardFor(target, options);
  const application = await openApplication(config.targets[target]!, config.root, options.env, {}, options.signal);
  try {
    // What was declared of dependencies is said of the target under test; the other side is taken to be the real one.
    return { ...(await readSide({ ...options, target, application, ...(guard ? { guard } : {}) })), dependencies: {} };
  } finally {
    await application.stop();
  }
}

/** Production is only looked at: nothing needs a guard there, because nothing is sent that could change anything. */
export async function guardFor(target: string, { project, env }: Pick<SideOptions, 'project' | 'env'>): Promise<SideOptions['guard']> {
  return project.config.targets[target]?.production ? undefined : openProductionGuard({ project, target, ids: [], env });
}

async function readSnapshot(against: string, { project: { config } }: ParityOptions): Promise<Snapshot> {
  const file = resolve(config.root, against);
  if (!existsSync(file))
    throw new IntentwrightError('USAGE', `there is no snapshot ${against}, and no target of that name`, {
      hint: `make one on the other side with: intentwright parity snapshot --out ${against}; targets: ${Object.keys(config.targets).join(', ')}`,
    });
  const { snapshot, problems } = parseSnapshot(await readFile(file, 'utf8'), file);
  if (!snapshot)
    throw new IntentwrightError('SPEC_INVALID', problems[0]?.message ?? 'the snapshot is empty', {
      at: problems[0] && formatWhere(problems[0].where),
      hint: problems[0]?.hint ?? 'take it again with: intentwright parity snapshot',
    });
  return snapshot;
}
