import { expect, test } from 'vitest';
import { requestsDiffer } from '../../src/spec/same-request.ts';

const post = (url: string, json?: unknown) => ({ method: 'POST', url, ...(json === undefined ? {} : { json }) });

test.each([
  [
    'the same about another one',
    post('/o/${org.slug}/members/${dana.id}/remove', {}),
    post('/o/${control.slug}/members/${other.id}/remove', {}),
  ],
  ['numbers', post('/tickets/12/close'), post('/tickets/7/close')],
  ['titles', post('/page/Launch_plan'), post('/page/Control_plan')],
  [
    'a whole path of a fixture',
    post('${org.project.path}/delete', { confirm: 'x' }),
    post('${control.project.path}/delete', { confirm: 'y' }),
  ],
  ['a whole address of a fixture', post('${stale.url}', { password: 'x' }), post('${fresh.url}', { password: 'x' })],
])('%s is the same request', (_, refused, accepted) => expect(requestsDiffer(refused, accepted)).toBeUndefined());

test.each([
  ['another method', post('/a'), { method: 'GET', url: '/a' }, 'one is POST, the other GET'],
  [
    'another route',
    post('/members/${x.id}/remove'),
    post('/members/${y.id}/rename'),
    '/members/${x.id}/remove is not /members/${y.id}/rename',
  ],
  ['a longer route', post('/members/${x.id}'), post('/members/${y.id}/remove'), '/members/${x.id} is not /members/${y.id}/remove'],
  ['another end of an open route', post('${a.path}/delete'), post('${b.path}/edit'), '${a.path}/delete is not ${b.path}/edit'],
  [
    'other fields',
    post('/invite', { email: 'x', role: 'admin' }),
    post('/invite', { email: 'x' }),
    'they send JSON of different shapes: email, role, and email',
  ],
])('%s is not', (_, refused, accepted, why) => expect(requestsDiffer(refused, accepted)).toContain(why));
