import { extname } from 'node:path';

/** Comments that a compiler, a loader or a runtime obeys. */
const OBEYED = /go:|\+build|@jsx|webpack|@vite|__PURE__|sourceMappingURL|coding[:=]|frozen_string_literal|syntax=|<reference|@import|^#!/;

/**
 * What of a source decides how it behaves: comments, blank lines and indentation that mean nothing are cut. Two versions with the same
 * answer behave the same. Undefined for a language that is not known, and whenever it is not certain.
 */
export function significantText(path: string, text: string): string | undefined {
  const ending = extname(path).toLowerCase();
  if (/^\.(?:[cm]?[jt]s)$/.test(ending)) return withoutComments(text, 'anywhere');
  if (/^\.(?:[jt]sx)$/.test(ending)) return withoutComments(text, 'own-lines');
  if (ending === '.css')
    return text
      .replace(/("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\/\*[\s\S]*?\*\//g, (_, string?: string) => string ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .join('\n');
  if (/^\.(?:go|java|kt|kts|cs|swift|dart|scala)$/.test(ending))
    return /`|"""|@"/.test(text) ? undefined : wholeLines(text, /^(?:\/\/|\/\*.*\*\/$)/);
  if (/^\.(?:py|rb|sh|toml)$/.test(ending)) return /"""|'''|<<[-~]?['"]?\w|^=begin/m.test(text) ? undefined : wholeLines(text, /^#/);
  if (/^\.ya?ml$/.test(ending)) return /[|>][+-]?\d?\s*$/m.test(text) ? undefined : wholeLines(text, /^#/);
  return undefined;
}

/** Lines in their order, without blank ones and without those that are nothing but a comment. */
function wholeLines(text: string, comment: RegExp): string | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  if (lines.some((line) => comment.test(line.trim()) && OBEYED.test(line.trim()))) return undefined;
  return lines.filter((line) => line !== '' && !comment.test(line.trim())).join('\n');
}

/** After these a slash begins an expression, so it is one; after anything else it divides. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield|default))$/;

/**
 * A JavaScript or TypeScript source without comments. "own-lines": only comments that begin a line or stand in braces count, because text
 * between tags may hold slashes. Line breaks are kept, since they may end a statement.
 */
export function withoutComments(text: string, where: 'anywhere' | 'own-lines'): string | undefined {
  let out = '';
  /** For each open `${`: how many braces are open within it. */
  const nested: number[] = [];
  let at = 0;
  /** What stands in quotes is kept to the letter: its spaces and line breaks are none of the layout. */
  const quoted = (end: number): void => {
    out += text.slice(at, end).replace(/[\n \t\r]/g, (space) => KEPT[space]!);
    at = end;
  };
  while (at < text.length) {
    const char = text[at]!;
    const two = text.slice(at, at + 2);
    const startsHere = where === 'anywhere' || /(?:^|[\n{])[ \t]*$/.test(text.slice(Math.max(0, at - 200), at));
    if ((two === '//' || two === '/*') && startsHere) {
      const end = two === '//' ? indexOrEnd(text, '\n', at) : text.indexOf('*/', at + 2) + 2;
      if (end < at + 2) return undefined;
      const comment = text.slice(at, end);
      if (OBEYED.test(comment)) return undefined;
      out += comment.includes('\n') ? '\n' : where === 'own-lines' ? '' : ' ';
      at = end;
    } else if (char === '"' || char === "'") {
      const end = /^(?:"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*')/.exec(text.slice(at, at + 20_000));
      if (!end && where === 'anywhere') return undefined;
      quoted(at + (end?.[0].length ?? 1));
    } else if (char === '`' || (char === '}' && nested.at(-1) === 0)) {
      if (char === '}') nested.pop();
      const end = templateEnd(text, at + 1);
      if (end === undefined) return undefined;
      if (text.startsWith('${', end - 2)) nested.push(0);
      quoted(end);
    } else if (char === '/' && where === 'anywhere' && BEFORE_REGEX.test(out.slice(-200).trimEnd())) {
      const end = /^\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/.exec(text.slice(at, at + 5000));
      if (!end) return undefined;
      quoted(at + end[0].length);
    } else {
      if (nested.length > 0 && char === '{') nested[nested.length - 1]! += 1;
      if (nested.length > 0 && char === '}') nested[nested.length - 1]! -= 1;
      out += char;
      at += 1;
    }
  }
  if (nested.length > 0) return undefined;
  return out
    .split('\n')
    .map((line) => line.trim().replace(/[ \t\r]+/g, ' '))
    .filter(Boolean)
    .join('\n');
}

const KEPT: Record<string, string> = { '\n': '\u0001', ' ': '\u0002', '\t': '\u0003', '\r': '\u0004' };

const indexOrEnd = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at;
};

/** Behind the closing backtick, or behind the next `${`. */
function templateEnd(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '`') return at + 1;
    else if (text[at] === '$' && text[at + 1] === '{') return at + 2;
  }
  return undefined;
}
