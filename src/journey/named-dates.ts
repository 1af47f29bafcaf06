const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

interface Day {
  y: number;
  m: number;
  d: number;
}

/** Every calendar day that a text names, in any of the usual writings. 03/04/2027 counts as both. */
export function daysNamedBy(text: string): Day[] {
  const days: Day[] = [];
  const add = (y: number, m: number, d: number) => {
    if (m >= 1 && m <= 12 && d >= 1 && d <= 31) days.push({ y: y < 100 ? 2000 + y : y, m, d });
  };
  for (const [, y, m, d] of text.matchAll(/\b(\d{4})-(\d{1,2})-(\d{1,2})\b/g)) add(Number(y), Number(m), Number(d));
  for (const [, a, b, y] of text.matchAll(/\b(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})\b/g)) {
    add(Number(y), Number(a), Number(b));
    add(Number(y), Number(b), Number(a));
  }
  const month = (name: string) => MONTHS.findIndex((full) => full.startsWith(name.slice(0, 3))) + 1;
  for (const [, name, d, y] of text.matchAll(/\b([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/g))
    add(Number(y), month(name!), Number(d));
  for (const [, d, name, y] of text.matchAll(/\b(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?([a-z]{3,9})\.?,? (\d{4})\b/g))
    add(Number(y), month(name!), Number(d));
  return days;
}

const CLOCK = /\b(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap])?\.?m?\.?/g;

function timesNamedBy(text: string): string[] {
  return [...text.matchAll(CLOCK)].map(
    ([, h, m, half]) => `${(Number(h) % 12) + (half === 'p' || (!half && Number(h) >= 12) ? 12 : 0)}:${m}`,
  );
}

/** True when `value` is a date or time that `sentence` names in another writing ("2027-05-03" for "3 May 2027", "15:30" for "3:30 PM"). */
export function isDateNamedBy(value: string, sentence: string): boolean {
  const said = daysNamedBy(sentence);
  const days = daysNamedBy(value);
  if (days.length > 0) return days.some((day) => said.some((other) => other.y === day.y && other.m === day.m && other.d === day.d));
  const times = timesNamedBy(value);
  if (times.length > 0) return times.some((time) => timesNamedBy(sentence).includes(time));
  return /^\d{1,4}$/.test(value) && said.some((day) => [day.y, day.m, day.d].includes(Number(value)));
}
