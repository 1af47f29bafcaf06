import type { CDPSession } from 'playwright';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { PageCalls } from './page/main.ts';

/** The document went away while it was being asked. */
export class DocumentGone extends Error {}

/** A native dialog opened while the page was being asked: it answers again once the dialog is answered. */
export class DialogOpened extends Error {}

type Answer<K extends keyof PageCalls> = Awaited<ReturnType<PageCalls[K]>>;

export interface WorldLink {
  readonly cdp: CDPSession;
  readonly frameId: string;
  /** Source of the page scripts. */
  readonly script: string;
  /** Calls back when a native dialog opens, at once if one is open. Returns how to stop listening. */
  onDialog(listener: () => void): () => void;
  /** Longest time a page may take to answer, ms. */
  readonly hangMs: number;
}

/** A page that does not answer. */
export const hung = (ms: number): IntentwrightError =>
  new IntentwrightError('PAGE_HUNG', `the page did not answer for ${ms / 1000} s`, { hint: 'a script on the page runs without end' });

const GONE =
  /Cannot find (default )?execution context|Cannot find context|context was destroyed|uniqueContextId not found|navigated or closed|Frame with the given|No frame (for|with)|Session closed|Target closed|has been closed|Frame was detached/i;
/** Name of our script world, and of what is in it. */
export const WORLD = 'intentwright';
const ABSENT = 'intentwright is not here';

/** Our own script world in one frame, made anew for each document. The page's scripts cannot see or change it. */
export class World {
  readonly link: WorldLink;
  /** Identity of the document the last call went to. */
  document = '';
  /** Worlds of the frames in this one, by the number of their element. */
  readonly children = new Map<number, World>();
  #context: number | undefined;
  static #count = 0;

  constructor(link: WorldLink) {
    this.link = link;
  }

  /**
   * Calls a page function in the current document.
   * @throws DocumentGone, DialogOpened, IntentwrightError PAGE_HUNG
   */
  async call<K extends keyof PageCalls>(name: K, ...args: Parameters<PageCalls[K]>): Promise<Answer<K>> {
    const contextId = await this.#enter();
    const expression = `globalThis.intentwright?intentwright.${name}(${args.map((argument) => JSON.stringify(argument)).join(',')}):'${ABSENT}'`;
    const evaluate = () =>
      this.#guarded(this.link.cdp.send('Runtime.evaluate', { expression, contextId, returnByValue: true, awaitPromise: true }));
    let { result, exceptionDetails } = await evaluate();
    if (result.value === ABSENT) {
      // a document that was there before the scripts were announced
      await this.#guarded(this.link.cdp.send('Runtime.evaluate', { expression: this.link.script, contextId }));
      ({ result, exceptionDetails } = await evaluate());
    }
    if (exceptionDetails)
      throw new IntentwrightError(
        'INTERNAL',
        `the page script failed: ${messageOf(exceptionDetails.exception?.description ?? exceptionDetails.text)}`,
      );
    return result.value as Answer<K>;
  }

  /** Calls without waiting: for what needs no answer. */
  tell(name: 'disarm' | 'unblot'): void {
    if (this.#context === undefined) return;
    void this.link.cdp
      .send('Runtime.evaluate', { expression: `globalThis.intentwright?.${name}()`, contextId: this.#context })
      .catch(() => undefined);
  }

  /** A handle of an element by its number, for what only the protocol can do with it. */
  async handle(number: number): Promise<string | undefined> {
    const contextId = await this.#enter();
    const { result } = await this.#guarded(
      this.link.cdp.send('Runtime.evaluate', { expression: `intentwright.element(${number})`, contextId }),
    );
    return result.objectId;
  }

  /** Context of the current document: the scripts are put into it when it begins. */
  async #enter(): Promise<number> {
    if (this.#context !== undefined) return this.#context;
    this.children.clear();
    const { executionContextId } = await this.#guarded(
      this.link.cdp.send('Page.createIsolatedWorld', { frameId: this.link.frameId, worldName: WORLD }),
    );
    this.document = `${executionContextId}.${++World.#count}`;
    return (this.#context = executionContextId);
  }

  #guarded<T>(sent: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        end();
        reject(hung(this.link.hangMs));
      }, this.link.hangMs);
      const end = (): void => {
        clearTimeout(timer);
        unlisten();
      };
      const unlisten = this.link.onDialog(() => {
        clearTimeout(timer);
        reject(new DialogOpened());
      });
      sent.then(
        (value) => {
          end();
          resolve(value);
        },
        (error: unknown) => {
          end();
          if (!(error instanceof Error) || !GONE.test(error.message)) return reject(error);
          this.#context = undefined;
          reject(new DocumentGone(messageOf(error), { cause: error }));
        },
      );
    });
  }
}
