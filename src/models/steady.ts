/** Words that differ from run to run, by the name that stands for them on a tape. */
export type Volatile = Readonly<Record<string, string>>;

const CLOCK = /\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[ap]\.?m\b\.?)?/gi;
/** Keys that an application makes up: "chk_xOV9th", "ROAD-5C6B". */
const KEY = /\b[A-Za-z]{1,12}[_-](?=[A-Za-z0-9]*\d)[A-Za-z0-9]{4,}\b/g;
const SHORT = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LONG = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** A text in which what belongs to one run, or to the hour it was made in, is told by names. */
export function steadyText(text: string, volatile: Volatile, today: Date): string {
  const named = byLength(volatile).reduce((line, [name, word]) => line.replaceAll(word, `‹${name}›`), text);
  return datesOf(today)
    .reduce((line, date) => line.replaceAll(date, '‹today›'), named)
    .replace(CLOCK, '‹time›')
    .replace(KEY, '‹key›');
}

/** The same text in another run. Times and dates stay as they were recorded. */
export const restoredText = (text: string, volatile: Volatile): string =>
  byLength(volatile).reduce((line, [name, word]) => line.replaceAll(`‹${name}›`, word), text);

const byLength = (volatile: Volatile): [string, string][] =>
  Object.entries(volatile)
    .filter(([, word]) => word !== '')
    .sort((a, b) => b[1].length - a[1].length);

/** A day as pages write it, longest first. Other days are what a page says, not when it was looked at. */
function datesOf(day: Date): string[] {
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
  const two = (number: number): string => String(number).padStart(2, '0');
  const words = [LONG[month]!, SHORT[month]!].flatMap((name) => [`${date} ${name}`, `${name} ${date}`]);
  const numbers = ['/', '.', '-'].flatMap((by) => [
    `${year}${by}${two(month + 1)}${by}${two(date)}`,
    `${two(date)}${by}${two(month + 1)}${by}${year}`,
    `${two(month + 1)}${by}${two(date)}${by}${year}`,
  ]);
  return [...words.flatMap((word) => [`${word}, ${year}`, `${word} ${year}`]), ...numbers, ...words];
}
