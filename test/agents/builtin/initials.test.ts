import { describe, expect, it } from 'vitest';
import { goalsOf } from '../../../src/agents/builtin/goal.ts';
import { step } from '../pages.ts';

const read = (sentence: string): string[] =>
  goalsOf(step(sentence)).map(({ parts, clause }) => [clause.verb, ...parts.map(({ role, value }) => `${role} ${value.text}`)].join(' | '));

describe('a short form ends no sentence', () => {
  it.each([
    ['Assign the request R-2004 to M. Okoye', ['assign | entity R-2004 | typed M. Okoye']],
    ['Forward it to Dr. Holm', ['forward | typed Dr. Holm']],
    ['Assign it to J. R. Weber', ['assign | typed J. R. Weber']],
    // Behind the point stands another order.
    ['Assign it to team B. Then pay', ['assign | typed B', 'pay']],
    ['Choose plan B. Save it', ['choos | typed plan B', 'sav']],
  ])('%s', (sentence, goals) => {
    expect(read(sentence)).toEqual(goals);
  });
});

describe('to go on is to continue', () => {
  it.each([
    ['Choose Old Mill as the applicant and go on', ['choos | typed Old Mill', 'continu']],
    ['Move on to the next step', ['continu']],
    // A place that is gone to is named.
    ['Go on the orders page', ['go']],
  ])('%s', (sentence, goals) => {
    expect(read(sentence)).toEqual(goals);
  });
});
