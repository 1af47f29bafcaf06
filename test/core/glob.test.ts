import { expect, test } from 'vitest';
import { pathMatcher } from '../../src/core/glob.ts';

test.each([
  ['src/billing/**', 'src/billing/plans/pro.ts', true],
  ['src/billing/**', 'src/billings/pro.ts', false],
  ['src/billing', 'src/billing/pro.ts', true],
  ['src/billing/', 'src/billing/deep/pro.ts', true],
  ['./src/a.ts', 'src/a.ts', true],
  ['**/*.{test,spec}.ts', 'a/b/c.spec.ts', true],
  ['**/*.{test,spec}.ts', 'c.test.ts', true],
  ['src/*.ts', 'src/a/b.ts', false],
  ['src/?.ts', 'src/ab.ts', false],
  ['app/(shop)/[id]/page.tsx', 'app/(shop)/[id]/page.tsx', true],
  ['src\\win\\**', 'src/win/a.ts', true],
  ['../shared/**', '../shared/a.ts', true],
])('%s and %s: %s', (glob, path, fits) => {
  expect(pathMatcher(glob)(path)).toBe(fits);
});
