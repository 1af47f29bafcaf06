import type { BoundInvariant, Reading } from '../core/invariant.ts';
import { isRecord } from './expectation.ts';
import { isReadable } from './timeline.ts';

/** Probes that leave out what names another run, and keep what names none. */
const NAMING: ReadonlySet<string> = new Set(['events', 'webhooks']);

/** Whether something was read that names no run: it was taken for this one's, and may be anybody's. Pure. */
export const mayBeOfOthers = ({ mode }: BoundInvariant, readings: readonly Reading[]): boolean =>
  mode.kind !== 'access' &&
  NAMING.has(mode.query.probe) &&
  readings.some(
    (reading) =>
      isReadable(reading) &&
      Array.isArray(reading.value) &&
      reading.value.some((item) => !isRecord(item) || typeof item.workflow !== 'string'),
  );
