/** Lines kept around a change. */
const AROUND = 3;
/** Two texts of more lines than this are not compared: the new one is shown. */
const MOST = 2000;

interface Edit {
  kind: ' ' | '+' | '-';
  text: string;
}

/** What to change in `before` to get `after`, as a unified diff without its file names. Empty when they are the same. */
export function lineDiff(before: string, after: string): string {
  const [old, now] = [before, after].map((text) => text.replace(/\n$/, '').split(/\r?\n/)) as [string[], string[]];
  if (old.length > MOST || now.length > MOST) return now.map((text) => `+${text}`).join('\n');
  const edits = editsOf(old, now);
  const near = edits.map((_, index) => edits.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== ' '));
  const lines: string[] = [];
  let [a, b] = [1, 1];
  edits.forEach(({ kind, text }, index) => {
    if (near[index] && !near[index - 1]) {
      const end = near.indexOf(false, index);
      const hunk = edits.slice(index, end === -1 ? undefined : end);
      lines.push(`@@ -${a},${hunk.filter((one) => one.kind !== '+').length} +${b},${hunk.filter((one) => one.kind !== '-').length} @@`);
    }
    if (near[index]) lines.push(kind + text);
    if (kind !== '+') a++;
    if (kind !== '-') b++;
  });
  return lines.join('\n');
}

/** By the longest common subsequence; of equal ways, what went comes before what came. */
function editsOf(old: readonly string[], now: readonly string[]): Edit[] {
  const width = now.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--)
      common[i * width + j] =
        old[i] === now[j] ? common[(i + 1) * width + j + 1]! + 1 : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
  }
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      edits.push({ kind: ' ', text: old[i]! });
      i++;
      j++;
    } else if (i < old.length && (j === now.length || common[(i + 1) * width + j]! >= common[i * width + j + 1]!))
      edits.push({ kind: '-', text: old[i++]! });
    else edits.push({ kind: '+', text: now[j++]! });
  }
  return edits;
}
