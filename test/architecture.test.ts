import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMPUTED_IMPORTS, FACE, MAY_IMPORT, MOST_LINES, NO_FOLDERS } from './architecture/import-table.ts';
import { circlesOf, importsComputed, importsOf, reachOf, sourcesOf, violationsOf } from './architecture/imports.ts';

const root = join(import.meta.dirname, '..');
const sources = sourcesOf(join(root, 'src'));
const check = (path: string, text: string): string[] => violationsOf({ path, text }, MAY_IMPORT, FACE);

describe('the import table', () => {
  test('an empty scan is a failure: every folder of the table has files, and every folder has a row', () => {
    const folders = new Set(sources.map((source) => source.path.split('/')[0]!).filter((name) => !name.endsWith('.ts')));
    expect([...folders].toSorted()).toEqual(Object.keys(MAY_IMPORT).toSorted());
    expect(sources.flatMap((source) => importsOf(source.text)).length).toBeGreaterThan(200);
  });

  test('nobody reaches for what is not theirs', () => {
    expect(sources.flatMap((source) => violationsOf(source, MAY_IMPORT, FACE))).toEqual([]);
  });

  test('nobody imports what the table cannot see, but where the bundle and a team’s own modules are read', () => {
    expect(sources.filter(({ text }) => importsComputed(text)).map(({ path }) => path)).toEqual(COMPUTED_IMPORTS);
    expect(importsComputed('await import(name)') && importsComputed('await import(`../${name}.ts`)')).toBe(true);
    expect(importsComputed("await import('node:fs')") || importsComputed('// import(name)')).toBe(false);
  });

  test('the table is the one that ARCHITECTURE.md shows', () => {
    const written = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
    for (const [folder, row] of Object.entries(MAY_IMPORT)) {
      const line = written
        .split('\n')
        .map((text) => text.split('|').map((cell) => cell.trim()))
        .find((cells) => cells[1]?.replaceAll('*', '').split(', ').includes(folder));
      expect(line, `a row for ${folder}`).toBeDefined();
      const folders = line![2]!.replaceAll('*', '');
      if (folders === 'all') continue;
      expect(folders === '–' ? [] : folders.replace('models (port only)', 'models/port.ts').split(', '), folder).toEqual(row.folders);
    }
  });

  test.each([
    ['a folder that is not in its row', 'oracle/poll.ts', "import { launchBrowser } from '../browser/host.ts';"],
    ['a type of a folder that is not in its row', 'agents/chain.ts', "import type { Oracle } from '../oracle/watch.ts';"],
    ['a type written inline', 'agents/chain.ts', "let oracle: import('../oracle/watch.ts').Oracle;"],
    ['a lazy import across the table', 'report/html.ts', "const x = await import('../runner/run.ts');"],
    ['a re-export', 'core/index.ts', "export * from '../spec/load.ts';"],
    ['a file of a folder of which only the port is open', 'agents/model.ts', "import { openaiModel } from '../models/openai.ts';"],
    ['a package that lives elsewhere', 'journey/act.ts', "import { chromium } from 'playwright';"],
    ['a scoped package', 'core/x.ts', "import { tool } from '@langchain/core/tools';"],
    ['a heavy package loaded at once', 'models/openai.ts', "import OpenAI from 'openai';"],
    ['I/O in the core', 'core/clock.ts', "import { readFile } from 'node:fs/promises';"],
    ['an import over several lines', 'oracle/poll.ts', "import {\n  a,\n  b,\n} from '../journey/carry-out.ts';"],
    ['a path without its ending', 'core/x.ts', "import { a } from './y';"],
    ['a folder that is not in the table', 'utils/x.ts', 'export {};'],
    ['an edge in the public face', 'index.ts', "export { launchBrowser } from './browser/host.ts';"],
    ['a way out of src', 'runner/x.ts', "import { DEFECTS } from '../../demo/defects.ts';"],
  ])('the rule fires on %s', (_, path, text) => {
    expect(check(path, text)).toHaveLength(1);
  });

  test.each([
    ['its own folder', 'oracle/poll.ts', "import { a } from './judge.ts';"],
    ['the core', 'oracle/poll.ts', "import type { Clock } from '../core/clock.ts';"],
    ['the port that is open', 'agents/model.ts', "import type { Model } from '../models/port.ts';"],
    ['a heavy package, late', 'models/openai.ts', "const { OpenAI } = await import('openai');"],
    ['a type of a heavy package', 'models/openai.ts', "import type { OpenAI } from 'openai';"],
    ['an import inside a comment', 'core/x.ts', "// import x from 'playwright'\n/* import y from 'yaml'; */"],
    ['a URL inside a string', 'core/x.ts', "const a = 'http://x'; import { z } from 'zod';"],
  ])('and is silent about %s', (_, path, text) => {
    expect(check(path, text)).toEqual([]);
  });
});

describe('the two rules that carry the claim', () => {
  const under = (folder: string): string[] => sources.filter((source) => source.path.startsWith(`${folder}/`)).map((source) => source.path);

  test('the oracle reaches no browser, model, agent or journey, by whatever road', () => {
    const oracle = under('oracle');
    expect(oracle.length).toBeGreaterThan(5);
    const reached = [...reachOf(oracle, sources).keys()];
    expect(
      reached.filter((path) => /^(browser|models|agents|journey|runner|report|cli)\/|^(playwright|openai|langchain|@langchain)/.test(path)),
    ).toEqual([]);
  });

  test('agents never receive invariants: nothing they can reach knows the word', () => {
    const agents = under('agents');
    expect(agents.length).toBeGreaterThan(3);
    const reached = [...reachOf(agents, sources).keys()];
    expect(reached).toContain('core/decision.ts');
    expect(
      reached.filter(
        (path) =>
          /^(oracle|spec|runner|journey)\//.test(path) || /^core\/(invariant|intent|decide|events|project|config|result)\.ts$/.test(path),
      ),
    ).toEqual([]);
  });

  test('only the runner asks for a status, and only core/decide.ts decides one', () => {
    const callers = sources.filter(
      (source) =>
        importsOf(source.text).some(({ specifier, typeOnly }) => specifier.endsWith('core/decide.ts') && !typeOnly) &&
        /\bdecide\(/.test(source.text),
    );
    expect(callers.map((source) => source.path.split('/')[0]).filter((folder) => folder !== 'runner')).toEqual([]);
  });

  test('the walk over imports is real: it finds a planted road to the browser', () => {
    const planted = [
      ...sources,
      { path: 'core/planted.ts', text: "import '../browser/host.ts';" },
      { path: 'oracle/planted.ts', text: "import '../core/planted.ts';" },
    ];
    expect([...reachOf(['oracle/planted.ts'], planted).keys()]).toContain('browser/host.ts');
  });
});

describe('the habits', () => {
  const trees = ['src', 'demo', 'test', 'evals', 'scripts'].map((name) => join(root, name));

  test('no folder is called utils, shared, helpers or common', () => {
    const folders = trees
      .flatMap((tree) => readdirSync(tree, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isDirectory());
    expect(folders.length).toBeGreaterThan(10);
    expect(folders.map((entry) => entry.name).filter((name) => NO_FOLDERS.test(name))).toEqual([]);
    expect(NO_FOLDERS.test('utils') && NO_FOLDERS.test('helpers')).toBe(true);
  });

  test('files of src and demo stay small, and most of them very small', () => {
    const files = [...sources, ...sourcesOf(join(root, 'demo'))].map(({ path, text }) => ({ path, lines: text.split('\n').length }));
    expect(files.filter(({ lines }) => lines > MOST_LINES)).toEqual([]);
    const median = files.map(({ lines }) => lines).toSorted((a, b) => a - b)[Math.floor(files.length / 2)]!;
    expect(median).toBeLessThanOrEqual(130);
  });

  test('no files need each other, but an expectation and its operators, which hold each other', () => {
    expect(circlesOf(sources)).toEqual([['oracle/match.ts', 'oracle/operators.ts']]);
    const planted = [
      { path: 'core/a.ts', text: "import { b } from './b.ts';" },
      { path: 'core/b.ts', text: "import { c } from './c.ts';" },
      { path: 'core/c.ts', text: "import { a } from './a.ts';" },
      { path: 'core/d.ts', text: "import type { e } from './e.ts';" },
      { path: 'core/e.ts', text: "import { d } from './d.ts';" },
    ];
    expect(circlesOf(planted)).toEqual([['core/a.ts', 'core/b.ts', 'core/c.ts']]);
  });

  test('no test is narrowed, left out or expected to fail', () => {
    const tests = ['test', 'evals'].flatMap((name) => sourcesOf(join(root, name)));
    expect(tests.length).toBeGreaterThan(10);
    const narrowed = /\b(it|test|describe)\.(only|skip|todo|fails)\b/;
    expect(tests.filter(({ text }) => narrowed.test(text)).map(({ path }) => path)).toEqual([]);
    expect(narrowed.test(['test', 'only'].join('.'))).toBe(true);
  });

  test('names are kebab-case', () => {
    expect(
      sources.map(({ path }) => path).filter((path) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.ts$/.test(path)),
    ).toEqual([]);
  });
});
