import { type Status, STATUSES } from '../../core/decide.ts';
import { formatDuration } from '../../core/duration.ts';
import { forTerminal } from '../escape/terminal.ts';
import { matricesOf, matrixLine } from '../matrix.ts';
import { type Line, type LineStyle, plain, show } from '../narrative/line.ts';
import { narrate, type SectionId } from '../narrative/narrate.ts';
import { inQuarantine } from '../narrative/quarantine.ts';
import { slowOf, slowWords } from '../slow.ts';
import { countStatuses, type IntentStory, type RunStory } from '../story.ts';
import { MARKS, type Paint, painter } from './paint.ts';
import { wrap } from './width.ts';

/** What a terminal has room for; the rest is in the Markdown and HTML reports. */
const SHOWN: ReadonlySet<SectionId> = new Set([
  'quarantine',
  'wrong',
  'divergence',
  'attempts',
  'user',
  'unjudged',
  'adaptations',
  'again',
]);
const IN_FULL = 10;

export interface TerminalOptions {
  columns: number;
  colours: boolean;
  /** Puts the numbers of the journal's events behind each sentence. */
  why?: boolean;
  /** Said at the end: where the reports stand. */
  reports?: readonly string[];
  divergenceOf?(intent: string): readonly Line[];
}

/** The end of a run for a terminal: every story that is not a plain pass, then the count. */
export function terminalReport(story: RunStory, options: TerminalOptions): string {
  const paint = painter(options.colours);
  const columns = Math.min(110, Math.max(40, options.columns));
  const red = story.intents.filter(({ status }) => status !== 'passed' && status !== 'skipped');
  const lines: string[] = [];
  red.forEach((intent, index) => lines.push('', ...(index < IN_FULL ? inFull(intent) : inShort(intent))));
  const adapted = story.intents.filter(
    (intent) => intent.status === 'passed' && intent.attempts.some(({ steps }) => steps.some(({ adaptations }) => adaptations.length > 0)),
  );
  if (adapted.length > 0)
    lines.push(
      '',
      `${adapted.length} passed after adapting to a changed interface: ${adapted.map(({ id }) => forTerminal(id)).join(', ')}`,
    );
  for (const slow of slowOf(
    story.intents.filter(({ status }) => status === 'passed'),
    0.8,
  ))
    lines.push('', paint('yellow', `slow: ${forTerminal(slow.intent.id)}, ${forTerminal(slow.says)} ${slowWords(slow)}`));
  for (const matrix of matricesOf(story))
    lines.push('', ...wrap(forTerminal(`${matrix.of}: ${matrixLine(matrix)}`), columns, '').map((text) => paint('bold', text)));
  if (story.interrupted !== undefined)
    lines.push('', paint('yellow', `The run was interrupted (${forTerminal(story.interrupted)}): what follows is what was known by then.`));
  for (const { message } of story.notes) lines.push('', paint('yellow', forTerminal(message)));
  for (const report of options.reports ?? []) lines.push('', forTerminal(report));
  lines.push('', countLine(story, paint), '');
  return lines.join('\n');

  function head(intent: IntentStory): string {
    const { status, title, cause, where } = intent;
    const aside = inQuarantine(intent);
    const { mark, word, style } = MARKS[status];
    const place = where.file ? paint('gray', ` ${forTerminal(where.file)}:${where.line}`) : '';
    return `${paint([style, 'bold'] as never, `${mark} ${word.toUpperCase()}`)}  ${paint('bold', forTerminal(title))}${cause ? `  ${paint(style, cause)}` : ''}${aside ? `  ${paint('yellow', forTerminal(aside))}` : ''}${place}`;
  }

  function inFull(intent: IntentStory): string[] {
    const { sentence, sections } = narrate(intent, story, options.divergenceOf?.(intent.id));
    const told = [
      head(intent),
      ...wrap(forTerminal(plain(sentence.spans)) + eventsOf(sentence), columns, '  ').map((text) => paint('bold', text)),
    ];
    if (intent.causeWhy) told.push(...wrap(forTerminal(`Cause: ${intent.cause ?? ''}, ${intent.causeWhy}`), columns, '  '));
    for (const section of sections.filter(({ id }) => SHOWN.has(id))) {
      told.push('', `  ${paint('underline', section.title)}`);
      section.lines.forEach((line, index) => told.push(...item(line, section.ordered ? `${index + 1}. ` : '· ')));
    }
    return told;
  }

  function inShort(intent: IntentStory): string[] {
    return [head(intent), ...wrap(forTerminal(plain(narrate(intent, story).sentence.spans)), columns, '  ')];
  }

  function eventsOf({ seqs }: Line): string {
    return options.why && seqs.length > 0 ? ` [events ${seqs.slice(0, 8).join(', ')}${seqs.length > 8 ? ', …' : ''}]` : '';
  }

  /** Painted after wrapping, so that escape sequences count for nothing: quotes keep their marks instead of a colour. */
  function item(line: Line, bullet: string): string[] {
    const style: LineStyle = { text: forTerminal, quote: (text) => `“${forTerminal(text)}”`, code: forTerminal, strong: forTerminal };
    const [first = '', ...rest] = wrap(show(line.spans, style) + eventsOf(line), columns, `    ${' '.repeat(bullet.length)}`);
    return [`    ${bullet}${first.trimStart()}`, ...rest];
  }
}

/** "14 passed, 1 flaky, 2 failed in 31 s": passed and failed are always named. */
export function countLine(story: RunStory, paint: Paint): string {
  const counts = countStatuses(story);
  const named: Status[] = STATUSES.filter((status) => status === 'passed' || status === 'failed' || counts.has(status));
  const parts = named.map((status) => {
    const count = counts.get(status) ?? 0;
    return count > 0 ? paint(MARKS[status].style, `${count} ${status}`) : `${count} ${status}`;
  });
  const aside = story.intents.filter((intent) => inQuarantine(intent)).length;
  return `${parts.join(', ')} in ${formatDuration(story.durationMs)}${aside > 0 ? paint('yellow', `; ${aside} of them in quarantine, not counted`) : ''}`;
}
