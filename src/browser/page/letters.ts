/** Further apart than this, in parts of the type's size, letters are read one by one. */
const GAP = 0.12;

/**
 * Is this the next letter of a word? Pages that move letters one by one give each an element of its own, and a person reads the word.
 * Letters that keep a distance, as those of the days of a week, stand for themselves.
 */
export function continuesWord(element: Element): boolean {
  const before = element.previousSibling;
  const letters = before?.nodeType === 1 ? [letterOf(before as Element), letterOf(element)] : [];
  const [first, second] = letters.map((letter) => letter && boxOf(letter));
  if (!first || !second) return false;
  const gap = Math.max(first.left, second.left) - Math.min(first.right, second.right);
  const onOneLine = Math.min(first.bottom, second.bottom) > Math.max(first.top, second.top);
  return onOneLine && gap <= GAP * Number.parseFloat(getComputedStyle(element).fontSize);
}

/** The text of an element that holds one character and nothing else. */
function letterOf({ firstChild, lastChild }: Element): Text | undefined {
  return firstChild === lastChild && firstChild?.nodeType === 3 && /^\S$/u.test((firstChild as Text).data)
    ? (firstChild as Text)
    : undefined;
}

function boxOf(text: Text): DOMRect {
  const range = document.createRange();
  range.selectNodeContents(text);
  return range.getBoundingClientRect();
}
