import type { Candidate, Observation } from '../../core/observation.ts';
import { wordLikeness } from '../lexicon.ts';
import { content, stem } from '../words.ts';
import type { Goal } from './goal.ts';
import { gap, isClickable, reachable } from './layout.ts';

/** The cheapest, longest, newest …: the control in (or next to) the row with the smallest or greatest value of that measure. */
export function extremeOf(
  goal: Goal,
  observation: Observation,
  among: readonly Candidate[] = reachable(observation).filter((candidate) => isClickable(candidate) && candidate.name !== ''),
): Candidate | undefined {
  const { extreme } = goal.clause;
  if (!extreme) return undefined;
  const measured = among
    .map((candidate) => ({ candidate, value: measureOf(candidate, extreme.of, observation) }))
    .filter((item): item is { candidate: Candidate; value: number } => item.value !== undefined);
  if (measured.length < 2) return undefined;
  measured.sort((a, b) => (extreme.most ? b.value - a.value : a.value - b.value));
  return measured[0]!.value === measured[1]!.value ? undefined : measured[0]!.candidate;
}

const MONEY = new Set(['price', 'cost', 'fare', 'amount', 'total', 'fee'].map(stem));
const TIME = new Set(['duration', 'length', 'time'].map(stem));

function measureOf(candidate: Candidate, of: readonly string[], observation: Observation): number | undefined {
  const texts = textsAround(candidate, observation);
  if (of.some((word) => MONEY.has(word))) return first(texts, money);
  if (of.some((word) => TIME.has(word))) return first(labelled(texts, of), span) ?? first(texts, span);
  return first(labelled(texts, of), number) ?? first(texts, number);
}

function textsAround(candidate: Candidate, observation: Observation): string[] {
  const own = [candidate.name];
  const row = candidate.context.row;
  if (row === undefined) return [...own, candidate.print.near];
  return [
    ...own,
    row,
    ...observation.passages.filter((passage) => passage.context.row === row).map((passage) => passage.text),
    ...observation.candidates.filter((other) => other.context.row === row && gap(other, candidate) < 200).map((other) => other.name),
  ];
}

/** Texts that carry the measure's name, cut to begin there. */
const labelled = (texts: readonly string[], of: readonly string[]): string[] =>
  texts.flatMap((text) => {
    const words = text.split(/\s+/);
    const at = words.findIndex((word) => content(word).some((found) => of.some((wanted) => wordLikeness(wanted, found) >= 0.8)));
    return at >= 0 ? [words.slice(at + 1).join(' ')] : [];
  });

function first(texts: readonly string[], read: (text: string) => number | undefined): number | undefined {
  for (const text of texts) {
    const value = read(text);
    if (value !== undefined) return value;
  }
  return undefined;
}

const money = (text: string): number | undefined => {
  const match = /[$€£¥]\s?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s?(?:USD|EUR|GBP|dollars?|euros?)/i.exec(text);
  return match ? Number((match[1] ?? match[2])!.replace(/,/g, '')) : undefined;
};

/** "2h 15m", "1 day 3 hours" in minutes. */
const span = (text: string): number | undefined => {
  const parts = [...text.matchAll(/(\d+)\s?(d(?:ays?)?|h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?)\b/gi)];
  return parts.length === 0
    ? undefined
    : parts.reduce((sum, [, count, unit]) => sum + Number(count) * (/^d/i.test(unit!) ? 1440 : /^h/i.test(unit!) ? 60 : 1), 0);
};

const number = (text: string): number | undefined => {
  const match = /-?\d[\d,]*(?:\.\d+)?/.exec(text);
  return match ? Number(match[0].replace(/,/g, '')) : undefined;
};
