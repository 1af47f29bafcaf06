import { dirname } from 'node:path';
import type { ConductOptions } from './conduct.ts';
import { findConfig } from './find-config.ts';
import type { Shell } from './shell.ts';
import { listenForSignals } from './signals.ts';
import { touchedBy, watchFiles } from './watch-files.ts';

interface OnSave {
  config: string | undefined;
  /** One run; everything is read anew. Resolves to its exit code. */
  once(ids: string[], host: NonNullable<ConductOptions['host']>): Promise<number>;
}

/** For authors: runs, waits for a file to be saved, runs what that file belongs to. Ctrl-C ends it with the last run's code. */
export async function runOnSave(shell: Shell, ids: string[], { config, once }: OnSave): Promise<number> {
  const root = dirname(findConfig(shell.cwd, config));
  const interruption = listenForSignals(process, () => undefined);
  const { signal } = interruption;
  let due: string[] | undefined = ids;
  let wake: (() => void) | undefined;
  // Which intents there are is known once the files can be read; until then every one may be meant.
  let known: string[] = [];
  const unwatch = watchFiles(root, (paths) => {
    const own = touchedBy(paths, known);
    if (own === undefined) return;
    due = own.length === 0 || own.length === known.length ? ids : [...new Set([...(due ?? []), ...own])];
    wake?.();
  });
  let code = 0;
  while (!signal.aborted) {
    if (due === undefined) {
      shell.out('\nWaiting for a file to be saved. Ctrl-C ends it.\n');
      await new Promise<void>((resolve) => {
        wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      wake = undefined;
      continue;
    }
    const these: string[] = due;
    due = undefined;
    code = await once(these, {
      signal,
      subscriber: {
        name: 'on-save',
        on: (event) => {
          if (event.type === 'run-start') known = [...new Set([...known, ...event.intents.map(({ id }) => id)])];
        },
      },
    });
  }
  unwatch();
  interruption.dispose();
  return code;
}
