import type { BrowserContext, Dialog, Download } from 'playwright';
import { messageOf } from '../core/errors.ts';
import { keepDownload } from './downloads.ts';
import type { Fence } from './fence.ts';
import type { OpenActorOptions, PageEvent } from './port.ts';
import type { Pulse } from './pulse.ts';

const MOST_FAULTS = 500;
const MOST_TEXT = 500;

/** What pages do besides answering: dialogs, downloads, popups, errors. Each is told at once, and in the outcome of the action it happened in. */
export class Happenings {
  readonly faults: { kind: 'console-error' | 'exception'; text: string; at: number }[] = [];
  readonly #options: Pick<OpenActorOptions, 'mask' | 'onPageEvent' | 'downloadsDir'>;
  readonly #pulse: Pulse;
  readonly #downloads = new Set<Promise<void>>();
  #lines: string[] = [];
  #downloaded = 0;

  constructor(
    context: BrowserContext,
    fence: Fence,
    options: Pick<OpenActorOptions, 'mask' | 'onPageEvent' | 'downloadsDir'>,
    pulse: Pulse,
  ) {
    this.#options = options;
    this.#pulse = pulse;
    context.on('console', (message) => {
      if (message.type() === 'error' && fence.owns(message.location().url || message.page()?.url() || ''))
        this.#fault('console-error', message.text());
    });
    context.on('weberror', (error) => {
      if (fence.allows(error.page()?.url() ?? '')) this.#fault('exception', messageOf(error.error()));
    });
  }

  /** Begins an action: what happens from here on is told in its outcome. */
  begin(): void {
    this.#lines = [];
  }

  /** Lines since the action began. */
  lines(): string[] {
    return this.#lines;
  }

  /** For the outcome alone. */
  note(line: string): void {
    this.#lines.push(this.#options.mask(line));
    this.#pulse.beat();
  }

  /** For the outcome and for whoever listens. */
  tell(kind: PageEvent['kind'], line: string): void {
    const text = this.#options.mask(line);
    this.#options.onPageEvent({ kind, text });
    this.note(text);
  }

  dialog(dialog: Dialog): void {
    this.tell('dialog', `${dialog.type()}: ${dialog.message()}`);
  }

  download(download: Download): void {
    const kept = keepDownload(download, this.#options.downloadsDir, ++this.#downloaded).then((line) => this.tell('download', line));
    this.#downloads.add(kept);
    this.#pulse.beat();
    void kept.finally(() => this.#downloads.delete(kept));
  }

  get downloading(): boolean {
    return this.#downloads.size > 0;
  }

  /** Resolves when no download is under way, or after `ms`. */
  async downloaded(ms: number): Promise<void> {
    if (!this.downloading) return;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      Promise.all(this.#downloads),
      new Promise((resolve) => {
        timer = setTimeout(resolve, ms);
      }),
    ]);
    clearTimeout(timer);
  }

  #fault(kind: 'console-error' | 'exception', told: string): void {
    const text = this.#options.mask(told).slice(0, MOST_TEXT);
    if (this.faults.length < MOST_FAULTS) this.faults.push({ kind, text, at: performance.now() });
    this.#options.onPageEvent({ kind, text });
  }
}
