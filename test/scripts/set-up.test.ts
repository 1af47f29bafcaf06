import { describe, expect, test } from 'vitest';
// @ts-expect-error plain JavaScript, so that an old Node can run it
import { isInstalled } from '../../scripts/set-up/packages.mjs';
// @ts-expect-error plain JavaScript
import { isNewEnough } from '../../scripts/set-up/runtime.mjs';

const lock = {
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0', integrity: 'x' },
    'node_modules/b-darwin': { version: '2.0.0', optional: true },
  },
};

describe('set-up', () => {
  test('does nothing when what is installed is what the lockfile says', () => {
    expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'x' } } })).toBe(true);
  });

  test.each([
    ['a package is missing', {}],
    ['a package has another version', { 'node_modules/a': { version: '1.0.1', integrity: 'x' } }],
    ['a package has another content', { 'node_modules/a': { version: '1.0.0', integrity: 'y' } }],
  ])('installs when %s', (_, packages) => {
    expect(isInstalled(lock, { packages })).toBe(false);
  });

  test.each([
    ['20.20.2', false],
    ['22.17.1', false],
    ['22.18.0', true],
    ['24.1.0', true],
  ])('Node %s runs the sources as they are: %s', (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });
});
