import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { plain } from '../words.ts';
import { isTextField } from './field.ts';
import { gap } from './layout.ts';
import { click, type Move, type Scene } from './move.ts';
import { bestOption, optionFit } from './option.ts';

const OFFERED = new Set(['option', 'menuitem', 'treeitem', 'listitem', 'generic', 'gridcell']);

/** What opened below a field while it was being typed into: the entries of a combobox or an autocomplete. */
export function offered(scene: Scene): { field: Candidate; options: Candidate[] } | undefined {
  const last = scene.turns.at(-1)?.action.kind === 'wait' ? scene.turns.at(-2) : scene.turns.at(-1);
  const added = [...(last?.added ?? []), ...(scene.turns.at(-1)?.added ?? [])];
  if (last?.action.kind !== 'fill' || !last.outcome.ok || !last.target) return undefined;
  const field = scene.observation.candidates.find(
    (candidate) =>
      isTextField(candidate) &&
      candidate.role === last.target!.role &&
      candidate.name === last.target!.name &&
      (candidate.value ?? '') !== '' &&
      candidate.focused !== false &&
      sameText(candidate, last.action),
  );
  if (!field) return undefined;
  const options = scene.observation.candidates.filter(
    (candidate) =>
      OFFERED.has(candidate.role) &&
      candidate.name !== '' &&
      !candidate.disabled &&
      (candidate.role === 'option' || gap(candidate, field) < 400) &&
      isNew(added, candidate) &&
      candidate.print.box.y >= field.print.box.y - 300,
  );
  return options.length > 0 ? { field, options } : undefined;
}

const sameText = (field: Candidate, action: { kind: string }): boolean => {
  const value = (action as { value?: { text?: string } }).value;
  return value?.text === undefined || plain(field.value ?? '').startsWith(plain(value.text).slice(0, 3));
};

const isNew = (added: readonly string[], candidate: Candidate): boolean =>
  added.some((line) => line.startsWith(`${candidate.id} `) || line.includes(candidate.name.slice(0, 40)));

/** Picks the entry that is meant from what a field offers; nothing when none is clearly it. */
export function takeSuggestion(scene: Scene, fits?: (name: string) => boolean): Move | undefined {
  const list = offered(scene);
  if (!list) return undefined;
  if (fits) {
    const fitting = list.options.filter((option) => fits(option.name));
    return fitting[0] && click(fitting[0], 'fill', `${describe(fitting[0])} is as the sentence says`, fitting.length === 1 ? 0.9 : 0.6);
  }
  const typed = list.field.value ?? '';
  const name =
    bestOption(
      { text: typed, kind: 'text' },
      list.options.map((option) => option.name),
      0.5,
    ) ??
    list.options.find(
      (option) =>
        plain(option.name).includes(plain(typed)) && list.options.filter((other) => plain(other.name).includes(plain(typed))).length === 1,
    )?.name;
  const option = list.options.find((candidate) => candidate.name === name);
  return option && optionFit({ text: typed, kind: 'text' }, option.name) > 0
    ? click(option, 'fill', `${describe(option)} is offered for “${typed}”`, 0.8)
    : undefined;
}
