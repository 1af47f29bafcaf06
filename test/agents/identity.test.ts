import { expect, test } from 'vitest';
import { sight } from '../../src/agents/identity.ts';
import { control, page } from './pages.ts';

const of = (...rows: string[]) => page({ controls: rows.map((row) => control('button', 'Delete', { context: { row } })) });
const target = { role: 'button', name: 'Delete', row: 'Copper' };

test('the button of a row that is gone has not gone to another row', () => {
  expect(sight(of('Amber', 'Silver'), target)).toEqual({
    missing: 'moved',
    why: 'button “Delete” in the row “Copper” is not on the page, only those of other rows',
  });
  expect(sight(page({ controls: [control('button', 'Delete')] }), target)).toMatchObject({
    why: expect.stringContaining('stands elsewhere now'),
  });
  expect(sight(of('Amber', 'Copper'), target)).toMatchObject({ found: { id: 2 } });
});
