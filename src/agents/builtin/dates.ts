export interface Day {
  year: number;
  month: number;
  day: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const monthOf = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

/** The day a text names. 03/04/2027 is read month first unless that cannot be. */
export function readDay(text: string): Day | undefined {
  let match = /(\d{4})-(\d{1,2})-(\d{1,2})/.exec(text);
  if (match) return valid(Number(match[1]), Number(match[2]), Number(match[3]));
  match = /(\d{1,2})([/.])(\d{1,2})[/.](\d{2,4})/.exec(text);
  if (match) {
    const [first, second] = [Number(match[1]), Number(match[3])];
    const year = Number(match[4]) < 100 ? 2000 + Number(match[4]) : Number(match[4]);
    return match[2] === '.' || first > 12 ? valid(year, second, first) : valid(year, first, second);
  }
  match = /(\d{1,2})(?:st|nd|rd|th)?\.?(?: of)? ([a-z]{3,9})\.?,? (\d{4})/i.exec(text);
  if (match) return valid(Number(match[3]), monthOf(match[2]!), Number(match[1]));
  match = /([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})/i.exec(text);
  return match ? valid(Number(match[3]), monthOf(match[1]!), Number(match[2])) : undefined;
}

const valid = (year: number, month: number, day: number): Day | undefined =>
  month >= 1 && month <= 12 && day >= 1 && day <= 31 ? { year, month, day } : undefined;

const two = (value: number): string => String(value).padStart(2, '0');

/** A day as a field wants it: ISO for date inputs, else in the order its placeholder shows, else as it was said. */
export function writeDay(said: string, inputType: string | undefined, pattern: string): string {
  const day = readDay(said);
  if (!day) return said;
  const iso = `${day.year}-${two(day.month)}-${two(day.day)}`;
  if (inputType === 'date' || /y{4}-m{2}-d{2}/i.test(pattern)) return iso;
  if (inputType === 'datetime-local') return `${iso}T00:00`;
  const order = /(d{1,2}|m{1,2})([/.-])(d{1,2}|m{1,2})\2y{2,4}/i.exec(pattern);
  if (!order) return said;
  const parts = /^d/i.test(order[1]!) ? [day.day, day.month] : [day.month, day.day];
  return [...parts.map(two), String(day.year)].join(order[2]);
}

/** "3:05 PM" → "15:05". */
export function writeTime(said: string): string {
  const match = /(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap])?/i.exec(said);
  if (!match) return said;
  const half = match[3]?.toLowerCase();
  const hour = half ? (Number(match[1]) % 12) + (half === 'p' ? 12 : 0) : Number(match[1]);
  return `${two(hour)}:${match[2]}`;
}

/** The month a calendar's heading shows: "December 2016". */
export function readMonth(text: string): { year: number; month: number } | undefined {
  const match = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? (\d{4})\b/i.exec(text);
  return match ? { year: Number(match[2]), month: monthOf(match[1]!) } : undefined;
}

export const sameDay = (a: Day | undefined, b: Day | undefined): boolean =>
  a !== undefined && b !== undefined && a.year === b.year && a.month === b.month && a.day === b.day;
