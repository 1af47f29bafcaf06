import type { EventBody, Subscriber } from '../core/events.ts';
import { IntentwrightError } from '../core/errors.ts';

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'trace'] as const;
type Level = (typeof LOG_LEVELS)[number];

const DETAIL: ReadonlySet<EventBody['type']> = new Set(['reading-taken', 'request-seen', 'observation-taken', 'invariant-start']);
const OUTLINE: ReadonlySet<EventBody['type']> = new Set([
  'run-start',
  'run-end',
  'intent-start',
  'intent-end',
  'step-end',
  'invariant-end',
]);

function levelOf(event: EventBody): Level {
  if (event.type === 'note-made') return event.level === 'warning' ? 'warn' : event.level;
  return DETAIL.has(event.type) ? 'trace' : OUTLINE.has(event.type) ? 'info' : 'debug';
}

/**
 * What happens, as it happens, as structured lines on stderr: for whoever looks into a machine that nobody watches.
 * Only when INTENTWRIGHT_LOG names a level; events reach it masked.
 * @throws IntentwrightError USAGE
 */
export async function openLog(env: NodeJS.ProcessEnv): Promise<Subscriber | undefined> {
  const level = env['INTENTWRIGHT_LOG'];
  if (!level) return undefined;
  if (!(LOG_LEVELS as readonly string[]).includes(level))
    throw new IntentwrightError('USAGE', `INTENTWRIGHT_LOG is "${level}", which is no level`, { hint: `levels: ${LOG_LEVELS.join(', ')}` });
  const { pino } = await import('pino');
  const log = pino(
    { name: 'intentwright', level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
  return {
    name: 'log',
    on({ type, ...event }) {
      log[levelOf({ type, ...event } as EventBody)](event, type);
    },
    close: () => log.flush(),
  };
}
