import type { ValueRef } from '../../core/action.ts';
import type { StepTask } from '../../core/decision.ts';
import { referencesOf } from '../../core/template.ts';
import { plain, stem } from '../words.ts';
import { addressAt } from './address.ts';
import { withInitials, withParticles } from './capitals.ts';
import { isWord } from './particle.ts';
import { bareValueAt, countAt, kindOf, type ValueKind } from './value.ts';

/** `start` and `end` are where it stands in the resolved sentence. */
export type Token = { text: string; start: number; end: number } & (
  | { is: 'word'; word: string; stem: string; capital: boolean }
  /** `called` are stems of what a list of several names this one; `whole` is the address that it is a piece of. */
  | { is: 'value'; ref: ValueRef; kind: ValueKind; certain: boolean; owner: boolean; called?: string[]; whole?: string }
  | { is: 'mark' }
);

interface Span {
  start: number;
  end: number;
  ref: ValueRef;
}

const CLOSING: Record<string, string> = { '"': '"', '“': '”', '«': '»', "'": "'", '‘': '’' };

/** A sentence as words, values and marks. Variables are resolved from the step's values; secrets stay handles. */
export function tokenise(step: Pick<StepTask, 'template' | 'values'>): { tokens: Token[]; text: string } {
  const { text, spans } = spread(step);
  const out: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (/\s/.test(char)) at++;
    else
      at =
        quoted(text, at, spans, out) ??
        variable(text, at, spans, out) ??
        postal(text, at, spans, out) ??
        bare(text, at, out) ??
        wordOrMark(text, at, out);
  }
  return { tokens: withParticles(joinPhrases(withInitials(out))), text };
}

/** The template with its references replaced, and where each one ended up. */
function spread(step: Pick<StepTask, 'template' | 'values'>): { text: string; spans: Span[] } {
  const spans: Span[] = [];
  let text = '';
  let from = 0;
  for (const reference of referencesOf(step.template)) {
    const start = step.template.indexOf(reference.raw, from);
    text += step.template.slice(from, start);
    from = start + reference.raw.length;
    const secret = reference.kind === 'secret';
    const value = secret
      ? reference.raw
      : (step.values.find((item) => item.name === reference.name && !item.secret)?.value ?? reference.raw);
    spans.push({
      start: text.length,
      end: text.length + value.length,
      ref: secret ? { from: 'secret', name: reference.name } : { from: 'var', name: reference.name },
    });
    text += value;
  }
  return { text: text + step.template.slice(from), spans };
}

function quoted(text: string, at: number, spans: readonly Span[], out: Token[]): number | undefined {
  const closing = CLOSING[text[at]!];
  if (!closing || (closing === "'" && at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1]!))) return undefined;
  let end = text.indexOf(closing, at + 1);
  while (closing === "'" && end > 0 && /\p{L}/u.test(text[end + 1] ?? '')) end = text.indexOf(closing, end + 1);
  if (end < 0) return undefined;
  const inner = text.slice(at + 1, end);
  if (inner.trim() === '') return end + 1;
  const whole = spans.find((span) => span.start === at + 1 && span.end === end);
  out.push({
    is: 'value',
    text: inner,
    start: at,
    end: end + 1,
    ref: whole?.ref ?? { from: 'step', text: inner },
    kind: whole?.ref.from === 'secret' ? 'secret' : kindOf(inner),
    certain: true,
    owner: false,
  });
  return owner(text, end + 1, out);
}

/** A variable, together with what is glued to it: `casey+${run.id}@example.test`. */
function variable(text: string, at: number, spans: readonly Span[], out: Token[]): number | undefined {
  const glued = /[^\s"“”,;:()]*/y;
  glued.lastIndex = at;
  const head = glued.exec(text)![0];
  const span = spans.find((item) => item.start >= at && item.start < at + Math.max(1, head.length));
  if (!span) return undefined;
  glued.lastIndex = span.end;
  const tail = glued.exec(text)![0].replace(/(?:['’]s)?[.!?]*$/, '');
  const end = span.end + tail.length;
  const value = text.slice(at, end);
  const whole = at === span.start && end === span.end;
  out.push({
    is: 'value',
    text: value,
    start: at,
    end,
    ref: whole ? span.ref : { from: 'step', text: value },
    kind: whole && span.ref.from === 'secret' ? 'secret' : kindOf(value),
    certain: true,
    owner: false,
  });
  return owner(text, end, out);
}

/** Marks a value that owns what follows: "Dana Reyes's role". */
function owner(text: string, end: number, out: Token[]): number {
  const match = /^['’]s\b/.exec(text.slice(end, end + 3));
  if (!match) return end;
  const last = out.at(-1);
  if (last?.is === 'value') last.owner = true;
  return end + match[0].length;
}

/** A postal address without quotes: each piece of it is a value, and called what a form calls it. */
function postal(text: string, at: number, spans: readonly Span[], out: Token[]): number | undefined {
  const pieces = addressAt(text, at);
  const end = pieces.at(-1)?.end;
  if (end === undefined || spans.some((span) => span.start < end && span.end > at)) return undefined;
  for (const piece of pieces)
    out.push({ ...piece, is: 'value', ref: { from: 'step', text: piece.text }, kind: 'text', certain: true, owner: false });
  return end;
}

function bare(text: string, at: number, out: Token[]): number | undefined {
  const found = bareValueAt(text, at);
  const count = found ? undefined : countAt(text, at);
  if (count) {
    out.push({
      is: 'value',
      text: count.text,
      start: at,
      end: at + count.length,
      ref: { from: 'step', text: count.text },
      kind: 'number',
      certain: false,
      owner: false,
    });
    return at + count.length;
  }
  if (!found) return undefined;
  const kept = found.text.replace(/[.,]+$/, '');
  out.push({
    is: 'value',
    text: kept,
    start: at,
    end: at + kept.length,
    ref: { from: 'step', text: kept },
    kind: found.kind,
    certain: found.kind === 'email' || found.kind === 'card' || found.kind === 'url' || found.kind === 'text',
    owner: false,
  });
  return at + kept.length;
}

function wordOrMark(text: string, at: number, out: Token[]): number {
  const word = /[\p{L}\p{N}_#][\p{L}\p{N}_'’.+#@&/-]*(?: & \p{Lu}[\p{L}\p{N}'’.-]*)?/uy;
  word.lastIndex = at;
  const match = word.exec(text)?.[0].replace(/[.'’/-]+$/, '');
  if (!match) {
    out.push({ is: 'mark', text: text[at]!, start: at, end: at + 1 });
    return at + 1;
  }
  const owns = /['’]s$/.test(match);
  const base = owns ? match.slice(0, -2) : match;
  const folded = plain(base).replace(/^e-?mail/, 'email');
  out.push({ is: 'word', text: base, start: at, end: at + base.length, word: folded, stem: stem(folded), capital: /^\p{Lu}/u.test(base) });
  if (owns) out.push({ is: 'mark', text: "'s", start: at + base.length, end: at + match.length });
  return at + match.length;
}

/** Stands where a particle was that belongs to its verb. */
export const NOTHING = '·';

/** Verbs of two words: "sign in" → signin, "turn off" → disable. */
const PHRASAL: Record<string, Record<string, string>> = {
  sign: { in: 'signin', into: 'signin', on: 'signin', up: 'signup', out: 'signout', off: 'signout' },
  log: { in: 'signin', into: 'signin', on: 'signin', out: 'signout', off: 'signout' },
  fill: { in: 'fill', out: 'fill' },
  turn: { on: 'enable', off: 'disable', down: 'decline' },
  switch: { on: 'enable', off: 'disable' },
  look: { for: 'search', up: 'search' },
  search: { for: 'search' },
  set: { up: 'setup' },
  check: { out: 'checkout' },
  go: { back: 'back' },
  come: { back: 'return' },
  kick: { out: 'kick' },
  un: { check: 'uncheck' },
  take: { out: 'delete', off: 'delete', away: 'delete', down: 'create' },
  throw: { away: 'delete', out: 'delete' },
  call: { off: 'cancel' },
  hand: { over: 'assign' },
  send: { back: 'return' },
  give: { back: 'return' },
  bring: { back: 'return' },
};
const SINGLE: Record<string, string> = {
  login: 'signin',
  'log-in': 'signin',
  'sign-in': 'signin',
  logon: 'signin',
  logout: 'signout',
  'log-out': 'signout',
  'sign-out': 'signout',
  'sign-up': 'signup',
  untick: 'uncheck',
  deselect: 'uncheck',
  unselect: 'uncheck',
};

function joinPhrases(tokens: Token[]): Token[] {
  const out: Token[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const next = tokens[index + 1];
    if (token.is !== 'word') {
      out.push(token);
      continue;
    }
    if (token.word === 'get' && next?.is === 'word' && next.word === 'rid') {
      out.push({ ...token, text: 'get rid of', word: 'delete', stem: stem('delete') });
      index += 2;
      continue;
    }
    if (token.word === 'next' && next?.is === 'word' && next.word === 'to') {
      out.push({ ...token, text: 'next to', end: next.end, word: 'beside', stem: stem('beside') });
      index++;
      continue;
    }
    if (token.word === 'as' && isWord(next, 'well')) {
      const adds = isWord(tokens[index + 2], 'as');
      out.push(
        adds
          ? { ...token, text: 'as well as', word: 'and', stem: 'and' }
          : { is: 'mark', text: NOTHING, start: token.start, end: next!.end },
      );
      index += adds ? 2 : 1;
      continue;
    }
    const said = saying(tokens, index);
    if (said > 0) {
      out.push({
        ...token,
        text: text(tokens.slice(index, index + said)),
        end: tokens[index + said - 1]!.end,
        word: 'saying',
        stem: 'saying',
      });
      index += said - 1;
      continue;
    }
    const apart = SEPARABLE.has(base(token.word)) ? particleAfter(tokens, index) : undefined;
    if (apart) {
      out.push({ ...token, word: apart.verb, stem: stem(apart.verb) });
      const particle = tokens[apart.at] as Extract<Token, { is: 'word' }>;
      tokens[apart.at] = apart.leads
        ? { ...particle, word: 'of', stem: 'of' }
        : { is: 'mark', text: NOTHING, start: particle.start, end: particle.end };
      continue;
    }
    const joined =
      next?.is === 'word' ? (PHRASAL[base(token.word)]?.[next.word] ?? (goesOn(tokens, index) ? 'continue' : undefined)) : undefined;
    if (joined && next?.is === 'word') {
      out.push({ ...token, text: `${token.text} ${next.text}`, end: next.end, word: joined, stem: stem(joined) });
      index++;
    } else {
      const single = SINGLE[token.word];
      out.push(single ? { ...token, word: single, stem: stem(single) } : token);
    }
  }
  return out;
}

/** "… and go on", "move on to the next step": nothing behind it is gone to by name. */
function goesOn(tokens: readonly Token[], at: number): boolean {
  const [verb, on, behind] = tokens.slice(at, at + 3);
  return (
    verb?.is === 'word' &&
    /^(?:go|goes|move|carry)$/.test(verb.word) &&
    isWord(on, 'on') &&
    (behind === undefined || behind.is === 'mark' || isWord(behind, 'and') || isWord(behind, 'then') || isWord(behind, 'to'))
  );
}

const text = (tokens: readonly Token[]): string => tokens.map((token) => token.text).join(' ');

/** "… that says "X"", "… and tell him "X"": how many words lead to what is said, 0 when none do. */
function saying(tokens: readonly Token[], at: number): number {
  const word = (offset: number): string => {
    const token = tokens[at + offset];
    return token?.is === 'word' ? token.word : '';
  };
  const quotes = (offset: number): boolean => {
    const token = tokens[at + offset];
    return token?.is === 'value' && token.certain && token.kind === 'text';
  };
  const colon = (offset: number): number => {
    const token = tokens[at + offset];
    return token?.is === 'mark' && /^[:,]$/.test(token.text) ? 1 : 0;
  };
  if (at > 0 && /^(?:that|which)$/.test(word(0)) && /^(?:says?|said|reads?)$/.test(word(1)) && quotes(2 + colon(2))) return 2;
  if (at > 0 && /^(?:reading|stating)$/.test(word(0)) && quotes(1)) return 1;
  const lead = word(0) === 'and' ? 1 : 0;
  if (at > 0 && /^(?:tell|tells|telling)$/.test(word(lead))) {
    const whom = /^(?:him|her|them)$/.test(word(lead + 1))
      ? 1
      : /^(?:the|his|her|our|their)$/.test(word(lead + 1)) && word(lead + 2) !== ''
        ? 2
        : 0;
    if (whom > 0 && quotes(lead + 1 + whom + colon(lead + 1 + whom))) return lead + 1 + whom;
  }
  return 0;
}

const SEPARABLE = new Set(['take', 'turn', 'switch', 'send', 'throw', 'call', 'hand', 'give', 'bring']);

/** "take the tag off the ticket", "turn reminders off": the particle behind the object; it may lead to where from. */
function particleAfter(tokens: readonly Token[], verbAt: number): { at: number; verb: string; leads: boolean } | undefined {
  const verb = tokens[verbAt] as Extract<Token, { is: 'word' }>;
  const ahead = tokens.slice(verbAt + 2, verbAt + 9);
  const end = ahead.findIndex((token) =>
    token.is === 'mark' ? /^[.,;:]$/.test(token.text) : token.is === 'word' && /^(?:and|then|but)$/.test(token.word),
  );
  const found = (end < 0 ? ahead : ahead.slice(0, end)).findIndex(
    (token) =>
      token.is === 'word' &&
      /^(?:off|out|away|on|back|down|over)$/.test(token.word) &&
      PHRASAL[base(verb.word)]?.[token.word] !== undefined,
  );
  if (
    found < 0 ||
    (tokens[verbAt + 1]?.is === 'word' && PHRASAL[base(verb.word)]?.[(tokens[verbAt + 1] as typeof verb).word] !== undefined)
  )
    return undefined;
  const at = verbAt + 2 + found;
  const particle = (tokens[at] as typeof verb).word;
  const next = tokens[at + 1];
  const leads =
    next !== undefined && !(next.is === 'mark') && !(next.is === 'word' && /^(?:and|then|but|for|in|at|from|of)$/.test(next.word));
  return particle === 'on' && leads ? undefined : { at, verb: PHRASAL[base(verb.word)]![particle]!, leads };
}

/** "signing", "taking", "logged" → the verb that they are forms of. */
function base(word: string): string {
  const bare = word.replace(/(?:ing|ed|s)$/, '');
  return [word, bare, `${bare}e`, bare.replace(/(.)\1$/, '$1')].find((form) => form in PHRASAL) ?? word;
}
