import type { CDPSession } from 'playwright';
import type { Tab } from './tab.ts';
import { hung } from './world.ts';

export interface Press {
  button: 'left' | 'right';
  /** 1 or 2 */
  clicks: number;
}

type Mouse = {
  type: 'mouseMoved' | 'mousePressed' | 'mouseReleased';
  x: number;
  y: number;
  button: 'none' | 'left' | 'right';
  buttons: number;
  clickCount: number;
};

/**
 * Real input through the protocol, sent in one go: the browser keeps its order, so only the last answer is waited for.
 * A native dialog that opens meanwhile keeps the answer back for as long as it stands: then nobody waits.
 */
export class Input {
  readonly #tab: Tab;
  /** Something was done since it was last set back. */
  used = true;
  /** A press was sent and nobody has looked yet where it landed. */
  pressed = false;

  constructor(tab: Tab) {
    this.#tab = tab;
  }

  async move(x: number, y: number): Promise<void> {
    await this.#all([this.#mouse({ type: 'mouseMoved', x, y, button: 'none', buttons: 0, clickCount: 0 })]);
  }

  async press(x: number, y: number, { button, clicks }: Press): Promise<void> {
    const sent = [this.#mouse({ type: 'mouseMoved', x, y, button: 'none', buttons: 0, clickCount: 0 })];
    for (let count = 1; count <= clicks; count++) {
      sent.push(this.#mouse({ type: 'mousePressed', x, y, button, buttons: button === 'right' ? 2 : 1, clickCount: count }));
      sent.push(this.#mouse({ type: 'mouseReleased', x, y, button, buttons: 0, clickCount: count }));
    }
    this.pressed = true;
    await this.#all(sent);
  }

  /**
   * Types a text over the selection: all but the last character as one insertion, the last as a key of its own,
   * so that pages which listen to keys notice.
   */
  async type(text: string): Promise<void> {
    const last = text.at(-1) ?? '';
    const key = keyOf(last);
    if (!key) return this.insert(text);
    const sent: Promise<unknown>[] = [];
    if (text.length > 1) sent.push(this.#insert(text.slice(0, -1)));
    sent.push(...this.#stroke(key));
    await this.#all(sent);
  }

  /** Types every character as a key: for fields that format what is typed. */
  async typeByKey(text: string): Promise<void> {
    const sent: Promise<unknown>[] = [];
    for (const character of text) {
      const key = keyOf(character);
      sent.push(...(key ? this.#stroke(key) : [this.#insert(character)]));
    }
    await this.#all(sent);
  }

  async insert(text: string): Promise<void> {
    await this.#all([this.#insert(text)]);
  }

  /** Removes what is selected. */
  async erase(): Promise<void> {
    await this.#all(this.#stroke({ key: 'Delete', code: 'Delete', windowsVirtualKeyCode: 46 }));
  }

  get #cdp(): CDPSession {
    return this.#tab.cdp;
  }

  #mouse(event: Mouse): Promise<unknown> {
    return this.#cdp.send('Input.dispatchMouseEvent', { ...event, pointerType: 'mouse' });
  }

  #insert(text: string): Promise<unknown> {
    return this.#cdp.send('Input.insertText', { text });
  }

  #stroke(key: Key): Promise<unknown>[] {
    return [
      this.#cdp.send('Input.dispatchKeyEvent', { type: key.text ? 'keyDown' : 'rawKeyDown', ...key }),
      this.#cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key, text: undefined }),
    ];
  }

  /** Waits for all answers. */
  #all(sent: Promise<unknown>[]): Promise<void> {
    this.used = true;
    return answered(this.#tab, Promise.all(sent));
  }
}

/** Waits for what input is answered with; for no longer than a page may take, and not while a native dialog stands. */
export function answered(tab: Tab, sent: Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(hung(tab.hangMs)), tab.hangMs);
    const stop = tab.onDialog(() => resolve());
    sent
      .then(
        () => resolve(),
        (error: unknown) => (tab.closed ? resolve() : reject(error)),
      )
      .finally(() => {
        clearTimeout(timer);
        stop();
      });
  });
}

interface Key {
  key: string;
  code: string;
  windowsVirtualKeyCode: number;
  text?: string;
  modifiers?: number;
}

/** Key of a plain letter, digit or space; undefined for what a keyboard needs more than one key for. */
function keyOf(character: string): Key | undefined {
  if (/^[a-z]$/.test(character))
    return {
      key: character,
      code: `Key${character.toUpperCase()}`,
      windowsVirtualKeyCode: character.toUpperCase().charCodeAt(0),
      text: character,
    };
  if (/^[A-Z]$/.test(character))
    return { key: character, code: `Key${character}`, windowsVirtualKeyCode: character.charCodeAt(0), text: character, modifiers: 8 };
  if (/^[0-9]$/.test(character))
    return { key: character, code: `Digit${character}`, windowsVirtualKeyCode: character.charCodeAt(0), text: character };
  if (character === ' ') return { key: ' ', code: 'Space', windowsVirtualKeyCode: 32, text: ' ' };
  const mark = MARKS[character];
  return mark
    ? { key: character, code: mark[0], windowsVirtualKeyCode: mark[1], text: character, ...(mark[2] ? { modifiers: 8 } : {}) }
    : undefined;
}

const MARKS: Record<string, [code: string, virtual: number, shift?: boolean]> = {
  '.': ['Period', 190],
  ',': ['Comma', 188],
  '-': ['Minus', 189],
  _: ['Minus', 189, true],
  '/': ['Slash', 191],
  ':': ['Semicolon', 186, true],
  '@': ['Digit2', 50, true],
  '!': ['Digit1', 49, true],
  '(': ['Digit9', 57, true],
  ')': ['Digit0', 48, true],
  '+': ['Equal', 187, true],
  "'": ['Quote', 222],
};
