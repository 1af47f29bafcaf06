import type { Clock } from '../core/clock.ts';
import type { MailItem } from '../core/observation.ts';

/** An actor's own mail. Remembers what was there before and what was opened, so that "the mail" is the new one. */
export class Mailbox {
  readonly #read: (signal: AbortSignal) => Promise<MailItem[]>;
  readonly #clock: Clock;
  readonly #shown = new Set<string>();

  constructor(read: (signal: AbortSignal) => Promise<MailItem[]>, clock: Clock) {
    this.#read = read;
    this.#clock = clock;
  }

  /** All mail, newest first, once there is some that was not shown before; after `withinMs` whatever there is. */
  async waitForNews(withinMs: number, signal: AbortSignal): Promise<{ mail: MailItem[]; news: number }> {
    const deadline = this.#clock.now() + withinMs;
    for (let pause = 40; ; pause = Math.min(pause * 1.5, 500)) {
      const mail = (await this.#read(signal)).toSorted((a, b) => b.at.localeCompare(a.at));
      const news = mail.filter((item) => !this.#shown.has(item.id)).length;
      if (news > 0 || this.#clock.now() >= deadline) {
        for (const item of mail) this.#shown.add(item.id);
        return { mail, news };
      }
      await this.#clock.sleep(pause, signal);
    }
  }
}
