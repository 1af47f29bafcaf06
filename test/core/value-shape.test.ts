import { describe, expect, it } from 'vitest';
import { shapeOf, shownInShape } from '../../src/core/value-shape.ts';
import { page } from '../journey/page.ts';

describe('the shape of a value that was read from a page', () => {
  it.each([
    ['tsk_a2a1bd5a158363aea51dd581', 'tsk_*'],
    ['482913', '*'],
    ['Business', 'Business'],
    ['ACME-2027', 'ACME-*'],
    ['12', '12'],
  ])('%s is kept as %s', (text, shape) => expect(shapeOf(text)).toBe(shape));

  it('finds the one of today, wherever it stands', () => {
    const today = page({ passages: [{ text: 'Copy it now: tsk_77aa0b1c2d3e', role: 'paragraph', context: {} }, { text: 'Order 12345', role: 'paragraph', context: {} }] });
    expect(shownInShape('tsk_*', today)).toEqual(['tsk_77aa0b1c2d3e']);
  });
  it('names all that fit, so that nobody guesses', () => {
    const two = page({ passages: [{ text: '111222 333444', role: 'paragraph', context: {} }] });
    expect(shownInShape('*', two)).toHaveLength(2);
  });
});
