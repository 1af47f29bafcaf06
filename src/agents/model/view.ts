import type { Turn } from '../../core/decision.ts';
import { changedLines, pageLines, printLines, type PageLine } from '../../core/describe-observation.ts';
import type { Observation } from '../../core/observation.ts';

/** A page shorter than this is told anew each time, characters. */
const SMALL = 1_200;

/** What the model was shown last: later looks at the same page tell only what is new. */
export interface Shown {
  step: number;
  path: string;
  lines: PageLine[];
}

export interface View {
  text: string;
  shown: Shown;
  /** Lines were left out that a "look" would show. */
  partial: boolean;
}

/**
 * The page as the model is told it. Whole the first time; afterwards, where the page is still the same, what was added, the sections
 * where something changed or was done, and an open dialog. An open dialog hides what is under it, as it does from a person.
 */
export function viewOf(
  observation: Observation,
  step: number,
  options: { before: Shown | undefined; turns: readonly Turn[]; whole: boolean; maxChars: number },
): View {
  const { before, turns, whole, maxChars } = options;
  const lines = pageLines(observation);
  const shown: Shown = { step, path: observation.path, lines };
  const length = lines.reduce((sum, line) => sum + line.text.length + 1, 0);
  const known = length > SMALL && before?.step === step && before.path === observation.path ? before : undefined;
  const stale = staleMail(before, observation, turns);
  const chosen = whole ? lines : lines.filter(focusOf(lines, observation, known, turns)).filter((line) => !stale(line));
  const left = lines.length - chosen.length;
  const text = printLines(chosen, maxChars);
  return { text: left > 0 ? `${text}\n(${left} other lines of the page: look)` : text, shown, partial: left > 0 };
}

function focusOf(
  lines: readonly PageLine[],
  observation: Observation,
  before: Shown | undefined,
  turns: readonly Turn[],
): (line: PageLine) => boolean {
  const inDialog = dialogSections(lines, observation);
  if (inDialog.size > 0) return (line) => isAside(line) || inDialog.has(line.section);
  if (!before) return () => true;
  const added = changedLines(before.lines, lines).added;
  if (added.length === 0) return () => true;
  const target = turns.at(-1)?.target;
  const touched = new Set(added.map((line) => line.section));
  for (const line of lines) if (target && line.key.includes(`${target.role} "${target.name}"`)) touched.add(line.section);
  // A long section is told by its new lines and its loose controls; its other rows can be looked up.
  const fresh = new Set(added);
  return (line) => isAside(line) || fresh.has(line) || (touched.has(line.section) && !/^row[ :]/.test(line.text));
}

/** A mail that was told before is known: it is looked up again where the sentence comes back to it. */
function staleMail(before: Shown | undefined, observation: Observation, turns: readonly Turn[]): (line: PageLine) => boolean {
  if (!before || observation.mail.length === 0 || turns.at(-1)?.action.kind === 'read-mail') return () => false;
  const told = new Set(before.lines.filter(isMail).map((line) => `${line.section}\n${line.key}`));
  return (line) => isMail(line) && told.has(`${line.section}\n${line.key}`);
}

const isMail = (line: PageLine): boolean => line.section.startsWith('mail ');

function dialogSections(lines: readonly PageLine[], observation: Observation): Set<string> {
  if (observation.dialog === undefined) return new Set();
  const ids = new Set(
    observation.candidates.filter((candidate) => candidate.context.dialog === observation.dialog).map((candidate) => candidate.id),
  );
  return new Set(lines.filter((line) => line.candidates.some((id) => ids.has(id))).map((line) => line.section));
}

/** Address, notices, native dialogs, mail: never left out. */
const isAside = (line: PageLine): boolean => line.section === '' || isMail(line);
