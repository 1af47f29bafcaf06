/** The public face: what a team's own TypeScript files import. It loads no browser, model, driver or parser. */
export { IntentwrightError, ERROR_CODES, type ErrorCode } from './core/errors.ts';
export { defineProbe, type OpenProbe, type Probe, type ProbeServices } from './oracle/port.ts';
export { defineConfig, defineInvariant, type Definition } from './spec/define.ts';
export type { ConfigInput } from './spec/config-shape.ts';
export type { InvariantInput } from './spec/invariant-shape.ts';
export type { Clock } from './core/clock.ts';
export type { Status, Cause } from './core/decide.ts';
export type { JournalEvent, Subscriber } from './core/events.ts';
export type { Verdict, VerdictStatus } from './core/invariant.ts';
export type { RunResult } from './core/result.ts';
