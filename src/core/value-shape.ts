import type { Observation } from './observation.ts';

/** What varies in a code or a key: long runs with a digit in them, and numbers. */
const VARIES = /[A-Za-z0-9]*\d[A-Za-z0-9]{4,}|[A-Za-z0-9]{4,}\d[A-Za-z0-9]*|\d{3,}/g;

/** A value quoted from a page as the lockfile keeps it: "tsk_9f2c…" is "tsk_*". What does not vary stays as it is. */
export const shapeOf = (text: string): string => text.replace(VARIES, '*');

/** Words on the page, or in a mail, of a recorded shape; each once. */
export function shownInShape(shape: string, observation: Observation): string[] {
  const pattern = new RegExp(`^${shape.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('[A-Za-z0-9]+')}$`);
  const texts = [
    ...observation.passages.map(({ text }) => text), ...observation.notices.map(({ text }) => text),
    ...observation.candidates.flatMap(({ value, name }) => [value ?? '', name]), ...observation.mail.slice(0, 1).flatMap(({ codes }) => codes),
  ];
  const words = texts.flatMap((text) => [text, ...text.split(/\s+/)]).filter((word) => pattern.test(word) && shapeOf(word) === shape);
  return [...new Set(words)];
}
