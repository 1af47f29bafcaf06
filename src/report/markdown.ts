import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Status, STATUSES } from '../core/decide.ts';
import { formatDuration } from '../core/duration.ts';
import { slugOf } from '../core/slug.ts';
import { codeBlock, codeSpan, forMarkdown, guardStart, inMarkdown } from './escape/markdown.ts';
import { groupByCause } from './groups.ts';
import { patchOf } from './lockfile-patch.ts';
import { headline } from './headline.ts';
import { matricesOf, matrixLine } from './matrix.ts';
import { type Line, type LineStyle, show, type Span } from './narrative/line.ts';
import { narrate } from './narrative/narrate.ts';
import { inQuarantine } from './narrative/quarantine.ts';
import { rerunCommand } from './narrative/rerun.ts';
import { selectionLines, selectionTitle } from './narrative/selection.ts';
import { firstSentence } from './narrative/sentence.ts';
import { countStatuses, type IntentStory, lastAttempt, type RunStory } from './story.ts';

const STYLE: LineStyle = {
  text: inMarkdown,
  quote: (text) => `“${inMarkdown(text)}”`,
  code: codeSpan,
  strong: (text) => `**${inMarkdown(text.trim())}**`,
};

/** A sentence in the middle of a line. */
export const inlineLine = (spans: readonly Span[]): string => show(spans, STYLE);

const said = (spans: readonly Span[]): string => guardStart(inlineLine(spans));

/** Told in a file of its own: whatever is not a plain pass and was run. */
const isTold = ({ status, attempts }: IntentStory): boolean => status !== 'passed' && status !== 'skipped' && attempts.length > 0;

const statusOf = (intent: IntentStory): string => {
  const aside = inQuarantine(intent);
  return aside ? `${intent.status} (${forMarkdown(aside)})` : intent.status;
};

export const markdownFile = (intent: string): string => `${slugOf(intent)}.md`;

/** The run for people who read in an editor, and for coding agents: what broke, with links to a file per intent where there are such files. */
export function markdownIndex(
  story: RunStory,
  { links = true, missed = new Map() }: { links?: boolean; missed?: ReadonlyMap<string, Line> } = {},
): string {
  const titled = (intent: IntentStory): string =>
    links && isTold(intent) ? `[${forMarkdown(intent.title)}](${markdownFile(intent.id)})` : forMarkdown(intent.title);
  const counts = countStatuses(story);
  const lines = [
    `# ${forMarkdown(headline(story))}`,
    '',
    `Run ${codeSpan(story.run)}, ${forMarkdown(story.startedAt)}, target ${forMarkdown(story.target.name)} at ${codeSpan(story.target.url)}${story.commit ? `, commit ${codeSpan(story.commit.slice(0, 12))}` : ''}, ${formatDuration(story.durationMs)}.`,
  ];
  if (story.interrupted !== undefined)
    lines.push('', `**The run was interrupted** (${forMarkdown(story.interrupted)}): this is what was known by then.`);
  const groups = groupByCause(story);
  if (groups.length > 0) lines.push('', '## What broke, by common cause');
  for (const { cause, evidence, intents } of groups) {
    lines.push('', `### ${forMarkdown(evidence)}`, '', cause ? `Cause: **${cause}**.` : 'Cause not known.', '');
    for (const intent of intents) lines.push(`- ${statusOf(intent)} ${titled(intent)}: ${inlineLine(firstSentence(intent).spans)}`);
  }
  if (missed.size > 0)
    lines.push(
      '',
      '## Missed by the selection',
      '',
      ...story.intents.flatMap((intent) => {
        const how = missed.get(intent.id);
        return how ? [`- ${titled(intent)}: ${inlineLine(how.spans)}`] : [];
      }),
    );
  for (const matrix of matricesOf(story)) {
    lines.push(
      '',
      `## ${forMarkdown(matrix.of)}: ${forMarkdown(matrixLine(matrix))}`,
      '',
      `| ${matrix.factors.map(forMarkdown).join(' | ')} | status |`,
      `|${'---|'.repeat(matrix.factors.length + 1)}`,
    );
    for (const cell of matrix.cells)
      lines.push(`| ${matrix.factors.map((factor) => forMarkdown(String(cell.cell.values[factor]))).join(' | ')} | ${cell.status} |`);
  }
  lines.push('', '## Every journey', '', '| status | journey | took | first sentence |', '|---|---|---|---|');
  for (const intent of story.intents) {
    lines.push(`| ${statusOf(intent)} | ${titled(intent)} | ${formatDuration(intent.durationMs)} | ${said(firstSentence(intent).spans)} |`);
  }
  if (story.selection) lines.push('', `## ${selectionTitle(story)}`, '', ...selectionLines(story).map((line) => `- ${said(line.spans)}`));
  lines.push(
    '',
    STATUSES.filter((status: Status) => counts.has(status))
      .map((status) => `${counts.get(status)} ${status}`)
      .join(', ') || 'nothing was run',
  );
  return `${lines.join('\n')}\n`;
}

/** The whole story of one intent. */
export function markdownIntent(intent: IntentStory, story: RunStory, divergence: readonly Line[] = []): string {
  const { sentence, sections } = narrate(intent, story, divergence);
  const lines = [
    `# ${forMarkdown(intent.title)}: ${statusOf(intent)}`,
    '',
    said(sentence.spans),
    '',
    `- intent ${codeSpan(intent.id)} in ${codeSpan(`${intent.where.file}:${intent.where.line}`)}${intent.owner ? `, owner ${forMarkdown(intent.owner)}` : ''}, priority ${intent.priority}`,
    ...(intent.why ? [`- why it matters: ${forMarkdown(intent.why)}`] : []),
    ...(intent.cause ? [`- cause: **${intent.cause}**, ${forMarkdown(intent.causeWhy ?? '')}`] : []),
  ];
  for (const section of sections.filter(({ id }) => id !== 'again')) {
    lines.push(
      '',
      `## ${section.title}`,
      '',
      ...section.lines.map((line, index) => `${section.ordered ? `${index + 1}.` : '-'} ${said(line.spans)}`),
    );
  }
  const lockfile = lastAttempt(intent)?.lockfile;
  if (lockfile?.patch) lines.push('', '## Lockfile patch to accept', '', codeBlock(patchOf(lockfile), 'diff'));
  lines.push('', '## Run it again', '', codeBlock(rerunCommand(story, intent.id), 'sh'));
  return `${lines.join('\n')}\n`;
}

/** Writes the folder anew: index.md and one file per intent that is not a plain pass. */
export async function writeMarkdown(
  story: RunStory,
  folder: string,
  divergenceOf: (intent: string) => readonly Line[] = () => [],
  missed?: ReadonlyMap<string, Line>,
): Promise<void> {
  const draft = join(dirname(folder), `.${basename(folder)}.${process.pid}.tmp`);
  await rm(draft, { recursive: true, force: true });
  try {
    await mkdir(draft, { recursive: true });
    await writeFile(join(draft, 'index.md'), markdownIndex(story, missed ? { missed } : {}));
    for (const intent of story.intents.filter(isTold))
      await writeFile(join(draft, markdownFile(intent.id)), markdownIntent(intent, story, divergenceOf(intent.id)));
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}
