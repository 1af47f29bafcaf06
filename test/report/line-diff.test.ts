import { expect, test } from 'vitest';
import { lineDiff } from '../../src/report/line-diff.ts';

const text = (...lines: string[]): string => `${lines.join('\n')}\n`;

test('the same text has no difference', () => expect(lineDiff(text('a', 'b'), text('a', 'b'))).toBe(''));

test('a changed line is told with three lines around it, in its place', () => {
  expect(lineDiff(text('1', '2', '3', '4', '5', '6', '7', '8', '9'), text('1', '2', '3', '4', 'five', '6', '7', '8', '9'))).toBe(
    '@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8',
  );
});

test('changes far apart are told apart', () => {
  const lines = Array.from({ length: 30 }, (_, index) => String(index + 1));
  expect(lineDiff(text(...lines), text('new', ...lines.slice(0, 28)))).toBe(
    '@@ -1,3 +1,4 @@\n+new\n 1\n 2\n 3\n@@ -26,5 +27,3 @@\n 26\n 27\n 28\n-29\n-30',
  );
});

test('nothing before, and a text too long to be compared', () => {
  expect(lineDiff('', text('a'))).toBe('@@ -1,1 +1,1 @@\n-\n+a');
  expect(lineDiff(text('a'), text(...Array.from({ length: 3000 }, () => 'x'))).split('\n')).toHaveLength(3000);
});
