import { dirname } from 'node:path';
import type { Project } from '../core/project.ts';
import { findConfig } from './find-config.ts';
import { printProblems } from './problems.ts';
import type { Shell } from './shell.ts';

/** The project around here, or undefined when its files are wrong: then every problem has been printed. */
export async function loadProjectHere(shell: Shell, options: { config?: string; root?: string } = {}): Promise<Project | undefined> {
  const configFile = findConfig(options.root ?? shell.cwd, options.config);
  const [{ loadProject }, { probes }, { celMistake }, { regexMistake }] = await Promise.all([
    import('../spec/load.ts'), import('../oracle/probes/index.ts'), import('../oracle/cel.ts'), import('../oracle/regex.ts'),
  ]);
  const { project, problems } = await loadProject({ root: dirname(configFile), configFile, probes, env: shell.env, checks: { cel: celMistake, regex: regexMistake } });
  printProblems(problems, shell);
  return problems.some((problem) => problem.severity === 'error') ? undefined : project;
}
