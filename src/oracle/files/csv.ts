/** Rows of RFC 4180 by their header; `;` and tabs separate too, where the header has them. @throws SyntaxError */
export function rowsOfCsv(text: string): Record<string, string>[] {
  const plain = text.replace(/^\uFEFF/, '');
  const first = plain.slice(0, plain.search(/\r?\n|$/));
  const separator = [',', ';', '\t'].reduce((best, one) => (first.split(one).length > first.split(best).length ? one : best));
  const [header, ...lines] = linesOf(plain, separator);
  if (!header) return [];
  return lines.map((cells, index) => {
    if (cells.length !== header.length)
      throw new SyntaxError(`line ${index + 2} has ${cells.length} cells, the header has ${header.length}`);
    return Object.fromEntries(header.map((name, at) => [name, cells[at]!]));
  });
}

function linesOf(text: string, separator: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { cell, next } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, separator);
    line.push(cell);
    const end = /^\r?\n/.exec(text.slice(next, next + 2));
    if (next < text.length && !end && text[next] !== separator)
      throw new SyntaxError(`a quoted cell is followed by ${JSON.stringify(text[next])}`);
    at = next + (end ? end[0].length : 1);
    if (end || next >= text.length) {
      lines.push(line);
      line = [];
    } else if (at >= text.length) lines.push([...line, '']);
  }
  return lines.filter((cells) => cells.length > 1 || cells[0] !== '');
}

function quotedCell(text: string, from: number): { cell: string; next: number } {
  let cell = '';
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== '"') cell += text[at];
    else if (text[at + 1] === '"') cell += text[++at];
    else return { cell, next: at + 1 };
  }
  throw new SyntaxError('a quoted cell does not end');
}

function plainCell(text: string, from: number, separator: string): { cell: string; next: number } {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n') at++;
  if (text[at] === '\n' && text[at - 1] === '\r' && at > from) at--;
  return { cell: text.slice(from, at), next: at };
}
