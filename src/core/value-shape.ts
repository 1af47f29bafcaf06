import { escapeRegExp } from './escape-regexp.ts';
import type { Observation } from './observation.ts';
import { isId } from './path-template.ts';

/** What varies in a code or a key: long runs with a digit in them, and numbers. */
const VARIES = /[A-Za-z0-9]*\d[A-Za-z0-9]{4,}|[A-Za-z0-9]{4,}\d[A-Za-z0-9]*|\d{3,}/g;

/** A value quoted from a page as the lockfile keeps it: "tsk_9f2c…" is "tsk_*". What does not vary stays as it is. */
export const shapeOf = (text: string): string => text.replace(VARIES, '*');

/** Words on the page, or in a mail, of a recorded shape; each once. */
export function shownInShape(shape: string, observation: Observation): string[] {
  const pattern = new RegExp(`^${shape.split('*').map(escapeRegExp).join('[A-Za-z0-9]+')}$`);
  const texts = [
    ...observation.passages.map(({ text }) => text),
    ...observation.notices.map(({ text }) => text),
    ...observation.candidates.flatMap(({ value, name }) => [value ?? '', name]),
    ...observation.mail.slice(0, 1).flatMap(({ codes }) => codes),
  ];
  const words = texts.flatMap((text) => [text, ...text.split(/\s+/)]).filter((word) => pattern.test(word) && shapeOf(word) === shape);
  return [...new Set(words)];
}

/** What a word or an address consists of, with what stands between; references of a template stay whole. */
const PIECES = /(\$\{[^}]*\}|[\s/?&=#:]+)/;

/**
 * A line of a mail as the lockfile keeps it: "Welcome → https://app.test/confirm/8fQz…" is "Welcome → https://app.test/confirm/*".
 * `text` may be a template. What the sentence says word for word stays.
 */
export const shapeOfLine = (text: string, sentence: string): string =>
  text
    .split(PIECES)
    .map((piece, index) => (index % 2 === 1 || (piece !== '' && sentence.includes(piece)) ? piece : shapeOfPiece(piece)))
    .join('');

const shapeOfPiece = (piece: string): string => (!piece.includes('@') && isId(piece) ? '*' : shapeOf(piece));

/** Is this line of a recorded shape? Only what varies may stand where something varied. */
export function isOfShape(line: string, shape: string): boolean {
  const parts = shape.trim().split(/\s+/).join(' ').split('*').map(escapeRegExp);
  const match = new RegExp(`^${parts.join('([^\\s/?&=#:]+)')}$`, 'i').exec(line.trim().replace(/\s+/g, ' '));
  return match !== null && match.slice(1).every((piece) => shapeOfPiece(piece) === '*');
}
