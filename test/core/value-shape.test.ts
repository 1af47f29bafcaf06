import { describe, expect, it } from 'vitest';
import { isOfShape, shapeOf, shapeOfLine, shownInShape } from '../../src/core/value-shape.ts';
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
    const today = page({
      passages: [
        { text: 'Copy it now: tsk_77aa0b1c2d3e', role: 'paragraph', context: {} },
        { text: 'Order 12345', role: 'paragraph', context: {} },
      ],
    });
    expect(shownInShape('tsk_*', today)).toEqual(['tsk_77aa0b1c2d3e']);
  });
  it('names all that fit, so that nobody guesses', () => {
    const two = page({ passages: [{ text: '111222 333444', role: 'paragraph', context: {} }] });
    expect(shownInShape('*', two)).toHaveLength(2);
  });
});

describe('the shape of a line of a mail', () => {
  it.each([
    ['Welcome → http://localhost:40123/confirm/q8Zk-1xYw_vB3nT', '', 'Welcome → http://localhost:*/confirm/*'],
    ['Reset → https://app.test/reset?token=b1946ac92492d234&lang=en', '', 'Reset → https://app.test/reset?token=*&lang=en'],
    ["You're invited to ${org.name} → Accept invitation", '', "You're invited to ${org.name} → Accept invitation"],
    [
      'Hello ${person.email2024}, your order 7012 has changed → See it',
      'Open the mail about order 7012',
      'Hello ${person.email2024}, your order 7012 has changed → See it',
    ],
    ['Your order 7012 has changed → See it', 'Open the mail about the order', 'Your order * has changed → See it'],
  ])('%s', (line, sentence, shape) => expect(shapeOfLine(line, sentence)).toBe(shape));

  it.each([
    ['http://localhost:51999/confirm/Xy7_aa-Q0pLmN2z', 'http://localhost:*/confirm/*', true],
    ['http://localhost:51999/decline/Xy7_aa-Q0pLmN2z', 'http://localhost:*/confirm/*', false],
    ['http://localhost:51999/confirm/help', 'http://localhost:*/confirm/*', false],
    ['Your order 8034 has changed', 'Your order * has changed', true],
    ['Your order status has changed', 'Your order * has changed', false],
  ])('%s of %s: %s', (line, shape, fits) => expect(isOfShape(line, shape)).toBe(fits));
});
