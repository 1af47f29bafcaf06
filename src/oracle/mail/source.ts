import type { Mail } from './content.ts';

/** What is asked of mail. Sources may use it to spare bytes; what counts is decided by the probe. */
export interface MailQuery {
  to?: string;
  from?: string;
  subject?: string;
  since?: string;
}

/** Where the application's mail can be read: a catcher's API, a catcher of our own, a mailbox. */
export interface MailSource {
  list(asked: MailQuery, signal: AbortSignal): Promise<Mail[]>;
  watch?(asked: MailQuery, wake: () => void): Promise<(() => void) | undefined>;
  close(): Promise<void>;
}
