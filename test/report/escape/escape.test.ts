import { describe, expect, test } from 'vitest';
import { codeBlock, codeSpan, forMarkdown } from '../../../src/report/escape/markdown.ts';
import { forTerminal } from '../../../src/report/escape/terminal.ts';
import { clip, visible } from '../../../src/report/escape/visible.ts';
import { forXml } from '../../../src/report/escape/xml.ts';

describe('controls are made visible', () => {
  test.each([
    ['a\r\nb\tc\u2028d', 'a b c d'],
    ['\u0000\u0007\u007f', '␀␇␡'],
    ['invoice\u202efdp.exe', 'invoice⟨U+202E⟩fdp.exe'],
    ['a\u2066b\u2069 \u200fc \u061c', 'a⟨U+2066⟩b⟨U+2069⟩ ⟨U+200F⟩c ⟨U+061C⟩'],
    ['pay\u200bpal \ufeff \u00ad', 'pay⟨U+200B⟩pal ⟨U+FEFF⟩ ⟨U+00AD⟩'],
    ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
    ['\ud83d lone', '\ufffd lone'],
    ['👩‍💻 und Café, 日本語, שלום', '👩‍💻 und Café, 日本語, שלום'],
  ])('%j', (text, shown) => expect(visible(text)).toBe(shown));
});

describe('for a terminal', () => {
  test.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]8;;https://evil.test\u0007link\u001b]8;;\u0007', 'link'],
    ['\u001b]0;title\u001b\\x', 'x'],
    ['\u001b[2J\u001b[1;1Hgone', 'gone'],
    ['\u009b31mC1', 'C1'],
    ['\u001bPq#0\u001b\\sixel', 'sixel'],
    ['\u001b', '␛'],
    ['line\n::error::injected', 'line : :error::injected'],
    ['::set-output name=x::y', ': :set-output name=x::y'],
    ['##[error]x ##vso[task.setvariable]y ##teamcity[testFailed]', '# #[error]x # #vso[task.setvariable]y # #teamcity[testFailed]'],
  ])('%j', (text, shown) => expect(forTerminal(text)).toBe(shown));
});

describe('for HTML and XML', () => {
  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['" onload=x \' &amp;', '&quot; onload=x &#39; &amp;amp;'],
    ['\ufffe\u0001', '\ufffd␁'],
  ])('%j', (text, shown) => expect(forXml(text)).toBe(shown));
});

describe('for Markdown', () => {
  test.each([
    ['# Title', '\\# Title'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['**bold** _it_ `code` ~~x~~', '\\*\\*bold\\*\\* \\_it\\_ \\`code\\` \\~\\~x\\~\\~'],
    ['[x](javascript:alert(1)) ![i](u)', '\\[x\\](javascript:alert(1)) !\\[i\\](u)'],
    ['provision_workspace _x_ (1.5 s)', 'provision_workspace \\_x\\_ (1.5 s)'],
    ['<img src=x onerror=y>', '&lt;img src=x onerror=y&gt;'],
    ['a | b', 'a \\| b'],
    ['cc @octocat fixes #12', 'cc @\u2060octocat fixes &#35;12'],
    ['https://evil.test www.evil.test', 'https:\u2060//evil.test www\u2060.evil.test'],
    ['two\n\n# lines', 'two # lines'],
  ])('%j', (text, shown) => expect(forMarkdown(text)).toBe(shown));

  test('a code span has a fence that its content cannot close', () => {
    expect(codeSpan('a``b')).toBe('``` a``b ```');
    expect(codeSpan('a|b\nc')).toBe('`a\\|b c`');
    expect(codeSpan('')).toBe('` `');
  });

  test('a code block has a fence that its content cannot close', () => {
    expect(codeBlock('x\n````\ny', 'diff')).toBe('`````diff\nx\n````\ny\n`````');
  });
});

test('cutting never splits a pair', () => {
  expect(clip('ab😀cd', 4)).toBe('ab…');
  expect(clip('short', 5)).toBe('short');
});
