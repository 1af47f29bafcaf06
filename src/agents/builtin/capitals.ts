import { verbsOf } from '../lexicon.ts';
import { isStopWord } from '../words.ts';
import type { Token } from './tokenise.ts';

/** "M. Okoye", "Dr. Holm": the point ends a short form, and no sentence. */
export function withInitials(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (const token of tokens) {
    const [short, point] = out.slice(-2);
    const joins =
      token.is === 'word' &&
      token.capital &&
      !isStopWord(token.word) &&
      verbsOf(token.stem).size === 0 &&
      point?.is === 'mark' &&
      point.text === '.' &&
      short?.is === 'word' &&
      SHORT.test(short.text) &&
      short.end === point.start;
    if (joins)
      out.splice(-2, 2, { ...token, text: `${short.text}. ${token.text}`, start: short.start, word: `${short.word}. ${token.word}` });
    else out.push(token);
  }
  return out;
}

const SHORT = /^(?:(?:\p{Lu}\. )*\p{Lu}|Dr|Prof|Mr|Mrs|Ms|St)$/u;

/** "to In Progress", "as On Hold": a particle with a capital begins a name, where no sentence begins. */
export function withParticles(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (const token of tokens) {
    const [before, last] = [out.at(-2), out.at(-1)];
    const joins =
      token.is === 'word' &&
      token.capital &&
      last?.is === 'word' &&
      last.capital &&
      PARTICLES.test(last.word) &&
      before?.is === 'word' &&
      !before.capital;
    if (joins) out.splice(-1, 1, { ...token, text: `${last.text} ${token.text}`, start: last.start, word: `${last.word}-${token.word}` });
    else out.push(token);
  }
  return out;
}

const PARTICLES = /^(?:in|on|to|at|for|under|off|out|not)$/;
