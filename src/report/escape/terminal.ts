import { visible } from './visible.ts';

const SEQUENCES =
  /\u001b\][\s\S]*?(?:\u0007|\u001b\\|$)|\u001b[PX^_][\s\S]*?(?:\u001b\\|$)|[\u001b\u009b][[\]()#;?]*(?:\d{1,4}(?:[;:]\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~]/g;

/** Text from elsewhere for a terminal or a CI log: one line, no escape sequences, nothing that a CI system takes for a command. */
export function forTerminal(text: string): string {
  return forLog(visible(text.replace(SEQUENCES, '')));
}

/** Text for a file that other tools read and show in their own way: what is ours in it may have lines, nothing in it is an escape sequence or a command. */
export const forData = (text: string): string => text.split(/\r?\n/).map(forTerminal).join('\n');

/** Every text of a report in JSON, whoever wrote it. */
export function dataOf<T>(report: T): T {
  if (typeof report === 'string') return forData(report) as T;
  if (Array.isArray(report)) return report.map(dataOf) as T;
  if (report === null || typeof report !== 'object') return report;
  return Object.fromEntries(Object.entries(report).map(([name, value]) => [forData(name), dataOf(value)])) as T;
}

/** `::error::` (GitHub), `##[error]` and `##vso[…]` (Azure), `##teamcity[…]`: broken up so that they are only text. */
export function forLog(text: string): string {
  return text.replace(/::(?=[a-z-]+[ :])/gi, ': :').replace(/##(?=[a-z]*\[)/gi, '# #');
}
