import { dirname } from 'node:path';
import type { Project } from '../core/project.ts';
import { findConfig } from './find-config.ts';
import { keepProject, keptProject } from './kept-project.ts';
import { isInstalled } from './own-package.ts';
import { printProblems } from './problems.ts';
import type { Shell } from './shell.ts';

/**
 * The project around here, or undefined when its files are wrong: then every problem has been printed.
 * With `kept`, files that are as they were when they were last read are not parsed and checked again; from a checkout they always are.
 */
export async function loadProjectHere(
  shell: Shell,
  options: { config?: string; root?: string; kept?: boolean } = {},
): Promise<Project | undefined> {
  const configFile = findConfig(options.root ?? shell.cwd, options.config);
  const mayKeep = options.kept === true && isInstalled();
  const known = mayKeep ? keptProject(configFile, shell) : undefined;
  if (known) {
    printProblems(known.problems, shell);
    return known.project;
  }
  const [{ loadProject }, { probes }, { celMistake }, { regexMistake }] = await Promise.all([
    import('../spec/load.ts'),
    import('../oracle/probes/index.ts'),
    import('../oracle/cel.ts'),
    import('../oracle/regex.ts'),
  ]);
  const { project, problems, files, folders } = await loadProject({
    root: dirname(configFile),
    configFile,
    probes,
    env: shell.env,
    checks: { cel: celMistake, regex: regexMistake },
  });
  printProblems(problems, shell);
  if (project && mayKeep) keepProject({ project, problems, files, folders }, shell);
  return project;
}
