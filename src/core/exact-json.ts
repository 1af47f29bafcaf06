/** JSON whose whole numbers are as they were written: what a number cannot hold exactly becomes its text. @throws SyntaxError */
export function parseExactJson(text: string): unknown {
  return LONG_NUMBER.test(text) ? JSON.parse(text, exact as Reviver) : JSON.parse(text);
}

type Reviver = (key: string, value: unknown) => unknown;

const LONG_NUMBER = /\d{16}/;

/** The text behind a value is given by every runtime that this one runs on, and known to no library of types yet. */
const exact = (_key: string, value: unknown, context: { source?: string }): unknown =>
  typeof value === 'number' && context.source !== undefined && /^-?\d+$/.test(context.source) && !Number.isSafeInteger(value)
    ? context.source
    : value;
