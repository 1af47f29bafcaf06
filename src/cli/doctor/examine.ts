import { resolve } from 'node:path';
import type { Project } from '../../core/project.ts';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import { loadProjectHere } from '../load.ts';
import { count } from '../problems.ts';
import type { Shell } from '../shell.ts';
import { examineApplication } from './application.ts';
import { examineBrowser } from './browser.ts';
import { examineDisk } from './disk.ts';
import { examineModel } from './model.ts';
import { type Finding, missing, ok, unknown } from './finding.ts';

/** Every check in the order in which one depends on another; each is told as soon as it is known. */
export async function* examine(shell: Shell, options: { config?: string; target?: string }): AsyncGenerator<Finding> {
  yield ok('Node', `${process.version} on ${process.platform} ${process.arch}`);
  const { project, finding } = await examineFiles(shell, options.config);
  yield await examineBrowser(project?.config, shell.env);
  yield await examineDisk(project ? resolve(project.config.root, project.config.artifacts.dir) : resolve(shell.cwd, '.intentwright'));
  yield finding;
  if (!project) {
    yield unknown('application', 'not checked: the files come first');
    return;
  }
  if (project.config.agents.model) yield await examineModel(project.config.agents.model, shell.env);
  yield* examineApplication(project, options.target ?? project.config.defaultTarget, shell.env);
}

async function examineFiles(shell: Shell, config: string | undefined): Promise<{ project?: Project; finding: Finding }> {
  try {
    const project = await loadProjectHere(shell, { config });
    if (!project)
      return { finding: { name: 'files', state: 'wrong-files', said: 'there are problems in them', hint: 'intentwright check' } };
    const { intents, invariants, fixtures } = project;
    return {
      project,
      finding: ok(
        'files',
        `${count(intents.length, 'intent')}, ${count(invariants.size, 'invariant')}, ${count(fixtures.size, 'fixture')}`,
      ),
    };
  } catch (error) {
    if (!IntentwrightError.is(error, 'CONFIG_MISSING')) throw error;
    return { finding: { ...missing('files', messageOf(error), error.hint), state: 'wrong-files' } };
  }
}
