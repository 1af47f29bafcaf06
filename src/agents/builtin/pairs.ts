import { content } from '../words.ts';
import { isDeterminer, isPreposition } from './particle.ts';
import type { Token } from './tokenise.ts';

/** Does the verb put values where they belong? */
export const fillsIn = (verb: string): boolean => /^(?:set|chang|updat|edit|modifi|adjust|replac|fill|enter|typ)$/.test(verb);

/** "Set the name to "X", the city to "Y"": behind the first of them, each value has a name of its own, and that is no part of what is said of the one before. */
export function withNames(all: readonly Token[], verb: string): readonly Token[] {
  if (!fillsIn(verb)) return all;
  const tokens = withBareFirst(all);
  const pairs = tokens.flatMap((token, at) => (token.is === 'value' ? (pairAt(tokens, at) ?? []) : []));
  const later = pairs.filter(({ from }) => isLink(tokens[from - 1]) && tokens.slice(0, from).some((token) => token.is === 'value'));
  // Who fills in says first where, and only then what with.
  const first = verb === 'fill' ? pairs.filter(({ from }) => from === 0 || (from === 1 && isPreposition(tokens[0]))) : [];
  if (later.length === 0) return tokens;
  const named = new Map([...first, ...later].map((pair) => [pair.at, pair]));
  const left = new Set([...named.values()].flatMap(({ from, at }) => Array.from({ length: at - 1 - from }, (_, index) => from + index)));
  return tokens.flatMap((token, at) =>
    left.has(at) ? [] : [named.has(at) && token.is === 'value' ? { ...token, called: named.get(at)!.words } : token],
  );
}

/** "the priority to Urgent and the version to "1.0"": what the first becomes needs no quotes to be a value of its own. */
function withBareFirst(tokens: readonly Token[]): readonly Token[] {
  const sign = tokens.findIndex((token, at) => at > 0 && token.is === 'word' && token.word === 'to' && isNoun(tokens[at - 1]));
  if (sign < 0 || tokens.slice(0, sign).some((token) => token.is !== 'word')) return tokens;
  const link = tokens.findIndex((token, at) => at > sign && isLink(token));
  const from = isDeterminer(tokens[sign + 1]) ? sign + 2 : sign + 1;
  const said = tokens.slice(from, link < 0 ? from : link);
  const next = tokens.findIndex((token, at) => at > link && token.is === 'value');
  if (said.length === 0 || !said.every((token) => isNoun(token)) || next < 0 || pairAt(tokens, next)?.from !== link + 1) return tokens;
  const text = said.map((token) => token.text).join(' ');
  return [
    ...tokens.slice(0, from),
    {
      is: 'value',
      text,
      start: said[0]!.start,
      end: said.at(-1)!.end,
      ref: { from: 'step', text },
      kind: 'text',
      certain: false,
      owner: false,
    },
    ...tokens.slice(link),
  ];
}

interface Pair {
  /** Where the value stands, and where what it is called begins. */
  at: number;
  from: number;
  words: string[];
}

function pairAt(tokens: readonly Token[], at: number): Pair | undefined {
  const sign = tokens[at - 1];
  if (sign?.is !== 'word' || !/^(?:to|with|as)$/.test(sign.word)) return undefined;
  let from = at - 1;
  while (from > 0 && at - from < 6 && isNoun(tokens[from - 1])) from--;
  const words = tokens.slice(from, at - 1).flatMap((token) => (token.is === 'word' && token.word !== 'of' ? content(token.text) : []));
  if (words.length === 0) return undefined;
  return { at, from: isDeterminer(tokens[from - 1]) ? from - 1 : from, words };
}

const isNoun = (token: Token | undefined): boolean =>
  token?.is === 'word' && (token.word === 'of' || !(isPreposition(token) || isDeterminer(token) || isLink(token)));
const isLink = (token: Token | undefined): boolean =>
  (token?.is === 'mark' && /^[,;]$/.test(token.text)) || (token?.is === 'word' && token.word === 'and');
