import type { AccessTry } from '../core/invariant.ts';
import { isRecord } from './expectation.ts';

/** What an application said to somebody's request. Plain JSON: it is journalled as it stands. */
export interface AccessAnswer {
  status: number;
  /** Where a redirect leads, without origin and query. */
  location?: string;
  /** Who asked came with a session. */
  signedIn?: true;
}

/** The value of a reading of an `access` invariant, in the order in which the parts were read. */
export interface AccessValue {
  /** What the request could touch, right before it was sent. Absent where only the state was looked at, and in old journals. */
  before?: unknown;
  mayNot?: AccessAnswer;
  /** The same right after it, or on its own. */
  state?: unknown;
  /** Other `access` invariants of the intent whose controls had been accepted by then. */
  after?: string[];
  may?: AccessAnswer;
}

export const accessValue = (value: unknown): AccessValue => (isRecord(value) ? (value as AccessValue) : {});

/** Not knowing, not being allowed, and not being shown that it exists. */
const REFUSED = [401, 403, 404];

/**
 * Refused, accepted, or unclear: a redirect may be a success or the way to the sign-in, a validation error may hide a missing check,
 * and "who are you?" to somebody with a session tells of the session, not of what its owner may do.
 * What is unclear is settled by `refused:` and `accepted:` of the request, lists of status codes.
 */
export function answerOf({ request }: AccessTry, { status, signedIn }: AccessAnswer): 'refused' | 'accepted' | 'unclear' {
  const listed = (name: 'refused' | 'accepted') => Array.isArray(request[name]) && request[name].includes(status);
  if (listed('refused')) return 'refused';
  if (listed('accepted')) return 'accepted';
  if (REFUSED.includes(status)) return status === 401 && signedIn ? 'unclear' : 'refused';
  return status >= 200 && status < 300 ? 'accepted' : 'unclear';
}

export const sayAnswer = (answer: AccessAnswer): string =>
  `${answer.status}${answer.location === undefined ? '' : ` to ${answer.location}`}`;
