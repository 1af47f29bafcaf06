import { formatDuration } from '../../core/duration.ts';
import type { JournalEvent, Subscriber } from '../../core/events.ts';
import { forTerminal } from '../escape/terminal.ts';
import { MARKS, painter } from './paint.ts';
import { shorten, pad, widthOf } from './width.ts';

/** Where progress is shown. */
export interface Screen {
  write(text: string): void;
  columns(): number;
  rows?(): number;
  /** True when a person watches: lines are redrawn. False: each line once, as it happens. */
  live: boolean;
  colours: boolean;
}

interface Running {
  title: string;
  attempt: number;
  steps: number;
  startedMs: number;
  doing: string;
}

const REDRAW_MS = 80;
const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';

/** What is going on, as it goes on: one line per intent that runs, one that stays per intent that ended. */
export function createProgress(screen: Screen, now: () => number = () => performance.now()): Subscriber {
  const paint = painter(screen.colours);
  const titles = new Map<string, { title: string; steps: number }>();
  const running = new Map<string, Running>();
  let drawn = 0;
  let frame = 0;
  let nowMs = 0;
  let nowAt = 0;
  let planned = 0;
  const ended = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const print = (line: string): void => {
    erase();
    screen.write(`${line}\n`);
  };
  const erase = (): void => {
    if (drawn > 0) screen.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const draw = (): void => {
    erase();
    if (running.size === 0) return;
    const elapsed = nowMs + (now() - nowAt);
    const room = Math.max(1, (screen.rows?.() ?? 24) - 3);
    const lines = [...running.values()].slice(0, room).map((one) => liveLine(one, elapsed));
    if (running.size > room) lines.push(`  … and ${running.size - room} more`);
    if (planned > 1) lines.push(paint('gray', shorten(`  ${ended.size} of ${planned} ended`, screen.columns() - 1)));
    drawn = lines.length;
    screen.write(`${lines.join('\n')}\n`);
  };
  const liveLine = (one: Running, elapsed: number): string => {
    const took = formatDuration(Math.max(0, elapsed - one.startedMs));
    const room = screen.columns() - 1;
    const title = pad(one.title, Math.min(44, Math.floor(room / 2.4)));
    const doing = shorten(one.doing, Math.max(0, room - widthOf(title) - took.length - 7));
    return `  ${paint('cyan', FRAMES[frame % FRAMES.length]!)} ${title} ${paint('gray', doing)} ${took}`;
  };
  const tick = (): void => {
    frame++;
    draw();
    timer = running.size > 0 ? setTimeout(tick, REDRAW_MS).unref() : undefined;
  };

  return {
    name: 'progress',
    on(event) {
      nowMs = event.t;
      nowAt = now();
      const line = follow(event);
      if (line !== undefined) print(line);
      if (!screen.live) return;
      if (line !== undefined) draw();
      if (running.size > 0) timer ??= setTimeout(tick, REDRAW_MS).unref();
    },
    close() {
      clearTimeout(timer);
      running.clear();
      erase();
    },
  };

  /** Keeps the picture up to date; returns a line that stays, when the event is worth one. */
  function follow(event: JournalEvent): string | undefined {
    switch (event.type) {
      case 'run-start': {
        for (const intent of event.intents) titles.set(intent.id, { title: forTerminal(intent.title), steps: intent.steps.length });
        planned = event.intents.filter(({ skipped }) => skipped === undefined).length;
        const against = event.target.url ? ` against ${forTerminal(event.target.url)}` : '';
        return `${planned} ${planned === 1 ? 'intent' : 'intents'}${against} ${paint('gray', `(${event.agents.join(' → ')}${event.frozen ? ', frozen' : ''}) run ${forTerminal(event.run)}`)}`;
      }
      case 'intent-start': {
        const known = titles.get(event.intent) ?? { title: forTerminal(event.intent), steps: 0 };
        running.set(event.intent, { ...known, attempt: event.attempt, startedMs: event.t, doing: 'preparing' });
        return event.attempt > 1 ? `  ${paint('yellow', '↻')} ${known.title} ${paint('gray', `attempt ${event.attempt}`)}` : undefined;
      }
      case 'step-start': {
        const one = running.get(event.intent);
        if (one) one.doing = `${event.step + 1}/${one.steps} ${forTerminal(`${event.actor}: ${event.text}`)}`;
        return undefined;
      }
      case 'journey-end': {
        const one = running.get(event.intent);
        if (one) one.doing = 'asking the backend';
        return undefined;
      }
      case 'adaptation-made':
        return `  ${paint('cyan', '~')} ${forTerminal(`${titles.get(event.intent)?.title ?? event.intent}: ${event.adaptation.note}`)}`;
      case 'note-made':
        return event.level === 'info'
          ? undefined
          : `  ${paint(event.level === 'error' ? 'red' : 'yellow', event.level)} ${forTerminal(event.message)}`;
      case 'intent-end': {
        running.delete(event.intent);
        ended.add(event.intent);
        const { mark, word, style } = MARKS[event.status === 'passed' && event.attempt > 1 ? 'flaky' : event.status];
        const cause = event.cause === undefined ? '' : ` ${paint('gray', `(${event.cause})`)}`;
        const title = titles.get(event.intent)?.title ?? forTerminal(event.intent);
        return `  ${paint(style, `${mark} ${pad(word, 8)}`)} ${title}${cause} ${paint('gray', formatDuration(event.durationMs))}`;
      }
      default:
        return undefined;
    }
  }
}
