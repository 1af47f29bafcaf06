import type { Observation } from '../../core/observation.ts';
import { verbsOf } from '../lexicon.ts';
import { content, plain } from '../words.ts';

/** "Edit · Log time · Watch · Actions": controls in a row that says nothing but what they do stand for the page, and in the row of no thing. */
export function isBar({ candidates }: Observation, row: string): boolean {
  const names = candidates.filter(({ context, name }) => context.row === row && name !== '').map(({ name }) => name);
  const said = new Set(names.flatMap((name) => content(name)));
  // What its menus hold and do not show yet is part of its text.
  const words = content(row);
  const shown = words.filter((word) => said.has(word));
  return (
    names.length > 1 &&
    names.every((name) => isDeed(name)) &&
    names.some((name) => plain(row).startsWith(plain(name))) &&
    shown.length >= 0.8 * words.length
  );
}

const isDeed = (name: string): boolean => /^(?:more|menu|actions?|options?)$/.test(plain(name)) || verbsOf(content(name)[0] ?? '').size > 0;
