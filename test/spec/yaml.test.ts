import { expect, test } from 'vitest';
import { MAX_FILE_BYTES } from '../../src/spec/read-text.ts';
import { Problems } from '../../src/spec/source.ts';
import { parseYaml } from '../../src/spec/yaml.ts';
import { INTENT, loadInline, saidOfIntent } from './inline-project.ts';

function read(text: string): { value: unknown; said: string[] } {
  const problems = new Problems();
  const { source } = parseYaml(text, 'x.yaml', problems);
  return {
    value: source?.value,
    said: problems.list.map(({ where, message, hint }) => `${where.line}:${where.col} ${message}${hint ? ` (${hint})` : ''}`),
  };
}

const bomb = `a: &a [x, x]\n${Array.from({ length: 30 }, (_, index) => `b${index}: &b${index} [*${index ? `b${index - 1}` : 'a'}, *${index ? `b${index - 1}` : 'a'}]`).join('\n')}`;

test.each([
  ['a tab as indentation', 'a: 1\n\tb: 2\n', '2:1 a tab is used as indentation (indent with spaces)'],
  ['a tab at the beginning', '\ta: 1\n', '1:1 a tab is used as indentation (indent with spaces)'],
  ['a version directive', '%YAML 1.1\n---\na: No\n', '1:1 the directive %YAML 1.1 is not allowed: files are YAML 1.2 (delete the line)'],
  [
    'a tag directive',
    '%TAG ! tag:x,2000:\n---\na: 1\n',
    '1:1 the directive %TAG ! tag:x,2000: is not allowed: files are YAML 1.2 (delete the line)',
  ],
  ['a second document', 'a: 1\n---\nb: 2\n', '2:1 a file holds one document, here a second begins (move it to a file of its own)'],
  ['a binary tag', 'a: !!binary aGk=\n', '1:13 the tag !!binary is not allowed (write the value plainly, or in quotes when it is text)'],
  ['a core tag', 'a: !!str 1\n', '1:10 the tag !!str is not allowed (write the value plainly, or in quotes when it is text)'],
  ['a tag of one’s own', 'a: !vault x\n', '1:11 the tag !vault is not allowed (write the value plainly, or in quotes when it is text)'],
  [
    'a merge key',
    'a: &a { x: 1 }\nb: { <<: *a }\n',
    '2:6 merge keys (<<) are not part of YAML 1.2 (repeat the lines, or make a fixture or an invariant of them)',
  ],
  ['a key twice', 'a: 1\na: 2\n', '2:1 this key is there twice (keep one of them)'],
  ['a list as a key', '? [1]\n: 2\n', '1:3 a key must be a plain name'],
  ['an unknown alias', 'a: *b\n', '1:4 there is no anchor &b before this alias'],
  ['an alias within itself', 'a: &a [*a]\n', '1:7 this is nested more than 60 levels deep'],
  ['__proto__', '__proto__: { polluted: true }\n', '1:1 "__proto__" cannot be a name'],
  ['a colon inside a sentence', '- admin: Say: hello\n', '1:10 there is a second ": " in this line (put the sentence in quotes)'],
  ['a bracket that is never closed', 'a: [b, c\nd: 1\n', '2:1 the "[" before this is not closed with "]"'],
  ['a brace that is never closed', 'a: { b: 1\n', '2:1 the "{" before this is not closed with "}"'],
  ['a brace too many', 'a: { b: x }}\nb: 1\nc: 2\n', '1:12 Unexpected flow-map-end token in YAML stream: "}"'],
  ['a text that begins with @', 'a: @growth\n', '1:4 text cannot begin with @ (put it in quotes)'],
  ['a quote that is never closed', 'a: "x\n', '2:1 Missing closing quote " (it may have been opened lines above)'],
  [
    'a hash that cuts a sentence',
    '- Rename it to Project #5\n',
    '1:3 everything after # is a comment, so "#5" would be lost (put the text in quotes, or a space after #)',
  ],
  [
    'an integer that would be rounded',
    'id: 9007199254740993\n',
    '1:5 the number 9007199254740993 is too large to be kept exactly (quote it: "9007199254740993")',
  ],
  ['a leading zero', 'plz: 01069\n', '1:6 the number 01069 would lose its leading zero (quote it: "01069")'],
  ['an empty file', '', '1:1 the file is empty'],
  ['a file of comments', '# nothing\n', '1:1 the file is empty'],
  ['brackets nested without end', `a:\n  ${'['.repeat(20_000)}`, '2:63 this is nested more than 60 levels deep'],
  ['brackets nested too deeply', `${'['.repeat(5000)}${']'.repeat(5000)}`, '1:61 this is nested more than 60 levels deep'],
  ['an alias bomb', bomb, '1:1 the aliases of this file unfold to more than can be meant'],
])('%s is a problem at its place', (_, text, expected) => {
  const { value, said } = read(text);
  const [first] = said;
  expect(value).toBeUndefined();
  expect(expected.includes('aliases') ? first!.replace(/^\d+:\d+/, '1:1') : first).toBe(expected);
});

test('dashes and indentation nested too deeply end in a problem, not in a crash', () => {
  for (const text of [
    '- '.repeat(3000),
    '? '.repeat(3000),
    Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  ]) {
    expect(read(text).said.join()).toMatch(/nested/);
  }
});

test('YAML 1.2 words keep their meaning: No is text, 012 no octal, true is true', () => {
  expect(read('a: No\nb: on\nc: true\nd: 1_0\ne: 0x1F\nf: 1.5\ng: ~\n').value).toEqual({
    a: 'No',
    b: 'on',
    c: true,
    d: '1_0',
    e: 31,
    f: 1.5,
    g: null,
  });
});

test('keys that look like numbers or nothing are names', () => {
  expect(read('1: x\nnull: y\ntrue: z\n').value).toEqual({ 1: 'x', null: 'y', true: 'z' });
});

test('a few aliases are fine', () => {
  expect(read('a: &who { email: a@example.test }\nb: *who\n').value).toEqual({
    a: { email: 'a@example.test' },
    b: { email: 'a@example.test' },
  });
});

test('a reference may be written without quotes inside braces and brackets too', () => {
  expect(read('- viewer: { tries: Remove ${dana.name} from ${org.name}, to: "${x}" }\n- [${a}, { ${key}: 1 }]\n').value).toEqual([
    { viewer: { tries: 'Remove ${dana.name} from ${org.name}', to: '${x}' } },
    ['${a}', { '${key}': 1 }],
  ]);
  expect(read('a: { b: ${x}, c: @ }\n').said).toEqual(['1:18 text cannot begin with @ (put it in quotes)']);
});

test('a comment after a sentence is a comment', () => {
  expect(read('- Open the page # and look\n').value).toEqual(['Open the page']);
});

test('a byte order mark and Windows line ends change neither values nor places', async () => {
  const { project, said } = await loadInline({ 'intents/a.intent.yaml': `\ufeff${INTENT.replaceAll('\n', '\r\n')}` });
  expect(said).toEqual([]);
  expect(project!.intents[0]!.then[0]!.where).toMatchObject({ line: 4, col: 5 });
  expect(await saidOfIntent(`\ufeff${`${INTENT}colour: red\n`.replaceAll('\n', '\r\n')}`)).toEqual([
    expect.stringMatching(/^5:1 unknown key "colour"/),
  ]);
});

test.each([
  ['UTF-16', Buffer.from(`\ufeff${INTENT}`, 'utf16le')],
  ['Latin-1', Buffer.from('intent: Überweisung\n', 'latin1')],
])('a file in %s is refused with what to do', async (_, bytes) => {
  expect(await saidOfIntent(bytes)).toEqual(['1:1 the file is not UTF-8 text (save it with the encoding UTF-8)']);
});

test('a file over the size cap is refused before it is parsed', async () => {
  expect(await saidOfIntent(`${INTENT}# ${'x'.repeat(MAX_FILE_BYTES)}`)).toEqual([
    expect.stringMatching(/^1:1 the file has 1025 KiB; at most 1024 KiB are read/),
  ]);
});

test('one mistake a line is told, and at most ten of a file', () => {
  expect(read(Array.from({ length: 30 }, (_, index) => `a${index}: @x`).join('\n')).said).toHaveLength(10);
});
