import type { Action } from '../../core/action.ts';
import { sameAmount } from '../../core/amount.ts';
import { aimAtField, Miss, tellTarget, textOf, type Deed } from './deed.ts';

/** Replaces what is in a field and makes sure that it took. */
export async function fill(deed: Deed, action: Extract<Action, { kind: 'fill' }>): Promise<void> {
  const secret = action.value.from === 'secret';
  const field = await aimAtField(deed, action.target, secret);
  const { place } = field;
  if (field.kind === 'none') throw new Miss('not-editable', `${tellTarget(place)} cannot be typed into`);
  if (field.readonly) throw new Miss('not-editable', `${tellTarget(place)} is read-only`);
  const text = textOf(deed, action.value, { origin: field.origin, ...(field.type ? { inputType: field.type } : {}) });
  if (secret) deed.tab.keepsSecret(place.world);
  deed.gap = 8;
  if (field.kind === 'set') {
    const wanted = wholeValue(field.type, text);
    const held = await place.world.call('setWhole', place.number, wanted);
    if (held === '' || !sameWhole(field.type, held, wanted))
      throw new Miss('no-option', `${tellTarget(place)} does not take ${shown(secret, text)}`);
    return;
  }
  if (text === '') await deed.input.erase();
  else if (isTypedByKey(place.candidate)) await deed.input.typeByKey(text);
  else await deed.input.type(text);
  if (await tookIt(deed, place, text, secret)) return;
  await place.world.call('ready', place.number, secret);
  await deed.input.erase();
  await deed.input.typeByKey(text);
  if (!(await tookIt(deed, place, text, secret))) {
    const held = await place.world.call('typedValue', place.number);
    throw new Miss(undefined, `${tellTarget(place)} shows ${shown(secret, held)} after ${shown(secret, text)} was typed`);
  }
}

/** Fields that look things up while one types listen to keys. */
const isTypedByKey = (candidate: { role: string; popup?: string }): boolean =>
  candidate.role === 'combobox' || candidate.role === 'searchbox' || candidate.popup !== undefined;

async function tookIt(deed: Deed, place: { world: Deed['world']; number: number }, text: string, secret: boolean): Promise<boolean> {
  await deed.rest();
  if (deed.tab.dialog || place.world !== deed.world) return true;
  const held = await place.world.call('typedValue', place.number).catch(() => undefined);
  // the field is gone with its page: typing into it was what made it go
  if (held === undefined || held === text) return true;
  if (bare(held) !== bare(text) || !sameAmount(text, held)) return false;
  if (!secret && held.trim() !== text.trim()) deed.say(`the field shows “${deed.actor.mask(held)}”`);
  return true;
}

/** What is left when a field's own formatting is taken off. */
const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '') || text.trim();

const shown = (secret: boolean, text: string): string => (secret ? 'something else' : `“${text}”`);

/** A date, time or colour as its input wants it. */
function wholeValue(type: string, text: string): string {
  const plain = text.trim();
  if (type === 'date') return isoDate(plain) ?? plain;
  if (type === 'time') return isoTime(plain) ?? plain;
  if (type === 'datetime-local') {
    const [day = '', time = ''] = plain.split(/[T ]+(?=\d{1,2}[:.])/);
    return `${isoDate(day) ?? day}T${isoTime(time) ?? (time || '00:00')}`;
  }
  if (type === 'month') return /^\d{4}-\d{2}$/.test(plain) ? plain : (isoDate(plain) ?? isoDate(`1 ${plain}`) ?? plain).slice(0, 7);
  if (type === 'color') return plain.toLowerCase();
  return plain;
}

const sameWhole = (type: string, held: string, wanted: string): boolean =>
  held === wanted || (type === 'range' ? Number(held) === Number(wanted) : held.startsWith(wanted) || wanted.startsWith(held));

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function isoDate(text: string): string | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso) return date(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (american) return date(Number(american[3]), Number(american[1]), Number(american[2]));
  const german = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text);
  if (german) return date(Number(german[3]), Number(german[2]), Number(german[1]));
  const words = /^(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-z]{3,9})\.?\s*(?:(\d{1,2})(?:st|nd|rd|th)?)?,?\s+(\d{4})$/.exec(text);
  const month = words ? MONTHS.indexOf(words[2]!.slice(0, 3).toLowerCase()) + 1 : 0;
  return words && month > 0 ? date(Number(words[4]), month, Number(words[1] ?? words[3] ?? 1)) : undefined;
}

const date = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

function isoTime(text: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?(?:[:.](\d{2}))?\s*([ap])?\.?m?\.?$/i.exec(text);
  if (!match || (match[2] === undefined && match[4] === undefined)) return undefined;
  let hour = Number(match[1]);
  if (match[4]?.toLowerCase() === 'p' && hour < 12) hour += 12;
  if (match[4]?.toLowerCase() === 'a' && hour === 12) hour = 0;
  return `${String(hour).padStart(2, '0')}:${match[2] ?? '00'}${match[3] ? `:${match[3]}` : ''}`;
}
