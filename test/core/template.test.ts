import { describe, expect, it } from 'vitest';
import { referencesOf, resolveDeep, resolveText, UnresolvedReference } from '../../src/core/template.ts';
import { pathTemplate } from '../../src/core/path-template.ts';
import { slugOf } from '../../src/core/slug.ts';
import { formatDuration, parseDuration } from '../../src/core/duration.ts';

describe('templates', () => {
  const scope = { org: { id: 7, admin: { email: 'a@x.test' } }, list: [1] };

  it('keeps the type of a text that is one reference', () => expect(resolveText('${org.id}', scope)).toBe(7));
  it('fills references inside a text', () => expect(resolveText('#${org.id} of ${org.admin.email}', scope)).toBe('#7 of a@x.test'));
  it('leaves secrets as handles', () => expect(resolveText('with ${secret:PW}', scope)).toBe('with ${secret:PW}'));
  it('reads the environment with a fallback', () => {
    expect(resolveText('${env:A:-b}', scope, {})).toBe('b');
    expect(resolveText('${env:A:-b}', scope, { A: 'c' })).toBe('c');
  });
  it('says which reference is not defined', () => {
    expect(() => resolveText('${org.name}', scope)).toThrow(UnresolvedReference);
    expect(() => resolveText('${org.constructor}', scope)).toThrow('${org.constructor} is not defined');
  });
  it('reaches every string of a structure', () =>
    expect(resolveDeep({ a: ['${org.id}', { b: 'x${org.id}' }] }, scope)).toEqual({ a: [7, { b: 'x7' }] }));
  it('tells what a text refers to', () =>
    expect(referencesOf('${a.b} ${secret:S} ${env:E:-f}').map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'var a.b',
      'secret S',
      'env E',
    ]));
});

describe('path templates', () => {
  it.each([
    ['/orgs/42/members', '/orgs/:id/members'],
    ['/o/9f1c2d3e-1234-4a5b-8c6d-0123456789ab?x=1', '/o/:id'],
    ['/invitations/Zk3vT81qLm0PQ', '/invitations/:id'],
    ['/orgs/org_7f3k/projects', '/orgs/:id/projects'],
    ['/settings/billing', '/settings/billing'],
    ['/projects/prj_nxsNiVxbCjpL', '/projects/:id'],
    ['/join/dUqzLFYSKIaIrhDXNKQE-KoqLqepFNs_', '/join/:id'],
    ['/UserAccountSettings/myAccountPage', '/UserAccountSettings/myAccountPage'],
    ['/getting-started/sign_in', '/getting-started/sign_in'],
    ['/users/a%40x.test', '/users/:id'],
    ['/', '/'],
  ])('%s is %s', (path, template) => expect(pathTemplate(path)).toBe(template));
});

describe('file names', () => {
  it('keeps a plain name', () => expect(slugOf('invite-editor')).toBe('invite-editor'));
  it.each(['CON', 'a/../b', 'x:y', 'é', '🙂', 'a'.repeat(300)])('makes %s safe and distinct', (name) => {
    expect(slugOf(name)).toMatch(/^[a-z0-9][a-z0-9._-]{0,68}$/);
    expect(slugOf(name)).not.toBe(slugOf(`${name}x`));
  });
});

describe('durations', () => {
  it('reads what people write', () => expect(['250ms', '20s', '1.5m', '2h'].map(parseDuration)).toEqual([250, 20_000, 90_000, 7_200_000]));
  it('refuses what is none', () => expect(parseDuration('20 seconds-ish')).toBeUndefined());
  it('tells them as a person would', () => expect([340, 2400, 61_000].map(formatDuration)).toEqual(['340 ms', '2.4 s', '1 min 1 s']));
});
