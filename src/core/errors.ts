/** Every error a person can meet, by code. The README's table is generated from this list. */
export const ERROR_CODES = {
  SPEC_INVALID: 'a file of intents, invariants, fixtures or config is wrong',
  SPEC_EMPTY: 'nothing was selected to run',
  CONFIG_MISSING: 'no intentwright.config.yaml was found',
  ENV_MISSING: 'an environment variable that the files name is not set',
  TARGET_UNREACHABLE: 'the application under test does not answer',
  TARGET_REFUSED: 'the target is production, or not declared',
  BROWSER_MISSING: 'no Chromium could be found',
  BROWSER_CRASHED: 'the browser or a page died',
  PAGE_HUNG: 'the page stopped answering',
  FIXTURE_FAILED: 'a starting state could not be made',
  PROBE_CONFIG: 'a probe was asked something it cannot be asked',
  PROBE_DENIED: 'a backend refused the credentials of a probe',
  PROBE_UNREADABLE: 'a backend could not be read',
  MODEL_UNAVAILABLE: 'the model endpoint does not answer',
  MODEL_DENIED: 'the model endpoint refused the key or the model name',
  MODEL_MALFORMED: 'the model answered something unusable',
  SECRET_SCOPE: 'a secret was about to leave its origin or its fields',
  HOST_REFUSED: 'a page went to a host that is not the application’s',
  LOCKFILE_INVALID: 'a lockfile cannot be read',
  DISK: 'the evidence could not be written',
  SELECTION_UNMAPPED: 'a changed file is mapped to no intent',
  USAGE: 'the command line is wrong',
  INTERRUPTED: 'the run was interrupted',
  INTERNAL: 'a fault of Intentwright itself',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

const BRAND = Symbol.for('intentwright.error');

/** The one error class: a code, a message for people, what to do next, and where. */
export class IntentwrightError extends Error {
  readonly code: ErrorCode;
  /** The next step, in one sentence. */
  readonly hint: string | undefined;
  /** `file:line:col` where the fault was written. */
  readonly at: string | undefined;

  constructor(code: ErrorCode, message: string, details: { hint?: string; at?: string; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'IntentwrightError';
    this.code = code;
    this.hint = details.hint;
    this.at = details.at;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** By brand, not by instanceof: two copies of the package must recognise each other's errors. */
  static is(error: unknown, code?: ErrorCode): error is IntentwrightError {
    const branded = typeof error === 'object' && error !== null && BRAND in error;
    return branded && (code === undefined || (error as unknown as IntentwrightError).code === code);
  }
}

/** One line for a log or a report, whatever was thrown. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.split('\n')[0]!.trim();
}
