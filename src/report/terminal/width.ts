const WIDE =
  /\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;
const MARK = /\p{M}|[\u200d\ufe0e\ufe0f]/u;
/** Pictographs that terminals draw in one column, as text. */
const NARROW = /[©®™‼⁉↔-↪⌨⏏◀▶☀-☄☎☑✔✖✓✗✳✴❇❤➡]/u;

/** Columns that a text takes in a terminal; escape sequences must have been taken out. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += MARK.test(letter) ? 0 : WIDE.test(letter) && !NARROW.test(letter) ? 2 : 1;
  return width;
}

/** Cut to `columns`, with "…" where something is missing. */
export function shorten(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const letter of text) {
    width += widthOf(letter);
    if (width > columns - 1) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

/** Cut or filled with spaces to exactly `columns`. */
export function pad(text: string, columns: number): string {
  const cut = shorten(text, columns);
  return cut + ' '.repeat(Math.max(0, columns - widthOf(cut)));
}

/** Broken into lines at spaces, each after `indent`. A word longer than a line stays whole. */
export function wrap(text: string, columns: number, indent = ''): string[] {
  const room = Math.max(20, columns - indent.length);
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current !== '' && widthOf(current) + 1 + widthOf(word) > room) {
      lines.push(indent + current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, indent + current];
}
