import { pathMatcher } from '../../core/glob.ts';
import type { Change } from './change.ts';
import { significantText } from './significant.ts';

const DOCUMENTS = [
  '**/*.{md,mdx,rst,adoc}',
  '**/{LICENSE,LICENCE,NOTICE,AUTHORS,CHANGELOG,CONTRIBUTING,CODEOWNERS}{,.txt}',
  '{docs,doc}/**',
  '.github/{CODEOWNERS,FUNDING.yml}',
  '.github/{ISSUE_TEMPLATE,PULL_REQUEST_TEMPLATE}{,.md}',
].map(pathMatcher);
const TESTS = [
  '**/{test,tests,__tests__,__mocks__,__snapshots__,spec,e2e,cypress}/**',
  '{test,tests,spec}/**',
  '**/*.{test,spec,stories,bench}.{js,ts,jsx,tsx,mjs,cjs,mts,cts}',
  '**/{test_*,*_test,conftest}.{py,go}',
  '**/*_spec.rb',
  '**/*{Test,Tests,Spec}.{java,kt,cs,scala}',
].map(pathMatcher);
const DESK = [
  '**/.{editorconfig,gitignore,gitattributes,prettierrc,prettierignore,eslintignore,nvmrc}',
  '**/.prettierrc.*',
  '**/.eslintrc{,.*}',
  '**/{biome,renovate,knip}.json{,c}',
  '**/{eslint,prettier,vitest,jest,playwright,knip}.config.*',
  '.{vscode,idea,husky}/**',
].map(pathMatcher);

/** Why a change cannot have changed what the application does, by what it says: undefined when it may have. */
export function sameBehaviour(change: Change): string | undefined {
  const { before, after, kind, was, path } = change;
  if (kind !== 'modified' || was !== undefined || before === undefined || after === undefined) return undefined;
  if (before === after) return 'only its mode changed';
  const [old, now] = [significantText(path, before), significantText(path, after)];
  return old !== undefined && old === now ? 'only comments and layout changed' : undefined;
}

/** Why a file is no part of the application, by its name: documents, tests, settings of a developer's desk, what the config ignores. */
export function outsideApplication(path: string, ignored: readonly string[]): string | undefined {
  if (ignored.some((glob) => pathMatcher(glob)(path))) return 'the config’s selection.ignore names it';
  if (DOCUMENTS.some((fits) => fits(path))) return 'a document';
  if (TESTS.some((fits) => fits(path))) return 'a test of its own';
  return DESK.some((fits) => fits(path)) ? 'a setting of the developers’ tools' : undefined;
}
