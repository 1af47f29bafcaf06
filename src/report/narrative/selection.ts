import { clip } from '../escape/visible.ts';
import type { RunStory } from '../story.ts';
import { code, type Line, line } from './line.ts';

const SHOWN = 200;

/** "Why these journeys", or what a selection would have done where everything ran. */
export const selectionTitle = ({ selection }: RunStory): string =>
  selection?.applied ? 'Why these journeys' : 'What a selection would have left out';

/** Each journey with its reason, the riskiest first; files that nobody knows before them. */
export function selectionLines(story: RunStory): Line[] {
  const { selection } = story;
  if (!selection) return [];
  const lines = [
    line()`Compared with ${code(selection.base)}: ${String(selection.files)} changed ${selection.files === 1 ? 'file' : 'files'}${selection.agent ? `, a coding agent took part (${selection.agent})` : ''}.`,
  ];
  if (selection.unmapped.length > 0)
    lines.push(
      line()`Mapped to no journey, so everything runs: ${selection.unmapped.slice(0, 8).flatMap((path, index) => [...(index > 0 ? [', '] : []), code(path)])}${selection.unmapped.length > 8 ? ` and ${selection.unmapped.length - 8} more` : ''}.`,
    );
  const told = story.intents
    .flatMap((intent) => (intent.selection ? [{ id: intent.id, ...intent.selection }] : []))
    .filter(({ chosen }) => selection.applied || !chosen);
  for (const { id, chosen, risk, why } of told.toSorted((a, b) => b.risk - a.risk).slice(0, SHOWN))
    lines.push(line()`${code(id)} ${chosen ? `runs (risk ${String(risk)})` : 'left out'}: ${clip(why, 240)}.`);
  if (told.length > SHOWN) lines.push(line()`And ${String(told.length - SHOWN)} more.`);
  return lines;
}
