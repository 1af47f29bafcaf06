import { WAITED_IN_VAIN } from '../../core/cause.ts';
import { contentWords } from '../../core/content-words.ts';
import { clip } from '../escape/visible.ts';
import type { AttemptStory, StepStory } from '../story.ts';
import { pastOf } from './past.ts';

/** The actor as the subject of a sentence: "the admin", "you" for a journey without actors, a proper name as it is. */
export function subject(actor: string): string {
  if (actor === 'system') return 'the system';
  if (actor === '' || actor === 'user') return 'the user';
  const name = actor.replace(/[_-]+/g, ' ');
  if (!/^[a-z]/.test(name)) return name;
  return ROLE.test(name) ? `the ${name}` : name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** Words for what somebody is; any other name in lower case is somebody's own: "casey" → "Casey". */
const ROLE =
  /(?:er|or|ist|ant|ent|ee|ian|mate|min|man|men|guest|staff|boss|lead|chief|student|person|anybody|somebody|team|bot|ops|support|sales|finance|public|\d)$/;

/** "the admin invited casey@example.test as an editor"; quoted when the sentence cannot be turned. A refusal is told as one. */
export function deed(step: Pick<StepStory, 'actor' | 'text' | 'tries' | 'status'>): string {
  if (step.tries && step.status === 'refused') return `${subject(step.actor)} was refused in the browser`;
  const told = pastOf(step.text);
  return told === undefined ? `${subject(step.actor)} did “${clip(step.text, 140)}”` : `${subject(step.actor)} ${clip(told, 140)}`;
}

/** Why it could not be done, without saying the sentence again. */
export function whyNotDone(step: Pick<StepStory, 'text' | 'why'>): string {
  if (WAITED_IN_VAIN.test(step.why)) return 'it was waited for in vain';
  const text = step.text.trim().replace(/[.!]+$/, '');
  const said = repeatedPart(text, step.why);
  return clip(said === undefined ? step.why : step.why.replace(said, 'do that'), 240);
}

/** As much of the sentence's end as the reason says again; a few words may be chance. */
function repeatedPart(text: string, why: string): string | undefined {
  const words = text.split(' ');
  for (let from = 0; from === 0 || words.length - from >= 4; from++) {
    const part = words.slice(from).join(' ');
    const at = why.toLowerCase().indexOf(part.toLowerCase());
    if (at !== -1) return why.slice(at, at + part.length);
  }
  return undefined;
}

/** "the teammate could not open the invitation mail and accept it" */
export function failedDeed(step: Pick<StepStory, 'actor' | 'text' | 'tries'>): string {
  const text = clip(step.text.trim().replace(/[.!]+$/, ''), 140);
  const verb = step.tries ? 'could not even try to' : 'could not';
  return pastOf(text) === undefined
    ? `${subject(step.actor)} could not do “${text}”`
    : `${subject(step.actor)} ${verb} ${text[0]!.toLowerCase()}${text.slice(1)}`;
}

/** The step that a fact is most likely about: the one that shares most of its words, rare ones counting most; the only one done when none does. */
export function stepAbout(says: string, attempt: AttemptStory): StepStory | undefined {
  const done = attempt.steps.filter(({ status, actor }) => (status === 'done' || status === 'refused') && actor !== 'system');
  const wanted = contentWords(says);
  const frequency = new Map<string, number>();
  for (const step of done) for (const word of new Set(contentWords(step.text))) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  let best: StepStory | undefined;
  let bestScore = 0;
  for (const step of done) {
    const words = contentWords(step.text);
    const score = wanted.reduce((sum, word) => sum + (words.includes(word) ? 1 / (frequency.get(word) ?? 1) : 0), 0);
    if (score > bestScore) [best, bestScore] = [step, score];
  }
  return best ?? (done.length === 1 ? done[0] : undefined);
}
