import { availableParallelism, cpus, totalmem } from 'node:os';
import { readFile, writeFile } from 'node:fs/promises';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length === 0 ? Number.NaN : sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Value below which a share of the values lies. */
export const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(part * values.length))] ?? Number.NaN;

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A Markdown table. */
export const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const machine = (): string =>
  `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;

const RESULTS = new URL('results.md', import.meta.url);
const HEAD = '# Benchmarks\nWritten by the scripts beside this file; each section says when and on what it was measured.\n';

/** Puts one benchmark's section into results.md and prints it. Other sections stay as they are. */
export async function keepResults(title: string, command: string, body: string): Promise<void> {
  const section = `## ${title}\n\`${command}\`, ${new Date().toISOString().slice(0, 10)}, ${machine()}\n\n${body.trim()}\n`;
  console.log(section);
  const text = await readFile(RESULTS, 'utf8').catch(() => HEAD);
  const [head = HEAD, ...sections] = text.split(/^(?=## )/m);
  const at = sections.findIndex((one) => one.startsWith(`## ${title}\n`));
  if (at === -1) sections.push(section);
  else sections[at] = section;
  await writeFile(RESULTS, [head, ...sections].map((one) => one.trimEnd()).join('\n\n') + '\n');
}
