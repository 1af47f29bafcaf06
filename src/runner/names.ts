import { randomBytes, randomInt } from 'node:crypto';

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

const random = (length: number): string => Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** A run's id: sorts by time, unique, safe as a folder name everywhere. */
export const newRunId = (now: Date): string => `${now.toISOString().slice(0, 19).replace(/:/g, '-').toLowerCase()}-${random(4)}`;

/** `${run.id}` of one attempt: what its data is keyed by. Short enough for an e-mail address, and a letter first. */
export const newWorkflowId = (): string => `iw${random(8)}`;

export const newTraceId = (): string => randomBytes(16).toString('hex');
export const newSpanId = (): string => randomBytes(8).toString('hex');

/** A password that satisfies the usual rules, for accounts that a journey makes itself. */
export const newPassword = (): string => `${random(6)}-${random(6).toUpperCase()}-${randomInt(10, 99)}!`;
