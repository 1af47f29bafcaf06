import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { IntentwrightError } from '../core/errors.ts';
import type { Project } from '../core/project.ts';
import type { Retold } from '../journey/retell.ts';
import { printLockfile } from '../spec/lock-file.ts';
import { idOf, invariantFile, recordedIntentFile } from './templates.ts';

/** Where a recording will be written; nothing is overwritten. */
export interface RecordingPlan {
  root: string;
  id: string;
  title: string;
  /** Handles that the config declares. */
  secrets: readonly string[];
}

/** @throws IntentwrightError USAGE when there is such an intent already */
export function planRecording(project: Project, { id, title = 'A recorded journey' }: { id?: string; title?: string }): RecordingPlan {
  const name = id ?? idOf(title);
  const root = project.config.root;
  if (project.intents.some((intent) => intent.id === name) || existsSync(join(root, 'intents', `${name}.intent.yaml`))) {
    throw new IntentwrightError('USAGE', `there is an intent ${name} already`, { hint: 'give another --title or --id' });
  }
  return { root, id: name, title, secrets: Object.keys(project.config.secrets) };
}

interface Recording {
  retold: Retold;
  /** Path where the person began, unless it is the first page. */
  start?: string;
  proof?: string;
  cwd: string;
}

/** Writes intent, lockfile and, where it is known what answers, the invariant. Resolves to what to do next. */
export async function writeRecording(plan: RecordingPlan, { retold, start, proof, cwd }: Recording): Promise<string> {
  const { root, id, title } = plan;
  const { steps, vars, secrets } = retold;
  const shows = proof === undefined ? undefined : shownBy(retold);
  const invariant = `${id}-is-stored`;
  const names = [...(shows ?? '').matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]!);
  const files: Record<string, string> = {
    [`intents/${id}.intent.yaml`]: recordedIntentFile({
      title,
      start,
      vars,
      sentences: steps.map(({ text }) => text),
      invariant: { name: shows === undefined ? 'some-invariant' : invariant, params: names },
    }),
    [`intents/${id}.lock.yaml`]: recordedLock(printLockfile({ version: 1, intent: id, actors: ['user'], steps, converges: {} })),
    ...(proof !== undefined && shows !== undefined ? { [`invariants/${id}.yaml`]: invariantFile(invariant, { proof, shows }) } : {}),
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const undeclared = secrets.filter((name) => !plan.secrets.includes(name));
  return [
    ...Object.keys(files).map((path) => `wrote ${relative(cwd, join(root, path))}`),
    '',
    ...(undeclared.length > 0
      ? [
          `Declare what was typed into password fields in the config:`,
          '  secrets:',
          ...undeclared.map(
            (name) => `    ${name}: { env: ${name} }          # or { generate: true } for an account that the journey creates`,
          ),
          '',
        ]
      : []),
    ...(proof !== undefined
      ? [
          shows === undefined
            ? `Nothing was typed that ${proof} could show.`
            : `It is proved by ${proof} showing "${shows}", which was entered last: if that is not so, change invariants/${id}.yaml.`,
          '',
        ]
      : []),
    ...(shows === undefined ? [`Say in intents/${id}.intent.yaml what proves it: no journey passes by having been carried out.`, ''] : []),
    'Then:',
    '  npx intentwright check',
    `  npx intentwright explain ${id}`,
    `  npx intentwright run ${id}`,
    '',
  ].join('\n');
}

/** What was entered last is what the backend should show: a variable where there is one. */
function shownBy({ steps }: Retold): string | undefined {
  const entered = steps
    .flatMap(({ actions }) => actions)
    .filter(
      ({ kind, value, from }) =>
        (kind === 'fill' || (kind === 'dialog' && from === 'step')) && !(value ?? '${secret:').includes('${secret:'),
    );
  return (entered.findLast(({ value }) => /\$\{/.test(value!)) ?? entered.at(-1))?.value;
}

const recordedLock = (text: string): string =>
  text.replace(
    /^# Written by .*\n/,
    '# Written by Intentwright while a person was followed: how they did it. Nothing has been proved by it yet.\n',
  );
