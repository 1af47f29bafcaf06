import type { Action } from '../../core/action.ts';
import type { DecideInput, StepTask, Turn } from '../../core/decision.ts';
import type { Observation } from '../../core/observation.ts';
import { toldValue } from './words.ts';

const LONGEST_HISTORY = 8;
/** With fewer actions than this left, they are worth counting. */
const FEW = 10;

/** What changes from call to call: the sentence with its values marked, what was done, and the page last. */
export function situationOf(
  { step, turns, left }: Pick<DecideInput, 'step' | 'turns' | 'left'>,
  observation: Observation,
  page: string,
  mask: (text: string) => string,
): string {
  const { sentence, unplaced } = marked(step);
  const done = history(turns.map((turn) => toldTurn(turn, step, mask)));
  return [
    step.before.length > 0 ? `BEFORE ${step.before.at(-1)}` : undefined,
    `SENTENCE${step.tries ? ' (TRIES)' : ''} ${sentence}`,
    unplaced.length > 0 ? `VALUES ${unplaced.join(', ')}` : undefined,
    wantsFile(step, observation) ? `FILES ${step.files.join(', ')}` : undefined,
    step.hasMailbox && observation.mail.length === 0 ? 'You have a mailbox.' : undefined,
    done.length > 0 ? `DONE\n${done.join('\n')}` : undefined,
    left !== undefined && left < FEW ? `LEFT ${left} actions` : undefined,
    `PAGE <<<\n${page.replaceAll('<<<', '‹‹‹').replaceAll('>>>', '›››')}\n>>>`,
  ]
    .filter((part) => part !== undefined)
    .join('\n');
}

/** What was done several times in a row is one line: "2-9 click button ...". */
function history(told: readonly string[]): string[] {
  const runs: { from: number; to: number; text: string }[] = [];
  for (const [index, text] of told.entries()) {
    const last = runs.at(-1);
    if (last?.text === text) last.to = index + 1;
    else runs.push({ from: index + 1, to: index + 1, text });
  }
  return runs.slice(-LONGEST_HISTORY).map(({ from, to, text }) => `${from === to ? from : `${from}-${to}`} ${text}`);
}

/** The names of files cost tokens: they are told where one can be given, or is spoken of. */
const wantsFile = (step: StepTask, observation: Observation): boolean =>
  step.files.length > 0 &&
  (/\b(?:upload|attach|import|files?)\b/i.test(step.text) ||
    step.files.some((file) => step.text.includes(file)) ||
    observation.candidates.some((candidate) => candidate.inputType === 'file'));

/** Where a sentence names a value: in quotes before bare, as a word of its own before inside another. */
function placeOf(value: string, sentence: string): number {
  const places: number[] = [];
  for (let at = sentence.indexOf(value); at >= 0; at = sentence.indexOf(value, at + 1)) places.push(at);
  const beside = (at: number): [string, string] => [sentence[at - 1] ?? ' ', sentence[at + value.length] ?? ' '];
  const quoted = places.find((at) => beside(at).every((char) => /["“”'‘’«»]/.test(char)));
  return quoted ?? places.find((at) => beside(at).every((char) => !/[\p{L}\p{N}]/u.test(char))) ?? places[0] ?? -1;
}

/** `Invite [$1 casey@example.test] as an editor`. */
function marked(step: StepTask): { sentence: string; unplaced: string[] } {
  const unplaced: string[] = [];
  let sentence = step.text;
  const marks: string[] = [];
  for (const [index, value] of step.values.entries()) {
    const mark = `[$${index + 1} ${toldValue(value)}]`;
    // A placeholder first: one value's words may stand inside another's mark.
    const slot = `\u0000${marks.length}\u0000`;
    const at = value.value === '' ? -1 : placeOf(value.value, sentence);
    if (at < 0) {
      if (!step.values.slice(0, index).some((other) => other.value === value.value)) unplaced.push(`$${index + 1} ${toldValue(value)}`);
      continue;
    }
    marks.push(mark);
    sentence = sentence.slice(0, at) + slot + sentence.slice(at + value.value.length);
  }
  return { sentence: sentence.replace(/\u0000(\d+)\u0000/g, (_, slot: string) => marks[Number(slot)]!), unplaced };
}

function toldTurn({ action, target, outcome }: Turn, step: StepTask, mask: (text: string) => string): string {
  const on = target ? ` ${target.role} "${mask(target.name)}"${target.row ? ` in row "${mask(target.row).slice(0, 60)}"` : ''}` : '';
  const ref = action.kind === 'fill' || action.kind === 'slide' ? action.value : action.kind === 'select' ? action.option : undefined;
  const value =
    ref === undefined
      ? ''
      : ref.from === 'var' || ref.from === 'secret'
        ? ` $${step.values.findIndex((known) => known.name === ref.name || known.value === `\${secret:${ref.name}}`) + 1}`
        : ` "${ref.text}"`;
  const sent = outcome.requests
    .filter((request) => request.changes && request.own)
    .map((request) => `${request.method} ${request.template} ${request.status ?? 'unanswered'}`);
  const came = outcome.ok
    ? sent.length > 0
      ? ` (sent ${sent.join(', ')})`
      : ''
    : ` FAILED: ${outcome.error ?? outcome.miss ?? 'no reason given'}`;
  return `${deedOf(action)}${on}${value}${came}`;
}

/** The words in which it was asked for. */
function deedOf(action: Action): string {
  switch (action.kind) {
    case 'click':
      return action.double ? 'double-click' : action.button === 'right' ? 'right-click' : 'click';
    case 'check':
      return action.on ? 'check' : 'uncheck';
    case 'press':
      return `press ${action.key}`;
    case 'scroll':
      return `scroll ${action.direction}`;
    case 'dialog':
      return action.accept ? 'accept' : 'dismiss';
    default:
      return action.kind;
  }
}
