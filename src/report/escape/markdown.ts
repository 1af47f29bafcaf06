import { forLog } from './terminal.ts';
import { visible } from './visible.ts';

/** A file of Markdown may be printed into a log as it is. */
const shownAs = (text: string): string => forLog(visible(text));

/** For Markdown text at the start of a line or of an item. */
export const forMarkdown = (text: string): string => guardStart(inMarkdown(text));

/**
 * For Markdown text inside a line: no markup, link, mention, HTML or autolink survives, whatever the flavour; ordinary prose stays readable.
 * `@` and `#12` would call people and link issues on GitHub.
 */
export function inMarkdown(text: string): string {
  return shownAs(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*[\]|~$]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/#(?=\w)/g, '&#35;')
    .replace(/@(?=[\w-])/g, '@\u2060')
    .replace(/:\/\//g, ':\u2060//')
    .replace(/\bwww\./gi, (start) => `${start.slice(0, 3)}\u2060.`);
}

/** What would begin a heading, a list or a rule at the start of a line. */
export const guardStart = (line: string): string => line.replace(/^(\s*)([-+=#])/, '$1\\$2').replace(/^(\s*\d+)(?=[.)])/, '$1\\');

/** As a code span whose fence is longer than any run of back-ticks inside. */
export function codeSpan(text: string): string {
  const shown = shownAs(text).replace(/\|/g, '\\|');
  if (shown.trim() === '') return '` `';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || shown.startsWith(' ') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** As a fenced block that its content cannot close. */
export function codeBlock(text: string, language = ''): string {
  const lines = text.split(/\r?\n/).map(shownAs);
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${lines.join('\n')}\n${fence}`;
}
