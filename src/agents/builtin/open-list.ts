import { describe } from '../identity.ts';
import { content } from '../words.ts';
import type { Part } from './goal.ts';
import { click, type Move, type Scene } from './move.ts';
import { bestOption } from './option.ts';
import { tell } from './value.ts';

/** Options that a list has just shown. */
export function fromOpenList(scene: Scene, open: readonly Part[]): Move | undefined {
  if (scene.purposes.at(-1) !== 'list') return undefined;
  const came = scene.turns.at(-1)?.added ?? [];
  // Some lists are made of buttons: those that have just come.
  const options = scene.observation.candidates.filter(
    (candidate) =>
      !candidate.disabled &&
      (['option', 'menuitemradio', 'menuitem', 'treeitem'].includes(candidate.role) ||
        (candidate.role === 'button' && candidate.name !== '' && came.some((line) => line.includes(`button "${candidate.name}"`)))),
  );
  for (const part of open) {
    const said = new Set(content(scene.turns.at(-1)?.target?.name ?? ''));
    const rest = part.value.text
      .split(/\s+/)
      .filter((word) => !content(word).every((stemmed) => said.has(stemmed)))
      .join(' ');
    const name =
      bestOption(
        part.value,
        options.map((candidate) => candidate.name),
      ) ??
      (rest === ''
        ? undefined
        : bestOption(
            { kind: part.value.kind, text: rest },
            options.map((candidate) => candidate.name),
            0.9,
          ));
    const option = options.find((candidate) => candidate.name === name);
    if (option) return click(option, 'fill', `${describe(option)} is ${tell(part.value)}`, 0.85);
  }
  return undefined;
}
