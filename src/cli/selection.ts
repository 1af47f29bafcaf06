import { IntentwrightError } from '../core/errors.ts';
import type { Project } from '../core/project.ts';
import type { History } from '../history/store.ts';
import type { SelectionMade } from '../runner/select/select.ts';
import { count } from './problems.ts';
import type { Shell } from './shell.ts';

/** What may be said about a selection on the command line. */
export interface SelectionFlags {
  base?: string;
  /** Changed files, named instead of asked of git. */
  files?: string[];
  limit?: number;
  failOnUnmapped?: boolean;
}

/**
 * Which intents the change puts at risk, by what is known here.
 * @throws IntentwrightError USAGE | SELECTION_UNMAPPED
 */
export async function selectFor(
  shell: Shell,
  project: Project,
  history: History | undefined,
  target: string,
  flags: SelectionFlags,
): Promise<SelectionMade> {
  const { selectHere } = await import('../runner/select/select-here.ts');
  const made = await selectHere({
    project,
    env: shell.env,
    now: Date.now(),
    past: {
      footprint: (intent) => history?.footprint(intent, target),
      past: (intent) => history?.past(intent, { target, limit: 20 }) ?? [],
    },
    ...(flags.base === undefined ? {} : { base: flags.base }),
    ...(flags.files ? { files: flags.files } : {}),
    ...(flags.limit === undefined ? {} : { limit: flags.limit }),
  });
  if (flags.failOnUnmapped && made.unmapped.length > 0) {
    throw new IntentwrightError(
      'SELECTION_UNMAPPED',
      `${count(made.unmapped.length, 'changed file')} ${made.unmapped.length === 1 ? 'is' : 'are'} mapped to no intent: ${made.unmapped.slice(0, 10).join(', ')}${made.unmapped.length > 10 ? ', …' : ''}`,
      {
        hint: 'name them under `watch:` of the intents they may break, or under selection.ignore of the config',
      },
    );
  }
  return made;
}

/** "3 of 17 chosen for 2 changed files since origin/main." */
export function selectionHeadline({ intents, files, base, unmapped }: SelectionMade): string {
  const chosen = intents.filter((intent) => intent.chosen).length;
  const since = base === 'files' ? '' : ` since ${base}`;
  return `${chosen} of ${intents.length} chosen for ${count(files.length, 'changed file')}${since}${unmapped.length > 0 ? `; ${count(unmapped.length, 'file')} mapped to no intent, so everything runs` : ''}.`;
}

/** A selection for a terminal: one line an intent, or with every reason and every file. */
export function tellSelection(shell: Shell, made: SelectionMade, { explain }: { explain: boolean }): void {
  const width = Math.max(0, ...made.intents.map(({ id }) => id.length));
  for (const intent of made.intents.filter(({ chosen }) => chosen || explain)) {
    shell.out(
      `${intent.chosen ? shell.paint('green', '✓') : shell.paint('gray', '–')} ${intent.id.padEnd(width)}  ${intent.risk.toFixed(2).padStart(6)}  ${intent.why}\n`,
    );
    if (!explain) continue;
    const { overlap, priority, failures, age, change } = intent.factors;
    if (overlap > 0)
      shell.out(
        `    risk = overlap ${overlap} × priority ${priority} × failures ${failures.toFixed(2)} × age ${age.toFixed(2)} × change ${change.toFixed(2)}\n`,
      );
    for (const { says, weight, kind } of intent.reasons.slice(0, 8)) shell.out(`    ${weight.toFixed(2)} ${kind.padEnd(8)} ${says}\n`);
    if (intent.reasons.length > 8) shell.out(`    and ${intent.reasons.length - 8} more\n`);
  }
  if (explain && made.files.length > 0) {
    shell.out('\nChanged files:\n');
    for (const { path, state, why } of made.files)
      shell.out(`  ${path}  ${state === 'unmapped' ? shell.paint('yellow', state) : state}: ${why}\n`);
  }
  if (made.writtenByAgent) shell.out(`\nA coding agent took part (${made.writtenByAgent}).\n`);
  shell.out(`\n${selectionHeadline(made)}\n`);
}
