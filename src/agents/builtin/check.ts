import { isStopWord, stem } from '../words.ts';
import { isCommand } from './orders.ts';
import { isWordLike as is } from './particle.ts';
import type { Token } from './tokenise.ts';
import type { Value } from './value.ts';

type Word = Extract<Token, { is: 'word' }>;

/** Something that the page shall show, or shall show no more. */
export interface Sight {
  value: Value;
  gone: boolean;
  /** Which statement of the sentence it stands in: what one of them names belongs together. */
  part: number;
  /** What a control of that name shall be, and whether it shall not: "“Save” is disabled". */
  state?: { is: string; not: boolean };
}

/** What a sentence wants to have seen, where it asks for nothing to be done. Seeing it proves nothing: what must be true is an invariant. */
export interface Check {
  /** As written. */
  text: string;
  /** What it names: in quotes, by a variable, as a number. */
  sights: Sight[];
  /** Stems that stand for it where it names nothing. */
  words: string[];
  gone: boolean;
  /** It was said to wait for it: that may take longer. */
  waits: boolean;
  /** Words that a look at what is named does not answer: "only", "twice", "before". */
  beyond?: string;
}

export type Piece = { is: 'acts'; tokens: Token[] } | { is: 'check'; tokens: Token[]; waits: boolean };

/** A sentence in pieces, those that ask for something to be done and those that ask for a look: "save it and check that the page says …". */
export function piecesOf(tokens: readonly Token[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = 0; at < tokens.length; at++) {
    if (!beginsPart(tokens, at)) continue;
    const order = wantedSo(tokens, at);
    if (order) {
      if (at > from) pieces.push({ is: 'acts', tokens: withoutLink(tokens.slice(from, at)) });
      return [...pieces, ...piecesOf([...order.tokens, ...tokens.slice(order.end)])];
    }
    const head = headOf(tokens, at);
    if (head === undefined) continue;
    const end = endOf(tokens, head.at);
    if (at > from) pieces.push({ is: 'acts', tokens: withoutLink(tokens.slice(from, at)) });
    pieces.push({ is: 'check', tokens: tokens.slice(head.at, end), waits: head.waits });
    from = afterLinks(tokens, end);
    at = from - 1;
  }
  if (from < tokens.length) pieces.push({ is: 'acts', tokens: tokens.slice(from) });
  return pieces.filter((piece) => piece.is === 'check' || piece.tokens.some((token) => token.is !== 'mark'));
}

const isStop = (token: Token | undefined): boolean => token?.is === 'mark' && /^[.;!?]$/.test(token.text);
const isLink = (token: Token | undefined): boolean =>
  (token?.is === 'mark' && /^[,:–—]$/.test(token.text)) || is(token, /^(?:and|then|but)$/);
const isFiller = (token: Token | undefined): boolean => is(token, /^(?:please|also|now|finally|afterwards)$/);

const beginsPart = (tokens: readonly Token[], at: number): boolean => at === 0 || isStop(tokens[at - 1]) || isLink(tokens[at - 1]);

function afterLinks(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length && (isStop(tokens[at]) || isLink(tokens[at]) || isFiller(tokens[at]))) at++;
  return at;
}

function withoutLink(tokens: Token[]): Token[] {
  const end = tokens.findLastIndex((token) => !isLink(token) && !isFiller(token));
  return tokens.slice(0, end + 1);
}

const LOOKING = /^(?:check|verify|confirm|validate|ensure|assert|expect|double-check|doublecheck|recheck)s?$/;
/** Finite verbs: what follows a head is a statement when it has one. */
const FINITE =
  /^(?:is|are|was|were|isn't|aren't|wasn't|weren't|has|have|had|hasn't|haven't|says?|shows?|shown|contains?|reads|saying|appears?|exists?|displays?|lists|includes?|equals?|matches|becomes?|became|remains?|stays?|looks|went|does|do|doesn't|don't|should|can|cannot|can't|will)$/;
const SWITCHING: Record<string, string> = {
  on: 'enable',
  enabled: 'enable',
  off: 'disable',
  disabled: 'disable',
  checked: 'check',
  ticked: 'check',
  selected: 'select',
  unchecked: 'uncheck',
  unticked: 'uncheck',
  open: 'open',
  closed: 'close',
  set: 'set',
};

/** "make sure to save", "make sure the box is ticked": it is an order, said in another way. Where the order is, and where it ends. */
function wantedSo(tokens: readonly Token[], start: number): { tokens: Token[]; end: number } | undefined {
  const at = sureAt(tokens, start) ?? (is(tokens[start], /^ensure$/) ? start + 1 : undefined);
  if (at === undefined) return undefined;
  if (is(tokens[at], /^to$/)) return { tokens: [], end: at + 1 };
  const from = afterThat(tokens, at);
  const end = endOfPart(tokens, from);
  const being = tokens.findIndex((token, index) => index > from && index < end && is(token, /^(?:is|are)$/));
  const state = being < 0 ? undefined : tokens[being + 1];
  const verb = state?.is === 'word' ? SWITCHING[state.word] : undefined;
  const rest = tokens.slice(being + 2, end);
  if (state?.is !== 'word' || verb === undefined || (verb === 'set') !== is(rest[0], /^to$/) || (verb !== 'set' && rest.length > 0))
    return undefined;
  return { tokens: [{ ...state, text: verb, word: verb, stem: stem(verb) }, ...tokens.slice(from, being), ...rest], end };
}

/** What follows "make sure", "be certain", "see to it". */
function sureAt(tokens: readonly Token[], at: number): number | undefined {
  if (is(tokens[at], /^(?:make|makes|be)$/) && is(tokens[at + 1], /^(?:sure|certain)$/)) return at + 2;
  return is(tokens[at], /^see$/) && is(tokens[at + 1], /^to$/) && is(tokens[at + 2], /^it$/) ? at + 3 : undefined;
}

interface Head {
  /** Where the statement begins that a look is asked at. */
  at: number;
  waits: boolean;
}

/** undefined where something is to be done. */
function headOf(tokens: readonly Token[], start: number): Head | undefined {
  let at = start;
  while (isFiller(tokens[at]) || is(tokens[at], /^(?:then|and|but|given|when)$/)) at++;
  const who = is(tokens[at], /^(?:i|we|you|they|he|she)$/) ? at + 1 : at;
  if (seenBy(tokens, at) === undefined && is(tokens[who], /^wait$/) && is(tokens[who + 1], /^(?:until|till|for)$/))
    return saysAll(tokens, who + 2) ? { at: afterThat(tokens, who + 2), waits: true } : undefined;
  const stated = statedAt(tokens, at, who) ?? (start === 0 && isShowing(tokens, who) ? who : undefined);
  return stated === undefined ? undefined : { at: stated, waits: false };
}

/** Behind "I should see", "make sure", "notice that", "check". */
function statedAt(tokens: readonly Token[], at: number, verb: number): number | undefined {
  const seen = seenBy(tokens, at) ?? sureAt(tokens, verb);
  if (seen !== undefined) return afterThat(tokens, seen);
  const token = tokens[verb];
  if (is(token, /^(?:see|look|notice|observe)$/) && is(tokens[verb + 1], /^(?:that|whether|if)$/)) return afterThat(tokens, verb + 1);
  return is(token, LOOKING) ? lookedAt(tokens, verb + 1, token) : undefined;
}

/** "wait until the page says “Done”", "wait for “Done” to appear": all that is waited for is named. */
function saysAll(tokens: readonly Token[], at: number): boolean {
  const { sights, words } = checkOf(tokens.slice(at, endOf(tokens, at)), '');
  return sights.some(({ value }) => value.certain) && words.length === 0;
}

/** "I should see …", "the user sees …", "you can see …". */
function seenBy(tokens: readonly Token[], at: number): number | undefined {
  const who = is(tokens[at], /^(?:i|we|you|they|he|she)$/)
    ? at + 1
    : is(tokens[at], /^the$/) && tokens[at + 1]?.is === 'word'
      ? at + 2
      : undefined;
  if (who === undefined) return undefined;
  const modal = is(tokens[who], /^(?:should|can|must|will|could)$/) ? who + 1 : who;
  const verb = is(tokens[modal], /^(?:now|then|also|still)$/) ? modal + 1 : modal;
  if (modal > who && is(tokens[verb], /^(?:see|find|read|notice|not)$/)) return is(tokens[verb], /^not$/) ? verb : verb + 1;
  return is(tokens[verb], /^(?:sees|see)$/) && tokens[verb + 1] !== undefined ? afterThat(tokens, verb + 1) : undefined;
}

function lookedAt(tokens: readonly Token[], at: number, verb: Word): number | undefined {
  const next = tokens[at];
  if (is(next, /^(?:whether|if)$/)) return at;
  if (is(verb, /^check/) && is(next, /^for$/)) return at + 1;
  const place = is(next, /^(?:the|your|my)$/) ? at + 1 : at;
  if (is(verb, /^check/) && is(tokens[place], /^(?:page|screen|list|table|results?|inbox|mailbox)$/) && is(tokens[place + 1], /^for$/))
    return place + 2;
  if (is(verb, /^(?:expect|assert)s?$/))
    return is(next, /^to$/) && is(tokens[at + 1], /^(?:see|find|read)$/) ? at + 2 : afterThat(tokens, at);
  return saysSomething(tokens, at) ? afterThat(tokens, at) : undefined;
}

const afterThat = (tokens: readonly Token[], at: number): number => (is(tokens[at], /^that$/) ? at + 1 : at);

/** Is there a finite verb before the part ends, and not only that of "the order that is open"? */
function saysSomething(tokens: readonly Token[], at: number): boolean {
  const end = endOfPart(tokens, at);
  return tokens
    .slice(at, end)
    .some(
      (token, index) =>
        index > 0 &&
        is(token, FINITE) &&
        !(index > 1 && is(tokens[at + index - 1], /^(?:that|which|who)$/)) &&
        !is(tokens[at + index - 1], /^(?:the|a|an|this|to)$/),
    );
}

function endOfPart(tokens: readonly Token[], at: number): number {
  const end = tokens.findIndex((token, index) => index >= at && (isStop(token) || isLink(token)));
  return end < 0 ? tokens.length : end;
}

/** "the page should say …", "“Milk” is no longer listed", "there is a button …": a sentence of its own that gives no order. */
function isShowing(tokens: readonly Token[], at: number): boolean {
  const [first, second] = [tokens[at], tokens[at + 1]];
  if (is(first, /^there$/)) return is(second, /^(?:is|are|should|must|isn't|aren't)$/);
  if (first?.is !== 'value' && !is(first, /^(?:the|a|an|my|our|its|his|her|their)$/)) return false;
  const end = endOfPart(tokens, at);
  const part = tokens.slice(at + 1, end);
  const finite = part.findIndex(
    (token, index) =>
      is(token, /^(?:should|is|are|shows|says|displays|contains|lists|reads|appears|has)$/) && !is(part[index - 1], /^(?:that|which|who)$/),
  );
  if (finite < 0 || part.slice(0, finite).some((token) => token.is === 'word' && isCommand(token.stem))) return false;
  if (is(part[finite], /^(?:shows|says|displays|contains|lists|reads|appears)$/)) return true;
  const rest = part.slice(finite + 1);
  if (is(part[finite], /^should$/))
    return rest.some((token) =>
      is(token, /^(?:say|show|contain|display|appear|list|read|include|see|shown|listed|visible|displayed|gone)$/),
    );
  const has = is(part[finite], /^has$/);
  return rest.some((token) =>
    is(token, has ? /^(?:appeared|disappeared|vanished|gone)$/ : /^(?:shown|visible|displayed|listed|there|gone|present|hidden)$/),
  );
}

/** The look ends where the next order begins. */
function endOf(tokens: readonly Token[], from: number): number {
  for (let at = from; at < tokens.length; at++) {
    if (isStop(tokens[at])) return at;
    const next = afterLinks(tokens, at);
    if (next === at || next >= tokens.length) continue;
    const order = tokens[next]!;
    if (order.is === 'word' && !/^(?:the|a|an|there)$/.test(order.word) && headOf(tokens.slice(next), 0) !== undefined) return at;
    const object = tokens[next + 1];
    if (
      order.is === 'word' &&
      isCommand(order.stem) &&
      (object === undefined
        ? at !== next - 1 || !is(tokens[at], /^and$/)
        : object.is === 'value' || is(object, /^(?:the|a|an|it|them|this|that|my|your|our|its|his|her|their|to|on|in|back)$/))
    )
      return at;
  }
  return tokens.length;
}

const NEGATIONS =
  /^(?:not|no|never|without|gone|disappear(?:s|ed)?|vanish(?:es|ed)?|hidden|absent|nowhere|missing|isn't|aren't|wasn't|weren't|doesn't|don't|hasn't|haven't|can't|cannot)$/;
/** What a control can be. */
const STATES = /^(?:disabled|greyed|enabled|ticked|checked|selected|unticked|unchecked)$/;
/** They ask how many there are, which of several it is, or in which order; to see what is named does not tell. */
const BEYOND =
  /\b(?:only|exactly|solely|except|twice|thrice|sorted|alphabetical\w*|(?:more|less|fewer|other) than|at (?:least|most)|(?:all|every|each)(?! (?:of )?§)|the (?:first|last|second|third)(?! (?:name|page|day)\b)|(?:before|after|above|below) §)|§ times\b/;
const TAKEN_AWAY = /^(?:removed|deleted|erased|discarded)$/;
/** They say that something is to be seen, not what. */
const GENERIC =
  /^(?:page|screen|site|view|window|listed|shown|visible|displayed|present|there|appear(?:s|ed)?|contain(?:s|ed)?|shows?|says?|reads?|displays?|exists?|includes?|equals?|matches|becomes?|longer|still|now|text|message|that|whether|if|until|till)$/;

/** @param text the sentence that the tokens were read from */
export function checkOf(tokens: readonly Token[], text: string, waits = false): Check {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (isLink(token)) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  let gone = false;
  const sights = parts.flatMap((part, index) => {
    // What has no verb of its own goes on about the same: "does not show “A” and “B”".
    if (part.some((token) => is(token, FINITE) || is(token, NEGATIONS) || is(token, TAKEN_AWAY)))
      gone = part.some((token) => is(token, NEGATIONS) || is(token, TAKEN_AWAY));
    const state = part.find((token): token is Word => is(token, STATES));
    return part
      .filter((token) => token.is === 'value')
      .filter(({ kind }) => kind !== 'secret')
      .map(
        ({ text: named, ref, kind, certain }): Sight => ({
          value: { text: named, ref, kind, certain, hints: [], prep: '', at: 0 },
          part: index,
          ...(state ? { gone: false, state: { is: state.word, not: gone } } : { gone }),
        }),
      );
  });
  // "whether there are any": a question, and no answer to expect; of what was removed no word needs to be left.
  const open = (tokens[0] !== undefined && is(tokens[0], /^(?:whether|if)$/)) || tokens.some((token) => is(token, TAKEN_AWAY));
  const words = open
    ? []
    : tokens.filter(
        (token): token is Word =>
          token.is === 'word' &&
          !isStopWord(token.word) &&
          !FINITE.test(token.word) &&
          !NEGATIONS.test(token.word) &&
          !GENERIC.test(token.word),
      );
  const spoken = tokens.length > 0 && text !== '' ? text.slice(tokens[0]!.start, tokens.at(-1)!.end) : '';
  const beyond =
    sights.length > 0
      ? BEYOND.exec(tokens.map((token) => (token.is === 'value' ? '§' : token.text.toLowerCase())).join(' '))?.[0]
      : undefined;
  return {
    text: spoken,
    sights,
    ...(beyond === undefined ? {} : { beyond: beyond.replaceAll('§', '…') }),
    words: [...new Set(words.map((token) => token.stem))],
    gone: tokens.some((token) => is(token, NEGATIONS)),
    waits,
  };
}
