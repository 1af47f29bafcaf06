import type { Clock } from '../core/clock.ts';
import type { MailItem } from '../core/observation.ts';

/** An actor's own mail. Remembers what was there before and what was shown, so that "the mail" is the new one. */
export class Mailbox {
  readonly #read: (signal: AbortSignal) => Promise<MailItem[]>;
  readonly #clock: Clock;
  readonly #isOver: (id: string) => boolean;
  readonly #shown = new Set<string>();

  /** @param isOver whether a mail is none of this journey's, and not to be taken for what it is waiting for */
  constructor(read: (signal: AbortSignal) => Promise<MailItem[]>, clock: Clock, isOver: (id: string) => boolean = () => false) {
    this.#read = read;
    this.#clock = clock;
    this.#isOver = isOver;
  }

  /** All mail, newest first, once there is some that was not shown before; after `withinMs` whatever there is. */
  async waitForNews(withinMs: number, signal: AbortSignal): Promise<{ mail: MailItem[]; news: number }> {
    const deadline = this.#clock.now() + withinMs;
    for (let pause = 40; ; pause = Math.min(pause * 1.5, 500)) {
      const mail = (await this.#read(signal)).filter(({ id }) => !this.#isOver(id)).toSorted((a, b) => b.at.localeCompare(a.at));
      const news = mail.filter((item) => !this.#shown.has(item.id)).length;
      if (news > 0 || this.#clock.now() >= deadline) {
        for (const item of mail) this.#shown.add(item.id);
        return { mail, news };
      }
      await this.#clock.sleep(pause, signal);
    }
  }
}
