import { describe, expect, it } from 'vitest';
import { leadsTowards, verbsOf, wordLikeness } from '../../src/agents/lexicon.ts';
import { likeness, Rarity, textMeaning } from '../../src/agents/meaning.ts';
import { content, stem, tokens } from '../../src/agents/words.ts';

describe('words', () => {
  it.each([
    ['invite', 'invitation'],
    ['create', 'creating'],
    ['verify', 'verification'],
    ['cancel', 'cancelled'],
    ['delete', 'deletion'],
    ['project', 'projects'],
    ['party', 'parties'],
    ['submit', 'submitted'],
    ['notify', 'notifications'],
  ])('“%s” and “%s” have one stem', (a, b) => {
    expect(stem(a)).toBe(stem(b));
  });

  it('folds what is written in two ways', () => {
    expect(tokens('Log in with your E-Mail')).toEqual(tokens('login with your email'));
    expect(tokens('Sign-in')).toEqual(['signin']);
    expect(content('To')).toEqual(['to']);
  });

  it('knows what means the same in an interface', () => {
    expect(wordLikeness(stem('workspace'), stem('organisation'))).toBeGreaterThan(0.7);
    expect(wordLikeness(stem('remove'), stem('delete'))).toBeGreaterThan(0.7);
    expect(wordLikeness(stem('delete'), stem('invite'))).toBe(0);
    expect([...verbsOf(stem('discard'))]).toContain('delete');
    expect(leadsTowards(stem('invite'), stem('members'))).toBeGreaterThan(leadsTowards(stem('invite'), stem('settings')));
  });
});

describe('likeness of meaning', () => {
  it('is 1 only for texts that say the same', () => {
    expect(textMeaning('Delete project', 'Remove the project').score).toBeGreaterThan(0.8);
    expect(textMeaning('Project name', 'Project name').score).toBe(1);
    expect(textMeaning('Delete project', 'Delete account').score).toBeLessThan(0.7);
    expect(textMeaning('Delete', '').score).toBe(0);
  });

  it('lets rare words tell more than words that are everywhere', () => {
    const rarity = new Rarity(['Edit project', 'Delete project', 'Share project', 'Archive project']);
    const rare = likeness([stem('share'), stem('project')], [stem('share'), stem('link')], rarity);
    const common = likeness([stem('share'), stem('project')], [stem('other'), stem('project')], rarity);
    expect(rare.covered).toBeGreaterThan(common.covered);
  });
});
