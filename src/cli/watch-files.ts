import { type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';

/** Parts of a project that change without anybody writing in them. */
const IGNORED = /(?:^|[/\\])(?:node_modules|\.git|\.intentwright|dist|coverage)(?:[/\\]|$)|\.lock\.yaml$|\.tmp$|~$|\.swp$/;
/** Editors save in several moves, ms. */
const TOGETHER = 150;

/** Calls back with the names of the files that were saved, below a folder. Returns how to stop. */
export function watchFiles(root: string, onSaved: (paths: string[]) => void): () => void {
  const saved = new Set<string>();
  let due: NodeJS.Timeout | undefined;
  const watcher: FSWatcher = watch(root, { recursive: true }, (_, name) => {
    if (name === null || IGNORED.test(name)) return;
    saved.add(name);
    clearTimeout(due);
    due = setTimeout(() => {
      const paths = [...saved];
      saved.clear();
      onSaved(paths);
    }, TOGETHER);
  });
  watcher.on('error', () => undefined);
  return () => {
    clearTimeout(due);
    watcher.close();
  };
}

/** Which of these intents a saved file asks to be run again: its own, or all where others may rest on it. */
export function touchedBy(paths: readonly string[], ids: readonly string[]): string[] | undefined {
  const own = paths.map((path) => /^(.+)\.intent\.yaml$/.exec(basename(path))?.[1]);
  if (own.every((id) => id !== undefined)) return [...new Set(own)].filter((id) => ids.includes(id));
  return paths.some((path) => /\.(?:ya?ml|ts|mts|js|mjs|csv|json)$/.test(path)) ? [...ids] : undefined;
}
