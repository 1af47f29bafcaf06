import { clip } from '../escape/visible.ts';
import { code, type Span, spans } from './line.ts';

/** Most changes of single fields that are told one by one. */
const FIELDS = 2;

/** What became of something that should have stayed as it was, by the oracle's lines: "gone: {…}", "new: {…}", "[0].name: was a, is b". */
export function sayChanges(diff: readonly string[]): Span[] | undefined {
  const [gone, come] = ['gone', 'new'].map((word) =>
    diff.flatMap((line) => new RegExp(`(?:^| )${word}: (.+)$`, 's').exec(line)?.[1] ?? []),
  ) as [string[], string[]];
  const fields = diff.flatMap((line) => {
    const match = /^(?:.*?([A-Za-z_][\w-]*))?: was (.+), is (.+)$/s.exec(line);
    return match ? [{ field: match[1]?.replace(/_/g, ' ') ?? 'it', was: match[2]!, is: match[3]! }] : [];
  });
  const parts: Span[][] = [
    ...[
      { rows: gone, word: 'gone' },
      { rows: come, word: 'new' },
    ]
      .filter(({ rows }) => rows.length > 0)
      .map(({ rows, word }) =>
        rows.length === 1
          ? spans`${code(clip(rows[0]!, 120))} is ${word}`
          : spans`${String(rows.length)} are ${word}, the first ${code(clip(rows[0]!, 120))}`,
      ),
    ...fields.slice(0, FIELDS).map(({ field, was, is }) => spans`${field} was ${code(clip(was, 60))} and is ${code(clip(is, 60))}`),
    ...(fields.length > FIELDS ? [[`${fields.length - FIELDS} more changed`]] : []),
  ];
  return parts.length === 0 ? undefined : parts.flatMap((part, index) => [...(index > 0 ? ['; '] : []), ...part]);
}
