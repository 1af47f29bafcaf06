import type { RequestSeen } from '../../src/core/action.ts';
import type { Candidate, Observation } from '../../src/core/observation.ts';

/** An observation by hand, for rules that are pure functions of one. */
export const page = (more: Partial<Observation> = {}): Observation => ({
  url: 'https://app.test/members',
  path: '/members',
  title: 'Members',
  digest: 'd',
  candidates: [],
  notices: [],
  passages: [],
  repeats: [],
  tabs: [],
  mail: [],
  cut: [],
  ms: 1,
  ...more,
});

export const candidate = (id: number, role: string, name: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  role,
  name,
  inView: true,
  context: {},
  print: { tag: 'button', attrs: {}, path: 'main/button', box: { x: 0, y: 0, w: 10, h: 10 }, text: name, near: '' },
  ...more,
});

export const request = (more: Partial<RequestSeen> = {}): RequestSeen => ({
  id: 1,
  method: 'POST',
  url: 'https://app.test/invitations',
  template: '/invitations',
  status: 201,
  kind: 'fetch',
  changes: true,
  own: true,
  ...more,
});
