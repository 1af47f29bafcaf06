import { describe, expect, it } from 'vitest';
import { refind } from '../../src/agents/relocate.ts';
import type { Fingerprint } from '../../src/core/observation.ts';
import { control, page } from './pages.ts';

const print: Fingerprint = { tag: 'button', attrs: { id: 'invite', type: 'button' }, path: 'main/form/div', box: { x: 10, y: 20, w: 100, h: 20 }, text: 'Invite', near: 'Members Export Invite' };
const lost = (more: object = {}) => ({ target: { role: 'button', name: 'Invite' }, page: '/members', commits: false, print, ...more });
const members = (...controls: ReturnType<typeof control>[]) => page({ path: '/members', controls });

describe('a lost element', () => {
  it('is the one with the same role and name, wherever it stands now', () => {
    const observation = members(control('button', 'Export'), control('button', 'Invite', { context: { heading: 'People', landmark: 'region People' } }));
    expect(refind(observation, lost({ target: { role: 'button', name: 'Invite', landmark: 'main' } }))).toMatchObject({ candidate: { id: 2 }, kind: 'moved', score: 1 });
  });

  it('is found under another name by its identifiers and its meaning', () => {
    const observation = members(control('button', 'Invite people', { attrs: { id: 'invite', type: 'button' }, near: 'Members' }), control('button', 'Settings', { at: [600, 400] }));
    expect(refind(observation, lost())).toMatchObject({ candidate: { id: 1 }, kind: 'renamed' });
  });

  it('that was removed is not there, though its neighbour stands in its place', () => {
    const observation = members(control('button', 'Export', { attrs: { type: 'button' }, near: 'Members Export' }));
    expect(refind(observation, lost())).toMatchObject({ why: expect.stringContaining('not there any more') });
  });

  it('that could be two is neither', () => {
    const twice = members(control('button', 'Invite', { context: { heading: 'A' } }), control('button', 'Invite', { context: { heading: 'B' } }));
    expect(refind(twice, lost())).toMatchObject({ why: expect.stringContaining('2 elements'), between: expect.any(Array) });
  });

  it('of one row is never found in another', () => {
    const observation = members(control('button', 'Remove', { context: { row: 'Bert bert@example.test' } }));
    expect(refind(observation, lost({ target: { role: 'button', name: 'Remove', row: 'Anna' } }))).toHaveProperty('why');
  });

  it('whose row was only its group by another name is found by the group, and in no other', () => {
    const target = { role: 'option', name: 'Product launch', row: 'Template', group: 'Template', dialog: 'New project' };
    const option = (group: string, row?: string) => members(control('option', 'Product launch', { context: { dialog: 'New project', group, ...(row === undefined ? {} : { row }) } }));
    expect(refind(option('Template'), lost({ target }))).toMatchObject({ candidate: { id: 1 }, kind: 'moved' });
    expect(refind(option('Colour'), lost({ target }))).toHaveProperty('why');
    expect(refind(option('Template', 'Another row'), lost({ target }))).toHaveProperty('why');
    expect(refind(option('Template'), lost({ target: { ...target, row: 'Anna' } }))).toHaveProperty('why');
  });

  it('that sends something is not taken from another page for its name alone', () => {
    const elsewhere = page({ path: '/settings', controls: [control('button', 'Save')] });
    expect(refind(elsewhere, lost({ target: { role: 'button', name: 'Save' }, commits: true }))).toHaveProperty('why');
  });

  it('keeps its kind: a button is not taken for a text field', () => {
    const observation = members(control('textbox', 'Invite', { attrs: { id: 'invite' } }));
    expect(refind(observation, lost())).toHaveProperty('why');
  });
});
