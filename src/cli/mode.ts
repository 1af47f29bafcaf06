import type { Config, ModeSettings } from '../core/config.ts';
import type { MatrixDepth } from '../core/intent.ts';
import { IntentwrightError } from '../core/errors.ts';
import type { Project } from '../core/project.ts';
import { resolveText } from '../core/template.ts';
import { cellsBeyond } from '../spec/matrix.ts';
import { hintFor } from '../spec/suggest.ts';
import type { RunFlags } from './run-flags.ts';

/** What each mode means where the config says nothing else. */
const BUILT_IN: Record<string, ModeSettings> = {
  // Somebody waits: one retry, one cell of a matrix, and no more than two minutes a journey.
  pr: { retries: 1, budget: { seconds: 120 }, matrix: 'one' },
  // Nobody waits: everything is kept of what is not green.
  nightly: { retries: 1, artifacts: { trace: 'on-failure' }, matrix: 'all' },
  // In front of customers: one at a time, never again, only what is safe.
  canary: { retries: 0, workers: 1, safeOnly: true, matrix: 'one' },
};

export interface InMode {
  project: Project;
  flags: RunFlags;
  /** Intents that the mode does not run, and why. */
  leftOut?: ReadonlyMap<string, string>;
}

/**
 * A project and its flags as a mode wants them: flags win over the mode, the mode over the config.
 * @throws IntentwrightError USAGE for a mode that nobody declared
 */
export function inMode(name: string | undefined, project: Project, flags: RunFlags, env: NodeJS.ProcessEnv): InMode {
  if (name === undefined) return { project, flags };
  const { config } = project;
  const declared = config.modes?.[name];
  const known = [...new Set([...Object.keys(BUILT_IN), ...Object.keys(config.modes ?? {})])];
  if (!declared && !BUILT_IN[name])
    throw new IntentwrightError('USAGE', `there is no mode called ${name}`, {
      hint: hintFor(name, known) ?? `modes: ${known.join(', ')}; others are declared under modes: in the config`,
    });
  const mode: ModeSettings = { ...BUILT_IN[name], ...declared };
  const beyond = cellsBeyond(mode.matrix ?? 'all', project.intents);
  return {
    leftOut: new Map(beyond.map((id) => [id, `mode ${name} runs ${DEPTH_WORDS[mode.matrix ?? 'all']} of a matrix`])),
    project: {
      ...project,
      config: configIn(mode, config),
      intents: mode.safeOnly ? project.intents.filter(({ safe }) => safe === 'production') : project.intents,
    },
    flags: {
      ...(mode.priority ? { priority: mode.priority } : {}),
      ...(mode.touches ? { touches: mode.touches } : {}),
      ...(mode.notify === undefined ? {} : { notify: String(resolveText(mode.notify, {}, env)) }),
      ...flags,
    },
  };
}

const DEPTH_WORDS: Record<MatrixDepth, string> = {
  one: 'the first cell',
  'each-value': 'as many cells as let each value be run once',
  pairwise: 'as many cells as let every two values meet',
  all: 'all cells',
};

const configIn = ({ retries, workers, budget, artifacts }: ModeSettings, config: Config): Config => ({
  ...config,
  ...(retries === undefined ? {} : { retries }),
  ...(workers === undefined ? {} : { workers }),
  budget: { ...config.budget, ...budget },
  artifacts: { ...config.artifacts, ...artifacts },
});
