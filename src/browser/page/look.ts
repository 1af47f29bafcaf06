import { contains, fold } from './dom.ts';
import { elementOf } from './registry.ts';
import type { FrameLook, LookOptions } from './frame-look.ts';
import { learnListeners } from './hooked.ts';
import { freshPrints } from './print.ts';
import { watch } from './quiet.ts';
import { dialogName, freshRows } from './scope.ts';
import { onScreen, topDialog, withoutWrappers } from './screen.ts';
import { Walk } from './walk.ts';

/** One look at a frame. */
export function look(options: LookOptions): FrameLook {
  learnListeners();
  freshRows();
  freshPrints();
  const walk = new Walk(options);
  const root = document.body ?? document.documentElement;
  if (root) walk.run(root);
  watch(walk.roots);
  const dialog = topDialog(walk.dialogs);
  const native = dialog?.matches(':modal') === true;
  const found = withoutWrappers(walk.found);
  const reachable = onScreen(found, dialog, () => walk.tick());
  for (const { element, candidate } of reachable) if (candidate.invalid) walk.notices.about(element, candidate.id);
  const passages = native ? walk.passages.list.filter(({ context }) => context.dialog !== undefined) : walk.passages.list;
  const hidden = found.length - reachable.length;
  return {
    title: fold(document.title),
    candidates: reachable.map(({ candidate }) => candidate),
    notices: walk.notices.list,
    passages,
    repeats: walk.repeats,
    veiled: walk.veiledRows(),
    ...(dialog ? { dialog: dialogName(dialog) } : {}),
    cut: [
      ...(walk.late ? [`the page is too large to read in ${options.budget} ms: the rest of it was left out`] : []),
      ...(walk.unreadable > 0 ? [`${walk.unreadable} elements that could not be read`] : []),
      ...(walk.left > 0 ? [`${walk.left} more controls`] : []),
      ...(walk.passages.full > 0 ? [`${walk.passages.full} more passages of text`] : []),
      ...(hidden > 0 || passages.length < walk.passages.list.length ? [`what is behind the dialog: ${hidden} controls`] : []),
    ],
    frames: native ? walk.frames.filter(({ number }) => contains(dialog!, elementOf(number)!)) : walk.frames,
    ready: document.readyState !== 'loading',
  };
}
