import type { JournalEvent } from '../core/events.ts';
import { forTerminal } from '../report/escape/terminal.ts';
import { clip } from '../report/escape/visible.ts';
import { readJournal } from '../report/journal-file.ts';
import type { Line } from '../report/narrative/line.ts';
import { narrate } from '../report/narrative/narrate.ts';
import type { RunStory } from '../report/story.ts';

/** What every event has; said elsewhere already. */
const ENVELOPE = new Set(['v', 'seq', 'time', 't', 'type', 'intent', 'attempt']);

/** The events that the told sentences rest on, one line each, in the journal's order: `#41 +1.3 s request-seen step 1 request {…}`. */
export async function* eventsBehind(
  story: RunStory,
  journal: string,
  divergenceOf: (intent: string) => readonly Line[],
): AsyncGenerator<string> {
  const wanted = new Set<number>();
  for (const intent of story.intents.filter(({ status }) => status !== 'passed' && status !== 'skipped')) {
    const { sentence, sections } = narrate(intent, story, divergenceOf(intent.id));
    for (const { seqs } of [sentence, ...sections.flatMap(({ lines }) => lines)]) for (const seq of seqs) wanted.add(seq);
  }
  for await (const event of readJournal(journal)) if (wanted.has(event.seq)) yield sayEvent(event);
}

function sayEvent(event: JournalEvent): string {
  const fields = Object.entries(event)
    .filter(([name]) => !ENVELOPE.has(name))
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const intent = 'intent' in event && event.intent !== undefined ? ` ${event.intent}` : '';
  return forTerminal(clip(`#${event.seq} +${(event.t / 1000).toFixed(2)} s ${event.type}${intent} ${fields.join(', ')}`, 400));
}
