import { sameText } from './equal.ts';

const DECIMAL = /^-?\d+(?:\.\d+)?$/;
/** A whole number that JSON and databases hand over as text, because no number holds it. */
const LONG_WHOLE = /^-?\d{16,}$/;
const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/** Less than 0 where `a` comes first; undefined where the two have no order. Amounts and times that are written as texts have that of what they say. */
export function orderOf(a: unknown, b: number | string): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return orderOfTexts(a, b);
  const [text, number] = typeof a === 'string' ? [a, b] : [b, a];
  return typeof text === 'string' && typeof number === 'number' && LONG_WHOLE.test(text) && DECIMAL.test(String(number))
    ? orderOfDecimals(String(a), String(b))
    : undefined;
}

function orderOfTexts(a: string, b: string): number | undefined {
  if (DECIMAL.test(a) && DECIMAL.test(b)) return orderOfDecimals(a, b);
  const [one, other] = [TIME.exec(a), TIME.exec(b)];
  if (one && other) return orderOfTimes(one, other);
  return sameText(a, b) ? 0 : a < b ? -1 : 1;
}

function orderOfDecimals(a: string, b: string): number {
  const digits = Math.max(...[a, b].map((text) => text.split('.')[1]?.length ?? 0));
  const scaled = (text: string): bigint => {
    const [whole = '', part = ''] = text.split('.');
    return BigInt(whole + part.padEnd(digits, '0'));
  };
  const difference = scaled(a) - scaled(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Two moments where both say their zone, two readings of one clock where neither does. Finer than milliseconds they are not told apart. */
function orderOfTimes(a: RegExpExecArray, b: RegExpExecArray): number | undefined {
  if ((a[3] === undefined) !== (b[3] === undefined)) return undefined;
  const order = momentOf(a) - momentOf(b);
  return Number.isNaN(order) ? undefined : order;
}

function momentOf([, day = '', time = '', zone = 'Z']: RegExpExecArray): number {
  const [, hours = '', minutes = '00'] = /^([+-]\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return Date.parse(`${day}T${time}${hours === '' ? 'Z' : `${hours}:${minutes}`}`);
}
