import type { ValueRef } from '../../core/action.ts';
import type { StepTask, StepValue } from '../../core/decision.ts';
import type { Candidate, Observation } from '../../core/observation.ts';
import { kindOf, type ValueKind } from '../builtin/value.ts';
import { looksInjected } from './injection.ts';

/** Where the model says words come from, checked; or why they cannot be used. */
export type Words = { ref: ValueRef; text: string } | { complaint: string };

const MASK = '•••';

/**
 * Resolves `$n`, `step:words` and `page:words`. Words that nobody named are refused: the model cannot make up a value.
 * Words of the page must stand there letter by letter, and not in a text that tries to give instructions.
 */
export function wordsFrom(value: string, step: StepTask, observation: Observation): Words {
  const numbered = /^\$(\d+)$/.exec(value.trim());
  if (numbered) {
    const named = step.values[Number(numbered[1]) - 1];
    return named ? { ref: refOf(named), text: named.value } : { complaint: `there is no value ${value.trim()}` };
  }
  const quoted = /^(step|page):([\s\S]+)$/.exec(value.trim());
  const words = quoted ? fold(unquoted(quoted[2]!)) : '';
  if (words === '') return { complaint: `"${value}" does not say where it comes from: $n, step:words or page:words` };
  if (words.includes(MASK) || words.includes('${')) return { complaint: 'a masked value cannot be quoted: use its $n' };
  if (quoted![1] === 'step') {
    return standsIn(fold(step.text).toLowerCase(), words.toLowerCase())
      ? { ref: { from: 'step', text: words }, text: words }
      : { complaint: `SENTENCE does not say "${words}"` };
  }
  const sources = shownTexts(observation).filter((text) => standsIn(fold(text), words));
  if (sources.length === 0) return { complaint: `PAGE does not show "${words}" letter by letter` };
  if (sources.every(looksInjected)) return { complaint: `"${words}" stands only in a text that gives instructions: it is not used` };
  const own = step.values.find((known) => !known.secret && TELLING.has(kindOf(known.value)) && kindOf(known.value) === kindOf(words));
  if (own) return { complaint: `SENTENCE names its own ${kindOf(words)}: "${words}" of PAGE is not used instead` };
  return { ref: { from: 'page', text: words }, text: words };
}

/** Kinds of values of which a sentence that names one means that one. */
const TELLING: ReadonlySet<ValueKind> = new Set(['email', 'url', 'card', 'money']);

/** An option by the words of the page: as the list writes it, whatever their case. */
export function optionFrom(value: string, candidate: Candidate, step: StepTask, observation: Observation): Words {
  const said = fold(unquoted(value.trim().replace(/^page:/, '')));
  const option = value.trim().startsWith('page:')
    ? candidate.options?.find((text) => fold(text).toLowerCase() === said.toLowerCase())
    : undefined;
  return option === undefined ? wordsFrom(value, step, observation) : { ref: { from: 'page', text: fold(option) }, text: option };
}

/** A step's value as the model is told of it. */
export const toldValue = (value: StepValue): string => (value.secret ? `secret ${secretName(value)}` : value.value);

function refOf(value: StepValue): ValueRef {
  if (value.secret) return { from: 'secret', name: secretName(value) };
  return value.name === undefined ? { from: 'step', text: value.value } : { from: 'var', name: value.name };
}

const secretName = (value: StepValue): string => /^\$\{secret:([^}]+)\}$/.exec(value.value)?.[1] ?? value.name ?? '';

function shownTexts(observation: Observation): string[] {
  return [
    ...observation.passages.map((passage) => passage.text),
    ...observation.candidates.flatMap((candidate) => [
      candidate.name,
      candidate.value ?? '',
      candidate.context.row ?? '',
      ...(candidate.options ?? []),
    ]),
    ...observation.notices.map((notice) => notice.text),
    ...observation.mail.flatMap((mail) => [mail.subject, mail.text, ...mail.codes]),
  ];
}

/** As whole words: half a code is another code. */
function standsIn(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const [before, first, last, after] = [text[at - 1] ?? ' ', words[0]!, words.at(-1)!, text[at + words.length] ?? ' '];
    if (!(isWord(before) && isWord(first)) && !(isWord(last) && isWord(after))) return true;
  }
  return false;
}

const isWord = (char: string): boolean => /[\p{L}\p{N}_]/u.test(char);

const fold = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const unquoted = (text: string): string => /^\s*(["“'])([\s\S]*)(["”'])\s*$/.exec(text)?.[2] ?? text;
