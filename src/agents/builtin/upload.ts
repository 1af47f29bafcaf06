import { describe } from '../identity.ts';
import { plain } from '../words.ts';
import { reachable } from './layout.ts';
import { act, type Move, type Scene } from './move.ts';

/** The file that the sentence names, as it lies beside the intent. */
function fileOf({ goal, step }: Scene): string | undefined {
  const named = step.files.find(
    (name) => goal.parts.some((part) => plain(part.value.text) === plain(name)) || plain(goal.clause.text).includes(plain(name)),
  );
  return named ?? (step.files.length === 1 && /\b(?:file|csv|upload|import|attach)/i.test(goal.clause.text) ? step.files[0] : undefined);
}

const isGiven = ({ turns }: Scene): boolean => turns.some((turn) => turn.action.kind === 'upload' && turn.outcome.ok);

/** Who is to upload a file has done nothing before it is given, whatever was pressed on the way. */
export const awaitsFile = (scene: Scene): boolean => scene.goal.kind === 'upload' && fileOf(scene) !== undefined && !isGiven(scene);

/** Presses that ask the browser for a file, where its field is not in sight. */
const CHOOSES = /^(?:select|choose|browse|pick)\b.*\b(?:files?|images?|pictures?|photos?|documents?|computer)\b|^browse$/i;

/** The file that the sentence names, for the file field in sight or what opens the choice of one; undefined when there is neither. */
export function fileMove(scene: Scene): Move | undefined {
  const { observation, turns } = scene;
  const file = fileOf(scene);
  if (file === undefined || isGiven(scene)) return undefined;
  const usable = reachable(observation);
  const isInVain = ({ name }: { name: string }): boolean =>
    turns.some(({ action, target }) => action.kind === 'upload' && target?.name === name);
  const field =
    usable.find((candidate) => candidate.inputType === 'file') ??
    usable.find((candidate) => /^(?:button|generic)$/.test(candidate.role) && CHOOSES.test(candidate.name.trim()) && !isInVain(candidate));
  return field && act({ kind: 'upload', target: field.id, file }, 'fill', `${describe(field)} takes ${file}`, field);
}
