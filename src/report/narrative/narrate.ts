import { type AttemptStory, type IntentStory, lastAttempt, type RunStory } from '../story.ts';
import { sayAdaptations } from './adaptations.ts';
import { sayBroken, sayProven, sayUnjudged } from './facts.ts';
import { sayJourney } from './journey.ts';
import type { Line } from './line.ts';
import { rerunCommand } from './rerun.ts';
import { code, line } from './line.ts';
import { firstSentence, isWrongAlready } from './sentence.ts';
import { sayCircumstances } from './circumstances.ts';
import { sayUnlike } from './parity.ts';
import { saySystem } from './system.ts';

export type SectionId =
  | 'quarantine'
  | 'wrong'
  | 'divergence'
  | 'user'
  | 'system'
  | 'unjudged'
  | 'proven'
  | 'adaptations'
  | 'attempts'
  | 'circumstances'
  | 'again';

export interface Section {
  id: SectionId;
  title: string;
  /** Numbered when they are the steps of the journey. */
  ordered: boolean;
  lines: Line[];
}

/** The story of one intent, built by rules from facts in the journal: the same in the terminal, in Markdown and in HTML. */
export interface Narrative {
  sentence: Line;
  sections: Section[];
}

/** Sections without anything to say are left out. */
export function narrate(intent: IntentStory, run: RunStory, divergence: readonly Line[] = []): Narrative {
  const attempt = lastAttempt(intent);
  const sections: Section[] = attempt ? sectionsOf(intent, attempt, run, divergence) : [];
  sections.push(section('again', 'Run it again', [line()`${code(rerunCommand(run, intent.id))}`]));
  return { sentence: firstSentence(intent), sections: sections.filter(({ lines }) => lines.length > 0) };
}

function sectionsOf(intent: IntentStory, attempt: AttemptStory, run: RunStory, divergence: readonly Line[]): Section[] {
  return [
    section(
      'quarantine',
      'In quarantine',
      intent.quarantined
        ? [line()`It fails no run until ${intent.quarantined.until}: ${intent.quarantined.why} (${intent.quarantined.owner}).`]
        : [],
    ),
    section(
      'wrong',
      attempt.status === 'blocked' && !isWrongAlready(attempt) ? 'What is not there yet' : 'What is wrong',
      sayBroken(attempt),
    ),
    section('divergence', 'First difference from the last green run', divergence),
    section(
      'attempts',
      'Earlier attempts',
      intent.attempts
        .slice(0, -1)
        .map(
          (earlier) =>
            line(
              earlier.seq,
            )`attempt ${String(earlier.attempt)}${earlier.isolation ? ', alone,' : ''} ${earlier.status ?? 'was interrupted'}: ${earlier.causeWhy ?? earlier.reason ?? 'no reason was recorded'}`,
        ),
    ),
    section('user', 'What the people did', sayJourney(attempt), true),
    section('system', 'What the system did', saySystem(attempt)),
    section('unjudged', 'What was not judged', [...sayUnjudged(attempt), ...sayUnlike(attempt, run, intent)]),
    section('proven', 'What is proven', sayProven(attempt)),
    section('adaptations', 'Adapted on the way', sayAdaptations(attempt)),
    section('circumstances', 'Circumstances', sayCircumstances(attempt, run, intent)),
  ];
}

const section = (id: SectionId, title: string, lines: readonly Line[], ordered = false): Section => ({
  id,
  title,
  lines: [...lines],
  ordered,
});
