import type { ValueRef } from '../../core/action.ts';

export type ValueKind = 'secret' | 'email' | 'url' | 'date' | 'time' | 'expiry' | 'card' | 'money' | 'duration' | 'number' | 'text';

/** Something the sentence names that may be typed, chosen or looked for. */
export interface Value {
  /** Variables resolved; a secret's handle, never its value. */
  text: string;
  ref: ValueRef;
  kind: ValueKind;
  /** In quotes or a variable: certainly a value. Otherwise only read as one. */
  certain: boolean;
  /** Nouns right before it, as stems: `the e-mail address x@y.z` → ["email", "address"]. */
  hints: string[];
  /** Preposition that leads to it: to, as, with, for, from, in, of, on, named …; "" for a direct object. */
  prep: string;
  /** Position in the clause. */
  at: number;
  /** What the field is called for which it is, where the sentence quotes that: into "E-mail". */
  place?: string;
  /** All of the postal address that it is a piece of. */
  whole?: string;
}

const NUMBER_WORD = 'one|two|three|four|five|six|seven|eight|nine|ten|twelve|an?';
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?';

/** Kinds of bare values by their look, most telling first. Sticky: tried where a token begins. */
const LOOKS: readonly (readonly [ValueKind, RegExp])[] = [
  ['email', /[\w.+'-]+@[\w-]+(?:\.[\w-]+)+/y],
  ['url', /https?:\/\/[^\s"”,]+/y],
  ['date', /\d{4}-\d{2}-\d{2}(?!\d)/y],
  ['date', /\d{1,2}[/.]\d{1,2}[/.]\d{2,4}(?!\d)/y],
  ['date', new RegExp(`\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH},? \\d{4}`, 'iy')],
  ['date', new RegExp(`${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}`, 'iy')],
  ['time', /\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?/iy],
  ['card', /\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}(?!\d)/y],
  ['expiry', /\d{1,2} ?\/ ?\d{2,4}(?!\d)/y],
  ['text', /\+?\d{2,}(?:-\d{2,})+(?![\p{L}\d-])|\+\d[\d -]{5,}\d(?![\p{L}\d])|0\d{1,4}(?: \d{2,}){1,4}(?![\p{L}\d.,:/-])/uy],
  ['text', /(?<=\b(?:page|namespace|topic|key|path|image|channel) )\p{L}[\p{L}\d_-]*(?::[\p{L}\d][\p{L}\d_-]*)+/uy],
  ['text', /(?<=\b(?:address|url|path|slug|route) )\/[\w~%-]+(?:[./][\w~%-]+)*\/?(?![\w/])/iuy],
  ['money', /[$€£¥]\s?\d[\d.,]*\d|[$€£¥]\s?\d/y],
  [
    'duration',
    new RegExp(`(?!an? second\\b)(?:\\d+(?:[.,]\\d+)?|${NUMBER_WORD}) (?:second|minute|hour|day|week|fortnight|month|year)s?\\b`, 'iy'),
  ],
  ['text', /[A-Z][A-Z\d-]*\d[A-Z\d-]*(?![\p{L}\d])/uy],
  ['number', /-?\d[\d.,]*\d(?![\p{L}\d])|-?\d(?![\p{L}\d])/uy],
];

/** What is called so before it may be short: "the SKU TG-1". */
const CODE = /\b(?:sku|upc|ean|code|reference|serial number|part number) $/i;

/** The bare value that begins at this position of a sentence, if one does. */
export function bareValueAt(text: string, at: number): { kind: ValueKind; text: string } | undefined {
  for (const [kind, look] of LOOKS) {
    look.lastIndex = at;
    const match = look.exec(text);
    if (match && !(kind === 'text' && match[0].length < 5 && !CODE.test(text.slice(0, at)))) return { kind, text: match[0] };
  }
  return undefined;
}

const COUNTS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const COUNT = new RegExp(`(?:${COUNTS.join('|')})(?= (?!of\\b)\\p{L})`, 'iuy');

/** "two large mugs": how many, in digits. */
export function countAt(text: string, at: number): { text: string; length: number } | undefined {
  COUNT.lastIndex = at;
  const match = COUNT.exec(text)?.[0];
  return match === undefined ? undefined : { text: String(COUNTS.indexOf(match.toLowerCase()) + 2), length: match.length };
}

/** "2.5 hours", "three days": how many of its unit, in digits. */
export function amountOf(duration: string): string | undefined {
  const [, word = ''] = /^(\S+) \p{L}+$/u.exec(duration) ?? [];
  if (/^\d/.test(word)) return word;
  const many = COUNTS.indexOf(word.toLowerCase());
  return many >= 0 ? String(many + 2) : /^(?:one|an?)$/i.test(word) ? '1' : undefined;
}

/** What a quoted or variable text looks like. */
export function kindOf(text: string): ValueKind {
  const bare = bareValueAt(text, 0);
  return bare && bare.text.length === text.length ? bare.kind : 'text';
}

/** Two or three capitalised words: most likely a person. */
export const looksLikePerson = (text: string): boolean => /^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’.-]*){1,2}$/u.test(text);

/** How a value is told in a sentence to people; secrets by name. */
export const tell = (value: Value): string => (value.ref.from === 'secret' ? `secret ${value.ref.name}` : `“${value.text}”`);
