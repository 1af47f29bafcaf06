import { describe } from '../identity.ts';
import { plain } from '../words.ts';
import { reachable } from './layout.ts';
import { act, type Move, type Scene } from './move.ts';

/** The file that the sentence names, for the file field in sight; undefined when there is neither. */
export function fileMove(scene: Scene): Move | undefined {
  const { goal, observation, step, turns } = scene;
  const file =
    step.files.find(
      (name) => goal.parts.some((part) => plain(part.value.text) === plain(name)) || plain(goal.clause.text).includes(plain(name)),
    ) ?? (step.files.length === 1 && /\b(?:file|csv|upload|import|attach)/i.test(goal.clause.text) ? step.files[0] : undefined);
  if (file === undefined || turns.some((turn) => turn.action.kind === 'upload' && turn.outcome.ok)) return undefined;
  const field = reachable(observation).find((candidate) => candidate.inputType === 'file');
  return field && act({ kind: 'upload', target: field.id, file }, 'fill', `${describe(field)} takes ${file}`, field);
}
