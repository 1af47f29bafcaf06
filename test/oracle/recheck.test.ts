import { describe, expect, test } from 'vitest';
import type { JournalEvent } from '../../src/core/events.ts';
import type { BoundInvariant, Reading, Verdict } from '../../src/core/invariant.ts';
import { judgeReadings } from '../../src/oracle/judge.ts';
import { recheck } from '../../src/oracle/recheck.ts';
import { isBorneOut } from '../../src/runner/borne-out.ts';

const bound = (id: string): BoundInvariant => ({
  id,
  name: id,
  says: id,
  builtin: false,
  withinMs: 10_000,
  settleMs: 400,
  blindMs: 2000,
  mode: {
    kind: 'eventually',
    query: { probe: 'sql', on: 'app', args: {} },
    expect: [{ status: 'active', role: { in: ['editor', 'admin'] } }],
  },
});
const END = 5000;
const row = (status: string) => [{ status, role: 'editor' }];
const timeline = (count: number): Reading[] => [
  { at: 0, ms: 3, phase: 'baseline', value: row('invited') },
  ...Array.from({ length: count - 3 }, (_, index): Reading => ({ at: END + index * 20, ms: 3, phase: 'poll', value: row('invited') })),
  { at: END + count * 20, ms: 3, phase: 'poll', value: row('active') },
  { at: END + count * 20 + 500, ms: 3, phase: 'final', value: row('active') },
];

let seq = 0;
const line = (body: object): JournalEvent =>
  JSON.parse(JSON.stringify({ v: 1, seq: seq++, at: '2026-11-20T10:00:00.000Z', ms: seq, ...body })) as JournalEvent;

/** The journal of one attempt, values that repeat folded to `same`, as the runner writes it. */
function journalOf(intent: string, invariants: BoundInvariant[], readings: Reading[], verdicts: Verdict[]): JournalEvent[] {
  const inIntent = { intent, attempt: 1 };
  const folded = (reading: Reading, index: number) => {
    const before = readings.slice(0, index).findLast(({ value }) => value !== undefined)?.value;
    const { value: _, ...rest } = reading;
    return before !== undefined && JSON.stringify(before) === JSON.stringify(reading.value) ? { ...rest, same: true } : reading;
  };
  return [
    line({ type: 'intent-start', ...inIntent, workflow: 'w' }),
    ...invariants.map((one) => line({ type: 'invariant-start', ...inIntent, bound: one })),
    ...invariants.flatMap(({ id }) =>
      readings.map((reading, index) => line({ type: 'reading-taken', ...inIntent, invariant: id, reading: folded(reading, index) })),
    ),
    line({ type: 'journey-end', ...inIntent, conduct: { kind: 'carried-out' }, at: END }),
    ...verdicts.map((verdict) => line({ type: 'invariant-end', ...inIntent, verdict })),
  ];
}

describe('judging again from the journal', () => {
  const readings = timeline(8);
  const verdict = judgeReadings(bound('member'), readings, END);

  test('gives byte-equal verdicts', () => {
    const [again] = recheck(journalOf('invite', [bound('member')], readings, [verdict]));
    expect(verdict).toMatchObject({ status: 'held', flipped: true });
    expect(JSON.stringify(again!.verdicts)).toBe(JSON.stringify([verdict]));
    expect(again).toMatchObject({ intent: 'invite', attempt: 1, recorded: [verdict], different: [] });
  });
  test('names a verdict that the readings do not bear out', () => {
    const forged: Verdict = { ...verdict, found: 'everything is fine' };
    expect(recheck(journalOf('invite', [bound('member')], readings, [forged]))[0]!.different).toEqual(['member']);
  });
  test('notices a pass that the verdicts do not bear out, and verdicts that were never given', () => {
    const late = readings.slice(0, -2);
    const violated = judgeReadings(bound('member'), late, END);
    const end = (status: string) =>
      line({
        type: 'intent-end',
        intent: 'invite',
        attempt: 1,
        status,
        reason: 'all-proven',
        conduct: { kind: 'carried-out' },
        durationMs: 1,
      });
    const [honest] = recheck([...journalOf('invite', [bound('member')], readings, [verdict]), end('passed')]);
    const [forged] = recheck([...journalOf('invite', [bound('member')], late, [violated]), end('passed')]);
    expect([honest, forged].map((one) => [one!.different, one!.ungiven, isBorneOut(one!)])).toEqual([
      [[], [], true],
      [[], [], false],
    ]);
    expect(recheck(journalOf('invite', [bound('member')], readings, []))[0]).toMatchObject({ different: [], ungiven: ['member'] });
  });
  test('a journal that breaks off is undecided, never held', () => {
    const events = journalOf('invite', [bound('member')], readings, []);
    for (let length = 0; length < events.length; length++) {
      const judged = recheck(events.slice(0, length)).flatMap(({ verdicts }) => verdicts);
      expect(judged.filter(({ status }) => status !== 'undecided')).toEqual([]);
    }
  });
  test('attempts are kept apart', () => {
    const second = journalOf('invite', [bound('member')], timeline(5), []).map((event) => ({ ...event, attempt: 2 }) as JournalEvent);
    const both = recheck([...journalOf('invite', [bound('member')], readings, [verdict]), ...second]);
    expect(both.map(({ attempt, verdicts }) => [attempt, verdicts[0]!.readings])).toEqual([
      [1, 8],
      [2, 5],
    ]);
  });
  test('1,000 invariants with 50 readings each take less than 2 s of the processor', () => {
    const invariants = Array.from({ length: 1000 }, (_, index) => bound(`member ${index}`));
    const events = journalOf('many', invariants, timeline(50), []);
    const before = process.cpuUsage();
    const [again] = recheck(events);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(2000);
    expect(again!.verdicts.filter(({ status }) => status === 'held')).toHaveLength(1000);
  });
});
