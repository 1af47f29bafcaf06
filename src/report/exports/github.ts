import { forMarkdown } from '../escape/markdown.ts';
import { forTerminal } from '../escape/terminal.ts';
import { clip } from '../escape/visible.ts';
import { groupByCause } from '../groups.ts';
import { headline } from '../headline.ts';
import { inlineLine, markdownIndex, markdownIntent } from '../markdown.ts';
import { type Line, plain } from '../narrative/line.ts';
import { firstSentence } from '../narrative/sentence.ts';
import { inQuarantine } from '../narrative/quarantine.ts';
import { isLeftOut, type RunStory } from '../story.ts';
import { placeOf } from './gitlab.ts';

/** GitHub refuses a job summary of more than 1 MiB, and a comment of more than 65,536 characters. */
const SUMMARY_BYTES = 900 * 1024;
const COMMENT_CHARACTERS = 60_000;
/** GitHub shows this many of each level for a step. */
const ANNOTATIONS = 10;

/** The job summary: the overview, then every red story until the room is used up; says how many were left out. */
export function githubSummary(
  story: RunStory,
  divergenceOf: (intent: string) => readonly Line[] = () => [],
  missed?: ReadonlyMap<string, Line>,
): string {
  const red = story.intents.filter(({ status, attempts }) => status !== 'passed' && status !== 'skipped' && attempts.length > 0);
  const overview = markdownIndex(story, { links: false, ...(missed ? { missed } : {}) });
  const parts = [bytes(overview) > SUMMARY_BYTES / 2 ? briefly(story) : overview];
  let room = SUMMARY_BYTES - bytes(parts[0]!);
  let told = 0;
  for (const intent of red) {
    const part = `\n<details><summary>${forMarkdown(clip(intent.title, 200)).replaceAll('`', '')}</summary>\n\n${markdownIntent(intent, story, divergenceOf(intent.id))}\n</details>\n`;
    if (bytes(part) > room - 400) break;
    parts.push(part);
    room -= bytes(part);
    told++;
  }
  if (told < red.length)
    parts.push(
      `\n**${red.length - told} more stories were left out here for size.** They are all in the report that was kept as an artifact.\n`,
    );
  return parts.join('');
}

/** The headline and the causes alone. */
function briefly(story: RunStory): string {
  const groups = groupByCause(story);
  const lines = [
    `# ${forMarkdown(headline(story))}`,
    '',
    ...groups
      .slice(0, 200)
      .map(
        ({ cause, evidence, intents }) =>
          `- ${intents.length === 1 ? '1 journey' : `${intents.length} journeys`}, cause ${cause ?? 'not known'}: ${forMarkdown(evidence)}`,
      ),
  ];
  if (groups.length > 200) lines.push('', `… and ${groups.length - 200} more causes.`);
  return `${lines.join('\n')}\n`;
}

/** The body of a pull request's one comment, found again by its marker. */
export function githubComment(story: RunStory, marker = 'intentwright'): string {
  const head = `<!-- ${marker.replace(/[^\w-]/g, '')} -->\n### ${forMarkdown(headline(story))}\n`;
  const rows: string[] = [];
  let room = COMMENT_CHARACTERS - head.length;
  let left = 0;
  for (const { cause, intents } of groupByCause(story)) {
    for (const intent of intents) {
      const aside = inQuarantine(intent);
      const row = `- **${intent.status}**${aside ? ` ${forMarkdown(aside)}` : ''} ${forMarkdown(intent.title)}${cause ? ` (cause: ${cause})` : ''}: ${inlineLine(firstSentence(intent).spans)}`;
      if (left > 0 || row.length > room - 200) left++;
      else {
        rows.push(row);
        room -= row.length + 1;
      }
    }
  }
  const adapted = story.intents.filter(
    ({ status, attempts }) => status === 'passed' && attempts.some(({ steps }) => steps.some(({ adaptations }) => adaptations.length > 0)),
  );
  if (adapted.length > 0)
    rows.push(
      `- ${adapted.length} passed after adapting to a changed interface: ${adapted
        .slice(0, 20)
        .map(({ title }) => forMarkdown(clip(title, 120)))
        .join(', ')}`,
    );
  if (left > 0) rows.push('', `… and ${left} more in the report.`);
  return `${[head, ...rows].join('\n')}\n`;
}

/** Workflow commands that put each red story at the intent's file and line. Data is escaped, so that no text can begin a command of its own. */
export function githubAnnotations(story: RunStory): string {
  const lines: string[] = [];
  const counts = new Map<string, number>();
  for (const intent of story.intents) {
    if (intent.status === 'passed' || isLeftOut(intent)) continue;
    const level = inQuarantine(intent) || intent.status === 'flaky' || intent.status === 'unproven' ? 'warning' : 'error';
    const count = (counts.get(level) ?? 0) + 1;
    counts.set(level, count);
    if (count > ANNOTATIONS) continue;
    const { file, line } = placeOf(intent);
    lines.push(
      `::${level} file=${property(file)},line=${line},title=${property(clip(`${intent.title} (${intent.status}${intent.cause ? `, ${intent.cause}` : ''})`, 200))}::${data(clip(plain(firstSentence(intent).spans), 2000))}`,
    );
  }
  const left = [...counts.values()].reduce((sum, count) => sum + Math.max(0, count - ANNOTATIONS), 0);
  if (left > 0) lines.push(`::notice title=intentwright::${data(`${left} more are in the report`)}`);
  return lines.map((line) => `${line}\n`).join('');
}

const data = (text: string): string =>
  forTerminal(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/::/g, ': :');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
