import { describe, expect, test } from 'vitest';
import type { BoundInvariant, Mode, Reading } from '../../src/core/invariant.ts';
import { judgeReadings } from '../../src/oracle/judge.ts';
import { always, type Answer, blind, type Case, eventually, type Look, type Says, unchanged } from './reference.ts';

const CASES = 10_000;

/** mulberry32: the same cases in every run, on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Timelines of every kind: honest ones as the watch takes them, and broken ones with looks missing, doubled, late and out of order. */
function caseFrom(random: () => number): Case {
  const int = (most: number) => Math.floor(random() * (most + 1));
  const pick = <T>(...from: T[]): T => from[int(from.length - 1)]!;
  const withinMs = pick(0, 200, 1000, 5000);
  const settleMs = pick(0, 100, 400);
  const end = 500 + int(8000);
  const journeyEndAt = random() < 0.05 ? undefined : end;
  const mood = pick<Says[]>(
    ['true'],
    ['false'],
    ['true', 'false'],
    ['true', 'true', 'true', 'false'],
    ['true', 'unknown'],
    ['false', 'unknown'],
    ['true', 'false', 'unknown'],
    ['unknown'],
    ['true', 'true', 'false', 'unknown', 'denied'],
  );
  const flipsAt = random() < 0.7 ? end + int(withinMs + 300) - 100 : undefined;
  const truth = (at: number): Says =>
    random() < 0.15 ? pick(...mood) : flipsAt === undefined ? pick(...mood) : at >= flipsAt ? 'true' : 'false';
  const looks: Look[] = [];
  const look = (at: number, phase: Look['phase']) =>
    looks.push({
      at: Math.max(0, at),
      ms: pick(0, 1, 5, 50, 700),
      phase,
      says: phase === 'baseline' && random() < 0.6 ? pick('false', 'false', 'true', 'unknown') : truth(at),
    });
  for (let count = pick(0, 1, 1, 1, 2); count > 0; count--) look(int(300), 'baseline');
  for (let count = pick(0, 0, 3, 8); count > 0; count--) look(int(end), 'watch');
  for (let count = pick(0, 1, 4, 10); count > 0; count--) look(end + int(withinMs + 200) - 50, 'poll');
  if (random() < 0.7) look(end + withinMs + pick(-1, 0, 1, 99, 100, 101, 300), 'poll');
  for (let count = pick(0, 0, 2); count > 0; count--) look(end + int(withinMs + settleMs), 'settle');
  for (let count = pick(0, 1, 1, 1, 2); count > 0; count--)
    look(end + pick(0, withinMs, settleMs, withinMs + settleMs) + pick(0, 1, 60, 760, 900, 6000), 'final');
  if (random() < 0.2 && looks.length > 0) looks.push({ ...looks[int(looks.length - 1)]! });
  if (random() < 0.3) looks.sort(() => random() - 0.5);
  else looks.sort((a, b) => a.at - b.at);
  return { looks, journeyEndAt, withinMs, settleMs, blindMs: pick(0, 300, 2000) };
}

const VALUES: Record<Says, Partial<Reading>> = {
  true: { value: 'yes' },
  false: { value: 'no' },
  unknown: { unreadable: 'connection refused' },
  denied: { unreadable: 'no', denied: true },
};
const readingsOf = (given: Case): Reading[] => given.looks.map(({ says, ...look }) => ({ ...look, ...VALUES[says] }));
const query = { probe: 'x', args: {} };
const boundFrom = (given: Case, mode: Mode): BoundInvariant => ({
  id: 'i',
  name: 'i',
  says: 'i',
  mode,
  builtin: false,
  withinMs: given.withinMs,
  settleMs: given.settleMs,
  blindMs: given.blindMs,
});

function judged(given: Case, mode: Mode) {
  const verdict = judgeReadings(boundFrom(given, mode), readingsOf(given), given.journeyEndAt);
  const answer: Answer = verdict.status === 'held' && verdict.vacuous ? 'held vacuously' : verdict.status;
  return { verdict, answer };
}

describe(`the judge and an independent reference agree on ${CASES} random timelines`, () => {
  const MODES: Record<string, { mode: Mode; reference(given: Case): Answer }> = {
    eventually: { mode: { kind: 'eventually', query, expect: 'yes' }, reference: eventually },
    always: { mode: { kind: 'always', query, expect: 'yes' }, reference: always },
    unchanged: { mode: { kind: 'unchanged', query }, reference: (given) => unchanged(given, ({ says }) => says) },
  };
  test.each(Object.keys(MODES))('%s', (name) => {
    const { mode, reference } = MODES[name]!;
    const random = randomFrom(20261120);
    const seen: Record<string, number> = {};
    for (let index = 0; index < CASES; index++) {
      const given = caseFrom(random);
      const { answer, verdict } = judged(given, mode);
      const expected = reference(given);
      seen[expected] = (seen[expected] ?? 0) + 1;
      if (answer !== expected)
        expect({ index, given, answer, reason: verdict.reason }).toEqual({ index, given, answer: expected, reason: verdict.reason });
      expect(verdict.flipped).toBe(name === 'eventually' && answer === 'held');
      if (name === 'always' && verdict.status === 'held') expect(verdict.blindMs).toBe(blind(given.looks));
      expect(
        verdict.status === 'held'
          ? ['converged', 'already-true', 'never-violated', 'same-before-and-after']
          : [
              'did-not-converge',
              'did-not-stay',
              'violated-during',
              'wrong-start',
              'changed',
              'unreadable',
              'denied',
              'blind-too-long',
              'no-readings',
            ],
      ).toContain(verdict.reason);
    }
    // The cases are worth something only when all answers occur often.
    const wanted = name === 'eventually' ? ['held', 'held vacuously', 'violated', 'undecided'] : ['held', 'violated', 'undecided'];
    for (const answer of wanted) expect(seen[answer], `${answer} of ${JSON.stringify(seen)}`).toBeGreaterThan(CASES / 100);
  });
});

describe('laws over the same timelines', () => {
  test('changes from false to true is eventually true with a baseline that was false; increases_by agrees on numbers', () => {
    const random = randomFrom(7);
    for (let index = 0; index < CASES / 4; index++) {
      const given = caseFrom(random);
      const base = judged(given, { kind: 'eventually', query, expect: 'yes' }).verdict;
      const changes = judged(given, { kind: 'changes', query, from: 'no', to: 'yes' }).verdict;
      const numbers = readingsOf(given).map((reading) =>
        reading.value === undefined ? reading : { ...reading, value: reading.value === 'yes' ? 5 : 4 },
      );
      const increases = judgeReadings(boundFrom(given, { kind: 'increases_by', query, by: 1 }), numbers, given.journeyEndAt);
      const before = given.looks
        .filter(
          (look) =>
            look.phase === 'baseline' &&
            (given.journeyEndAt === undefined || look.at + look.ms <= given.journeyEndAt) &&
            (look.says === 'true' || look.says === 'false'),
        )
        .sort((a, b) => a.at - b.at);
      const refused = given.looks.some((look) => look.phase === 'baseline' && look.says === 'denied');
      if (before.at(-1)?.says === 'true' && !refused) {
        expect(changes).toMatchObject({ status: 'violated', reason: 'wrong-start' });
        continue;
      }
      expect({ status: changes.status, vacuous: changes.vacuous, flipped: changes.flipped }).toEqual({
        status: base.status,
        vacuous: base.vacuous,
        flipped: base.flipped,
      });
      if (before.length > 0)
        expect({ status: increases.status, vacuous: increases.vacuous, flipped: increases.flipped }).toEqual({
          status: base.status,
          vacuous: base.vacuous,
          flipped: base.flipped,
        });
      else expect(increases.status).toBe('undecided');
    }
  });
  test('taking readings away never turns anything but a violation into held', () => {
    const random = randomFrom(11);
    for (let index = 0; index < CASES / 4; index++) {
      const given = caseFrom(random);
      const whole = judged(given, { kind: 'eventually', query, expect: 'yes' }).verdict;
      const without = { ...given, looks: given.looks.filter((look) => look.phase !== 'final') };
      expect(judged(without, { kind: 'eventually', query, expect: 'yes' }).verdict.status).not.toBe('held');
      const blindBefore = { ...given, looks: given.looks.filter((look) => look.phase !== 'baseline') };
      expect(judged(blindBefore, { kind: 'eventually', query, expect: 'yes' }).verdict.flipped).toBe(false);
      if (whole.status === 'held') expect(given.looks.some((look) => look.phase === 'final' && look.says === 'true')).toBe(true);
    }
  });
  test('no verdict depends on the order in which readings are handed in, nor on doubles', () => {
    const random = randomFrom(13);
    for (let index = 0; index < CASES / 4; index++) {
      const given = caseFrom(random);
      // Equal times leave the order to the journal.
      const looks = given.looks.map((look, place) => ({ ...look, at: look.at + place / 1000 }));
      const mode: Mode = { kind: 'eventually', query, expect: 'yes' };
      const one = judged({ ...given, looks }, mode).verdict;
      const other = judged({ ...given, looks: looks.toReversed() }, mode).verdict;
      expect(other.status).toBe(one.status);
      expect(other.reason).toBe(one.reason);
    }
  });
});
