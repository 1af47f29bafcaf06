import { describe, expect, test } from 'vitest';
import { negate } from '../../../src/report/narrative/negate.ts';
import { pastOf } from '../../../src/report/narrative/past.ts';

describe('what an invariant says, denied', () => {
  test.each([
    ['casey@example.test is an active editor of Acme', 'casey@example.test is not an active editor of Acme'],
    ['the charges were refunded', 'the charges were not refunded'],
    ['Acme has exactly one active subscription', 'Acme does not have exactly one active subscription'],
    ['the import has completed', 'the import has not completed'],
    ['the export holds all 24 records', 'the export does not hold all 24 records'],
    ['no background job of this journey failed', 'a background job of this journey failed'],
    ['no other organisation was touched', 'another organisation was touched'],
    ['a viewer cannot remove a member', 'a viewer can remove a member'],
    ['the old password is not accepted', 'the old password is accepted'],
    ['Every other organisation is untouched', 'it is not true that every other organisation is untouched'],
    ['Jo Park can no longer save the project, not even from an open page', 'Jo Park can still save the project, even from an open page'],
    ['the book Copper is not in the catalogue any more', 'the book Copper is still in the catalogue'],
    ['the old link no longer works', 'the old link still works'],
    ['nobody else is a member', 'it is not true that nobody else is a member'],
    ['the project "This is it" is active', 'the project "This is it" is not active'],
    ['a person who was invited is a member', 'it is not true that a person who was invited is a member'],
    [
      'exactly one invitation mail went to casey@example.test',
      'it is not true that exactly one invitation mail went to casey@example.test',
    ],
    ['Roadmap 2027 exists', 'Roadmap 2027 does not exist'],
    ['the subscription renews', 'it is not true that the subscription renews'],
    ['no', 'it is not true that no'],
    ['', 'it is not true that '],
  ])('%s', (says, denied) => expect(negate(says)).toBe(denied));
});

describe('what a person did, from the sentence that asked for it', () => {
  test.each([
    ['Invite casey@example.test as an editor', 'invited casey@example.test as an editor'],
    ['Open the invitation mail and accept it as "Casey User"', 'opened the invitation mail and accepted it as "Casey User"'],
    ['Sign up, verify the address, then create a workspace', 'signed up, verified the address, then created a workspace'],
    ['Drop the card on Done', 'dropped the card on Done'],
    ['Rename the project "Open and close" to "Close"', 'renamed the project "Open and close" to "Close"'],
    ['Pay with the test card and go back', 'paid with the test card and went back'],
    ['Choose Pro and Business', 'chose Pro and Business'],
    ['Open the list and search', 'opened the list and searched'],
  ])('%s', (sentence, told) => expect(pastOf(sentence)).toBe(told));

  test.each(['Ultimately the project is renamed', 'constructor the thing', '', '"Quoted"'])('%s is left for quoting', (sentence) =>
    expect(pastOf(sentence)).toBeUndefined(),
  );
});
