import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { askFor } from '../../src/cli/first-intent.ts';

/** A person who answers each question with the next line, and leaves after the last. */
async function asked(given: Parameters<typeof askFor>[0], answers: string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let said = '';
  let left = [...answers];
  output.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (!text.includes('] ')) return;
    const [next, ...rest] = left;
    left = rest;
    if (next === undefined) input.end();
    else input.write(`${next}\n`);
  });
  const first = askFor(given, { input, output });
  return { first: await first.catch((error: unknown) => error), said };
}

describe('the questions of init', () => {
  test('are answered, and make a complete intent', async () => {
    const { first, said } = await asked({}, ['localhost:8080', 'Order a book', 'Order the book "${title}"', 'api/orders', '']);
    expect(first).toEqual({
      url: 'http://localhost:8080',
      title: 'Order a book',
      steps: ['Order the book "${title}"'],
      proof: '/api/orders',
      shows: '${title}',
      complete: true,
    });
    expect(said).toContain('The backend has the last word');
  });

  test('are not asked about what was given', async () => {
    const { first, said } = await asked({ url: 'http://x', title: 'T', step: ['S'], proof: '/p' }, ['done']);
    expect(first).toMatchObject({ title: 'T', steps: ['S'], shows: 'done' });
    expect(said).not.toContain('Where is the application?');
  });

  test('leaving them is an interruption, not a hang', async () => {
    expect((await asked({}, ['localhost:8080'])).first).toMatchObject({ code: 'INTERRUPTED' });
  });

  test('an address that is none is said', async () => {
    expect((await asked({}, ['::', 'a', 'b', 'c', 'd'])).first).toMatchObject({ code: 'USAGE' });
  });
});
