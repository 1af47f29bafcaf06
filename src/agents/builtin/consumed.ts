import { holdsPhrase } from '../identity.ts';
import { plain } from '../words.ts';
import { namesDay } from './calendar.ts';
import { readDay, sameDay } from './dates.ts';
import type { Part } from './goal.ts';
import type { Scene } from './move.ts';
import { optionFit } from './option.ts';

/** Is this part typed, chosen, or named by what was used? */
export function isConsumed(scene: Pick<Scene, 'turns' | 'purposes' | 'taken'>, part: Part): boolean {
  const { value } = part;
  if (scene.taken.has(value.text)) return true;
  return scene.turns.some((turn, index) => {
    if (!turn.outcome.ok || scene.purposes[index] === 'look') return false;
    const { action, target } = turn;
    if (action.kind === 'fill' || action.kind === 'slide') return sameRef(action.value, part);
    if (action.kind === 'select')
      return sameRef(action.option, part) || ('text' in action.option && optionFit(value, action.option.text) >= 0.55);
    if (action.kind === 'check') return target !== undefined && optionFit(value, target.name) >= 0.55;
    const day = value.kind === 'date' ? readDay(value.text) : undefined;
    if (action.kind === 'click' && day && scene.purposes[index] === 'fill' && namesDay(target?.name ?? '', day)) return true;
    if (action.kind === 'click')
      return (
        target !== undefined &&
        value.kind !== 'secret' &&
        (holdsPhrase(target.name, value.text) ||
          (target.row !== undefined && holdsPhrase(target.row, value.text)) ||
          optionFit(value, target.name) >= 0.8)
      );
    return false;
  });
}

function sameRef(ref: { from: string; text?: string; name?: string }, part: Part): boolean {
  const { ref: own, text } = part.value;
  if (own.from === 'var' || own.from === 'secret')
    return ref.from === own.from && ref.name === own.name
      ? true
      : own.from === 'var' && ref.from === 'step' && ref.text !== undefined && text.includes(ref.text);
  return (
    ref.text !== undefined &&
    (plain(ref.text) === plain(text) ||
      (text.includes(' ') && plain(text).split(' ').includes(plain(ref.text))) ||
      sameOtherwise(ref.text, text))
  );
}

/** The same day, or the same digits, in another writing. */
function sameOtherwise(a: string, b: string): boolean {
  const digits = (value: string): string => value.replace(/\D/g, '');
  return sameDay(readDay(a), readDay(b)) || (/^[\d\s.,$€£¥-]+$/.test(b) && digits(a) !== '' && digits(a) === digits(b));
}
