/** Patience of a step, ms: for the page to settle, for it to change before "not there" is believed, for a mail. */
export const WAITS = { settle: 5_000, patience: 4_000, mail: 8_000 };
