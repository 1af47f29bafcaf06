import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { significantText } from '../../../src/runner/select/significant.ts';

const same = (path: string, before: string, after: string): boolean => {
  const [old, now] = [significantText(path, before), significantText(path, after)];
  return old !== undefined && old === now;
};

describe('a change of comments and layout only', () => {
  test.each([
    ['a.ts', 'const a = 1; // one\n', 'const a = 1;\n'],
    ['a.ts', '/** Adds.\n * Twice. */\nexport const add = 1;\n', 'export const add = 1;\n'],
    ['a.ts', 'if (a) {\nb();\n}\n', 'if (a) {\n    b();\n}\n\n'],
    ['a.ts', 'const r = /\\/*/; f();', 'const r = /\\/*/; f(); // why'],
    ['a.ts', 'x = a / b; // half /\ny = c / d;', 'x = a / b;\ny = c / d;'],
    ['a.tsx', 'const a = <p>{/* old */}</p>;\n', 'const a = <p>{}</p>;\n'],
    ['a.css', 'a { color: red } /* brand */', 'a { color: red }'],
    ['a.py', 'def f():\n    # why\n    return 1\n', 'def f():\n    return 1\n'],
    ['a.yaml', '# about\na: 1\n', 'a: 1\n'],
    ['a.go', 'package a\n// About.\nfunc f() {}\n', 'package a\nfunc f() {}\n'],
  ])('%s: %j is %j', (path, before, after) => {
    expect(same(path, before, after)).toBe(true);
  });
});

describe('never taken for one', () => {
  test.each([
    ['a string that looks like a comment', 'a.ts', "f('http://a.test/x')", "f('http://a.test/y')"],
    ['a template that looks like a comment', 'a.ts', 'f(`// ${a} x`)', 'f(`// ${a} y`)'],
    ['code inside a template', 'a.ts', 'f(`${g(`${a}`)} // x`)', 'f(`${g(`${b}`)} // x`)'],
    ['the layout of a template', 'a.ts', 'f(`\n  a\n`)', 'f(`\na\n`)'],
    ['spaces in a string', 'a.ts', "f('a  b')", "f('a b')"],
    ['a regular expression with slashes and stars', 'a.ts', 'const r = [/\\/*a/]; f(1) /* x */', 'const r = [/\\/*b/]; f(1) /* x */'],
    ['text between tags that holds slashes', 'a.tsx', '<p>see http://a.test/x</p>', '<p>see http://a.test/y</p>'],
    ['a line break that ends a statement', 'a.ts', 'return\nx', 'return x'],
    ['a comment that a tool obeys', 'a.ts', 'f(); //# sourceMappingURL=a.map', 'f(); //# sourceMappingURL=b.map'],
    ['indentation that means something', 'a.py', 'if a:\n    b()\n    c()\n', 'if a:\n    b()\nc()\n'],
    ['a line of a Python text', 'a.py', 'x = """\n# a\n"""\n', 'x = """\n# b\n"""\n'],
    ['a line of a YAML block', 'a.yaml', 'run: |\n  # a\n  b\n', 'run: |\n  # c\n  b\n'],
    ['a language nobody knows', 'a.xyz', 'a', 'a '],
  ])('%s', (_, path, before, after) => {
    expect(same(path, before, after)).toBe(false);
  });
});

test('on every source of this repository: a comment more is the same, a statement more is not', () => {
  const src = join(import.meta.dirname, '../../../src');
  const files = readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(300);
  let certain = 0;
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (significantText(file, text) === undefined) continue;
    certain += 1;
    expect(same(file, text, `// one more\n${text}\n/* and\n another */\n`), file).toBe(true);
    expect(same(file, text, `${text}\nvoid 0;\n`), file).toBe(false);
  }
  expect(certain / files.length).toBeGreaterThan(0.95);
});
