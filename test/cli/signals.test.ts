import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { listenForSignals } from '../../src/cli/signals.ts';

function host() {
  const exits: number[] = [];
  const process_ = Object.assign(new EventEmitter(), { exit: (code: number) => void exits.push(code) });
  return {
    process: process_ as unknown as NodeJS.Process,
    exits,
    send: (name: string) => process_.emit(name, name),
    listeners: () => process_.eventNames().length,
  };
}

describe('signals', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 143],
  ])('the first %s asks, and decides the exit code', (name, code) => {
    const { process, exits, send } = host();
    const said: string[] = [];
    const interruption = listenForSignals(process, (first) => said.push(first));
    expect(interruption.exitCode()).toBeUndefined();
    send(name);
    expect(interruption.signal.aborted).toBe(true);
    expect(interruption.signal.reason).toBe(name);
    expect({ said, exits, code: interruption.exitCode() }).toEqual({ said: [name], exits: [], code });
  });

  test('one press that arrives twice is one press', () => {
    const { process, exits, send } = host();
    listenForSignals(process, () => undefined);
    send('SIGINT');
    send('SIGINT');
    expect(exits).toEqual([]);
  });

  test('a second press leaves at once', async () => {
    const { process, exits, send } = host();
    listenForSignals(process, () => undefined, 5);
    send('SIGINT');
    await sleep(10);
    send('SIGTERM');
    expect(exits).toEqual([143]);
  });

  test('nothing is heard any more once it is over', () => {
    const { process, listeners } = host();
    listenForSignals(process, () => undefined).dispose();
    expect(listeners()).toBe(0);
  });
});
