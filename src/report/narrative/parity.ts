import type { Finding } from '../../core/parity.ts';
import { clip } from '../escape/visible.ts';
import type { AttemptStory, IntentStory, RunStory } from '../story.ts';
import { code, type Line, line, type Span, spans } from './line.ts';

/** "header:/:server is nginx here and caddy there", or that nobody knows. */
export const sayFinding = ({ fact, says, state }: Pick<Finding, 'fact' | 'says' | 'state'>): Span[] =>
  spans`${code(fact)} ${state === 'unknown' ? 'is not known to be alike: ' : ''}${clip(says, 240)}`;

const SHOWN = 12;

/** In what the environment is not the one that the run is to speak for, as far as the intent touches it; what was only simulated is said, too. */
export function sayUnlike(attempt: AttemptStory, run: RunStory, intent: Pick<IntentStory, 'touches'>): Line[] {
  const { parity } = run;
  const unlike = attempt.unlike ?? [];
  // A worker of a fleet tells what concerns its intent, and no more.
  const simulated = (parity?.findings ?? []).filter(
    ({ state, touches }) => state === 'simulated' && touches.some((system) => intent.touches.includes(system)),
  );
  const other: Span = parity ? code(parity.against) : 'the environment that counts';
  const lines = [...unlike.slice(0, SHOWN), ...simulated].map(
    (finding) => line(parity?.seq ?? attempt.seq)`Not as in ${other}: ${sayFinding(finding)}.`,
  );
  return unlike.length > SHOWN ? [...lines, line(attempt.seq)`And ${String(unlike.length - SHOWN)} more.`] : lines;
}
