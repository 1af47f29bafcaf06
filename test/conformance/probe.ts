import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { IntentwrightError } from '../../src/core/errors.ts';
import type { Probe, ProbeReader, ProbeServices } from '../../src/oracle/port.ts';
import { openReader } from '../../src/oracle/reader.ts';
import { servicesWith } from './services.ts';

type Query = Record<string, unknown>;

/** A real backend, and questions whose right treatment the suite knows. What a probe cannot be asked is left out. */
export interface Backend {
  settings: Record<string, unknown>;
  services?: Partial<ProbeServices>;
  /** A question and its exact answer. */
  ask: Query;
  answer: unknown;
  /** A question about something that is not there, and its answer: a value, not a failure. */
  nothing?: { ask: Query; answer: unknown };
  /** A question that takes many seconds. */
  hang?: Query;
  /** A question with far more answer than any invariant needs. */
  flood?: Query;
  /** Questions that would change something; `untouched` tells afterwards that nothing did. */
  writes?: Query[];
  untouched?(): Promise<void> | void;
  /** Questions that can never be answered: told at once, not polled. */
  wrong?: Query[];
  /** Settings of a backend that is not there, and questions to a broken one. */
  dead?: Record<string, unknown>;
  broken?: Query[];
  /** Settings or questions that lack permission. */
  denied?: { settings?: Record<string, unknown>; ask?: Query }[];
  stop?(): Promise<void>;
}

/** What every probe promises, run against the real thing. `start` resolves to a reason when this machine has no such backend. */
export function describeProbe(name: string, probe: Probe, start: () => Promise<Backend | string>): void {
  describe(`${name} keeps the promises of a probe`, async () => {
    const backend = await start();
    if (typeof backend === 'string') return declareMissing(name, backend);
    let reader: ProbeReader;
    const openWith = (settings: Record<string, unknown>, timeoutMs?: number) =>
      openReader({
        connections: [{ name: 'conform', probe: probe.name, settings }],
        services: servicesWith(backend.services),
        maxInFlight: 4,
        timeoutMs,
        probes: [probe],
      });
    const read = (args: Query, signal = AbortSignal.timeout(60_000), by = reader) =>
      by.read({ probe: probe.name, on: 'conform', args }, signal);
    beforeAll(async () => {
      reader = await openWith(backend.settings);
    });
    afterAll(async () => {
      await reader.close();
      await backend.stop?.();
    });

    test('it answers with plain JSON', async () => {
      const value = await read(backend.ask);
      expect(value).toEqual(backend.answer);
      expect(JSON.parse(JSON.stringify(value))).toEqual(value);
    });
    test('the same question twice has the same answer', async () => expect(await read(backend.ask)).toEqual(await read(backend.ask)));
    test('its settings and questions are strict, and every field says what it is', async () => {
      expect(() => probe.query.parse({ ...backend.ask, 'no such key': 1 })).toThrow();
      await expectCode(read({ ...backend.ask, 'no such key': 1 }), 'PROBE_CONFIG');
      for (const schema of [probe.query, probe.settings])
        if (schema) expect(undescribed(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema)).toEqual([]);
      expect(probe.about.length).toBeGreaterThan(10);
    });
    if (backend.nothing)
      test('what is not there is an answer', async () => expect(await read(backend.nothing!.ask)).toEqual(backend.nothing!.answer));
    if (backend.hang) {
      test('it is broken off in the middle of a read, and answers the next question', async () => {
        const started = performance.now();
        const reason = new Error('broken off');
        const abort = new AbortController();
        setTimeout(() => abort.abort(reason), 150);
        await expect(read(backend.hang!, abort.signal)).rejects.toBe(reason);
        expect(performance.now() - started).toBeLessThan(2000);
        expect(await read(backend.ask)).toEqual(backend.answer);
      });
      test('a read that takes too long is unknown', async () => {
        const hasty = await openWith(backend.settings, 400);
        await expectCode(read(backend.hang!, undefined, hasty), 'PROBE_UNREADABLE');
        await hasty.close();
      });
    }
    if (backend.flood) test('a flood is unknown, not evidence', async () => expectCode(read(backend.flood!), 'PROBE_UNREADABLE'));
    for (const ask of backend.writes ?? []) {
      test(`it changes nothing: ${shown(ask)}`, async () => {
        await expectCode(read(ask), 'PROBE_CONFIG');
        await backend.untouched!();
      });
    }
    for (const ask of backend.wrong ?? [])
      test(`what can never be answered is told at once: ${shown(ask)}`, async () => expectCode(read(ask), 'PROBE_CONFIG'));
    for (const ask of backend.broken ?? [])
      test(`a broken answer is unknown: ${shown(ask)}`, async () => expectCode(read(ask), 'PROBE_UNREADABLE'));
    if (backend.dead) {
      test('a backend that is not there is unknown, again and again', async () => {
        const lost = await openWith(backend.dead!);
        await expectCode(read(backend.ask, undefined, lost), 'PROBE_UNREADABLE');
        await expectCode(read(backend.ask, undefined, lost), 'PROBE_UNREADABLE');
        await lost.close();
      });
    }
    for (const { settings, ask } of backend.denied ?? []) {
      test(`refused credentials are told at once, with the fix: ${shown(ask ?? settings ?? {})}`, async () => {
        const stranger = await openWith(settings ?? backend.settings);
        const error = await expectCode(read(ask ?? backend.ask, undefined, stranger), 'PROBE_DENIED');
        expect(error.hint).toBeTruthy();
        await stranger.close();
      });
    }
    test('many questions at once are all answered', async () => {
      expect(await Promise.all(Array.from({ length: 12 }, () => read(backend.ask)))).toEqual(
        Array.from({ length: 12 }, () => backend.answer),
      );
    });
    test('it is closed twice, and answers no more', async () => {
      const brief = await openWith(backend.settings);
      await read(backend.ask, undefined, brief);
      await brief.close();
      await brief.close();
      await expectCode(read(backend.ask, undefined, brief), 'PROBE_UNREADABLE');
    });
  });
}

/** Said in the output; an error where servers are required, as in CI. */
function declareMissing(name: string, why: string): void {
  test('its backend is here, where one is required', () => {
    process.stdout.write(`not run: ${name} (${why})\n`);
    expect(process.env.INTENTWRIGHT_REQUIRE_SERVERS, why).toBeUndefined();
  });
}

async function expectCode(work: Promise<unknown>, code: string): Promise<IntentwrightError> {
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome)) throw new Error(`expected ${code}, it answered ${JSON.stringify(outcome.value).slice(0, 200)}`);
  if (!IntentwrightError.is(outcome.error)) throw outcome.error;
  expect({ code: outcome.error.code, message: outcome.error.message }).toMatchObject({ code });
  expect(outcome.error.message.split('\n')).toHaveLength(1);
  return outcome.error;
}

const shown = (ask: Query): string => JSON.stringify(ask).slice(0, 90);

interface JsonSchema {
  properties?: Record<string, JsonSchema & { description?: string }>;
  anyOf?: JsonSchema[];
}

/** A reader of a schema meets no word without its meaning, but for the few that say it themselves. */
const undescribed = ({ properties = {}, anyOf = [] }: JsonSchema): string[] => [
  ...Object.entries(properties)
    .filter(([, one]) => !one.description)
    .map(([name]) => name),
  ...anyOf.flatMap(undescribed),
];
