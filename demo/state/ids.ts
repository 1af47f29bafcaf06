import { randomBytes } from 'node:crypto';

/** "prj_3k9f…": unguessable, and readable in a report. */
export const newId = (prefix: string): string => `${prefix}_${randomBytes(9).toString('base64url').replace(/[-_]/g, 'x')}`;

/** For links in mails and session cookies. */
export const newToken = (): string => randomBytes(24).toString('base64url');

export const now = (): string => new Date().toISOString();

/** ISO time in `ms` from now. */
export const later = (ms: number): string => new Date(Date.now() + ms).toISOString();

export const minutes = 60_000;
export const days = 24 * 60 * minutes;
