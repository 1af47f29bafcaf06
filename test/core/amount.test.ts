import { expect, test } from 'vitest';
import { sameAmount } from '../../src/core/amount.ts';

test.each([
  ['1,5', '15'],
  ['12.50', '1250'],
  ['-5', '5'],
  ['0.5', '5'],
  ['1.5', '1.05'],
  ['1,234.50', '(1,234.50)'],
])('%s is not %s', (typed, held) => expect(sameAmount(typed, held)).toBe(false));

test.each([
  ['1.5', '1.50'],
  ['1,5', '1.5'],
  ['-5', '−5'],
  ['-5', '(5.00)'],
  ['1234.5', '$1,234.50'],
  ['1,500', '1500'],
  ['1000.00', '1.000,00 €'],
  ['0.5', '.5'],
  ['5551234567', '(555) 123-4567'],
  ['03.04.2027', '03/04/2027'],
  ['4111 1111 1111 1111', '4111111111111111'],
  ['12345', '12,345'],
  ['a.b', 'ab'],
])('%s may be shown as %s', (typed, held) => expect(sameAmount(typed, held)).toBe(true));
