import { ACTION_EFFECT, type ActionKind, type Target } from '../core/action.ts';
import type { LockedAction } from '../core/lock.ts';

/** Anchors of a target, in the order in which they are written. */
const ANCHORS = ['row', 'group', 'dialog', 'landmark', 'frame', 'heading'] as const;

type Line = Omit<LockedAction, 'page' | 'print'>;

/** How a kind of action introduces its value; "with" otherwise. */
const KEYWORDS: Partial<Record<ActionKind, string>> = {
  select: 'choosing',
  check: 'turned',
  press: 'key',
  goto: 'path',
  scroll: 'towards',
  upload: 'file',
  click: 'as',
  mail: 'opening',
  wait: 'for',
};

/** Words that a role cannot be mistaken for. */
const RESERVED = new Set([...Object.values(KEYWORDS), 'with', 'onto', 'from']);

const VALUE_AHEAD = /(?:with|choosing|turned|key|path|towards|file|as|opening|for)(?=\s)/y;

/** Where a value comes from when the kind of action and the value's form alone tell: `${secret:X}`, `${x}`, "text". */
function usualSource(kind: ActionKind, value: string): Line['from'] {
  if (kind === 'mail') return 'page';
  if (kind !== 'fill' && kind !== 'select' && kind !== 'slide') return undefined;
  return isReference(value) ? (value.startsWith('${secret:') ? 'secret' : 'var') : 'step';
}

const isReference = (value: string): boolean => /^\$\{[\w.:-]+\}$/.test(value);

/** Words that stand for themselves: on, Enter, down. */
const isWord = (kind: ActionKind, value: string): boolean => usualSource(kind, value) === undefined && /^[A-Za-z][\w+-]*$/.test(value);

const quote = (text: string): string => JSON.stringify(text);

/** An action as one line: `fill textbox "Email" in dialog "Invite a teammate" with ${invitee} => POST /orgs/:id/invitations`. */
export function printLine(action: Line): string {
  const parts: string[] = [action.kind];
  if (action.target) parts.push(printTarget(action.target));
  if (action.to) parts.push('onto', printTarget(action.to));
  if (action.value !== undefined)
    parts.push(
      KEYWORDS[action.kind] ?? 'with',
      isReference(action.value) || isWord(action.kind, action.value) ? action.value : quote(action.value),
    );
  const usual = action.value === undefined ? undefined : usualSource(action.kind, action.value);
  if (action.from !== usual) parts.push('from', action.from ?? 'nowhere');
  if (action.commits.length > 0)
    parts.push('=>', action.commits.map((commit) => (/^[^\s,"]+ [^\s,"]+$/.test(commit) ? commit : quote(commit))).join(', '));
  return parts.join(' ');
}

function printTarget(target: Target): string {
  const anchors = ANCHORS.flatMap((anchor) => (target[anchor] === undefined ? [] : [`in ${anchor} ${quote(target[anchor])}`]));
  return [
    /^[\w-]+$/.test(target.role) && !RESERVED.has(target.role) ? target.role : quote(target.role),
    quote(target.name),
    ...anchors,
  ].join(' ');
}

/**
 * Reads a line back.
 * @throws Error that says what was expected
 */
export function parseLine(line: string): Line {
  return new LineParser(line).action();
}

class LineParser {
  readonly #line: string;
  #at = 0;

  constructor(line: string) {
    this.#line = line;
  }

  action(): Line {
    const kind = this.#word('an action');
    if (!Object.hasOwn(ACTION_EFFECT, kind)) throw new Error(`"${kind}" is no action`);
    const action: Line = { kind: kind as ActionKind, commits: [] };
    if (!this.#done() && !this.#ahead(VALUE_AHEAD) && !this.#ahead(/(?:onto|from|=>)(?=\s)/y)) action.target = this.#target();
    if (this.#take('onto')) action.to = this.#target();
    if (this.#ahead(VALUE_AHEAD)) {
      this.#word('a keyword');
      action.value = this.#ahead(/"/y) ? this.#quoted() : this.#match(/\$\{[\w.:-]+\}|[\w+-]+/y, 'a quoted text, a word or ${…}');
      const from = usualSource(action.kind, action.value);
      if (from) action.from = from;
    }
    if (this.#take('from')) {
      const from = this.#word('step, var, secret, page or nowhere');
      if (from === 'nowhere') delete action.from;
      else if (from === 'step' || from === 'var' || from === 'secret' || from === 'page') action.from = from;
      else throw new Error(`a value comes from step, var, secret, page or nowhere, not from "${from}"`);
    }
    if (this.#take('=>')) action.commits = this.#commits();
    if (!this.#done()) throw new Error(`"${this.#line.slice(this.#at).trim()}" is not understood`);
    return action;
  }

  #target(): Target {
    const target: Target = { role: this.#ahead(/"/y) ? this.#quoted() : this.#word('a role'), name: this.#quoted() };
    while (this.#take('in')) {
      const anchor = this.#word('an anchor') as (typeof ANCHORS)[number];
      if (!ANCHORS.includes(anchor)) throw new Error(`a target stands in ${ANCHORS.join(', ')}, not in "${anchor}"`);
      target[anchor] = this.#quoted();
    }
    return target;
  }

  #commits(): string[] {
    const commits: string[] = [];
    do commits.push(this.#ahead(/"/y) ? this.#quoted() : this.#match(/[^\s,"]+ [^\s,"]+/y, 'a request, like POST /orders'));
    while (this.#take(','));
    return commits;
  }

  #skip(): void {
    while (this.#line[this.#at] === ' ') this.#at++;
  }

  #done(): boolean {
    this.#skip();
    return this.#at >= this.#line.length;
  }

  #ahead(pattern: RegExp): boolean {
    this.#skip();
    pattern.lastIndex = this.#at;
    return pattern.test(this.#line);
  }

  #match(pattern: RegExp, wanted: string): string {
    this.#skip();
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#line)?.[0];
    if (found === undefined) throw new Error(`expected ${wanted} at "${this.#line.slice(this.#at) || 'the end'}"`);
    this.#at += found.length;
    return found;
  }

  #word = (wanted: string): string => this.#match(/[\w-]+/y, wanted);

  #quoted(): string {
    return JSON.parse(this.#match(/"(?:[^"\\]|\\.)*"/y, 'a quoted text')) as string;
  }

  #take(word: string): boolean {
    this.#skip();
    const next = this.#line[this.#at + word.length];
    if (!this.#line.startsWith(word, this.#at) || (word !== ',' && next !== ' ')) return false;
    this.#at += word.length;
    return true;
  }
}
