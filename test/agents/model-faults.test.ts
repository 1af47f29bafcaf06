import { afterEach, describe, expect, it } from 'vitest';
import { createModelAgent, type ModelCall } from '../../src/agents/model.ts';
import { actionsOf } from '../../src/agents/model/interpret.ts';
import { ACTS, type ModelAnswer } from '../../src/agents/model/answer.ts';
import { createModel } from '../../src/models/create.ts';
import { systemClock } from '../../src/runner/clock.ts';
import { candidate, page } from '../journey/page.ts';
import { completion, openEndpoint, type Turn } from '../models/loopback-endpoint.ts';
import { task } from './model-step.ts';

const observation = page({
  digest: 'd',
  candidates: [
    candidate(1, 'textbox', 'Email'),
    candidate(2, 'button', 'Send'),
    candidate(7, 'combobox', 'Role', { options: ['Viewer', 'Editor'] }),
  ],
  passages: [{ text: 'Your code is 481223', role: 'paragraph', context: {} }],
});
const good = JSON.stringify({ why: 'it sends', do: [{ act: 'click', on: 2, value: '' }], done: true, sure: true });

let endpoint: Awaited<ReturnType<typeof openEndpoint>> | undefined;
afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
});

const decideOn = async (turns: readonly Turn[]) => {
  endpoint = await openEndpoint(turns);
  const calls: ModelCall[] = [];
  const model = await createModel({
    config: { provider: 'openai', model: 'test-model', baseUrl: endpoint.url, api: 'chat', timeoutMs: 2_500 },
    env: {},
    clock: systemClock,
  });
  const agent = createModelAgent({ model, onCall: (call) => calls.push(call) });
  const decision = await agent.decide({ observation, step: task(), turns: [], earlier: [], signal: new AbortController().signal });
  return { decision, calls };
};

describe('a journey whose model endpoint is broken', () => {
  const broken: [string, Turn, string][] = [
    ['answers 429 for ever', { status: 429, body: { error: { message: 'slow' } }, headers: { 'retry-after-ms': '5' } }, 'rate_limited'],
    [
      'wants an hour of patience',
      { status: 429, body: { error: { message: 'slow' } }, headers: { 'retry-after': '3600' } },
      'rate_limited',
    ],
    [
      'answers 502 with a page',
      { status: 502, body: '<html><script>alert(1)</script><b>Bad gateway</b>', headers: { 'retry-after-ms': '5' } },
      'unavailable',
    ],
    ['hangs', { play: () => undefined }, 'timeout'],
    [
      'cuts the socket',
      { play: (response) => void response.writeHead(200, { 'content-length': '90' }).write('{"cho', () => response.destroy()) },
      'unavailable',
    ],
    ['cuts the answer', completion(good.slice(0, 40), { finish: 'length' }), 'truncated'],
    ['answers {}', { status: 200, body: {} }, 'malformed'],
    ['answers HTML', { status: 200, body: '<html>hello</html>' }, 'malformed'],
    ['refuses', completion(null, { refusal: 'I will not' }), 'refused'],
    ['filters', completion(null, { finish: 'content_filter' }), 'filtered'],
    ['does not know the key', { status: 401, body: { error: { message: 'no' } } }, 'denied'],
    ['talks', completion('I would click on Send.'), 'malformed'],
    ['invents a number', completion(good.replace('"on":2', '"on":3')), 'refused twice'],
    ['invents an action', completion(good.replace('"click"', '"submit"')), 'malformed'],
    ['adds a selector', completion(good.replace('"sure"', '"selector":"#send","sure"')), 'malformed'],
    ['leaves out whether it is sure', completion(good.replace(',"sure":true', '')), 'malformed'],
  ];
  for (const [what, turn, why] of broken) {
    it(`does nothing when it ${what}, and says so`, async () => {
      const { decision, calls } = await decideOn([turn]);
      expect(decision).toMatchObject({ kind: 'unsure', because: 'model', why: expect.stringContaining(why) });
      expect(calls.length).toBeGreaterThan(0);
      expect(calls.length).toBeLessThanOrEqual(2);
      expect(decision.why).not.toMatch(/[<>\n]/);
    });
  }

  it('goes on when the endpoint comes back', async () => {
    const { decision, calls } = await decideOn([{ status: 500, body: {}, headers: { 'retry-after-ms': '5' } }, completion(good)]);
    expect(decision).toMatchObject({ kind: 'act', action: { kind: 'click', target: 2 } });
    expect(calls).toMatchObject([{ outcome: 'ok', promptTokens: 40, completionTokens: 7, estimated: false }]);
  });
});

describe('whatever a model answers', () => {
  it('acts only on what is on the page, with words that somebody named', () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
    const values = [
      '',
      '$1',
      '$2',
      '$0',
      '$-1',
      '$99',
      'casey@example.test',
      'step:casey@example.test',
      'step:owner',
      'page:481223',
      'page:4812',
      'page:999',
      'page:Editor',
      'page:editor',
      'Enter',
      'a',
      'down',
      '/x',
      'page:/x',
      '7',
      '__proto__',
      'page:',
      'step:',
      '${secret:PW}',
      'page:•••',
    ];
    const numbers = [0, 1, 2, 7, 3, -1, 2.5, 1e9, Number.NaN, Number.POSITIVE_INFINITY];
    const ids = new Set(observation.candidates.map(({ id }) => id));
    const named = new Set(['casey@example.test', '481223', 'Editor']);
    let acted = 0;
    for (let round = 0; round < 4_000; round++) {
      const answer: ModelAnswer = {
        why: '',
        done: random() < 0.5,
        sure: true,
        do: Array.from({ length: 1 + Math.floor(random() * 4) }, () => ({ act: pick(ACTS), on: pick(numbers), value: pick(values) })),
      };
      const reading = actionsOf(answer, task(), observation);
      if ('complaint' in reading) continue;
      for (const action of reading.actions) {
        acted++;
        if ('target' in action && action.target !== undefined) expect(ids).toContain(action.target);
        if ('to' in action) expect(ids).toContain(action.to);
        const ref = 'value' in action ? action.value : 'option' in action ? action.option : undefined;
        if (ref && 'text' in ref) expect(named).toContain(ref.text);
        if (ref && 'name' in ref) expect(ref).toEqual({ from: 'var', name: 'invitee' });
        expect(['upload', 'goto', 'mail', 'dialog', 'tab', 'read-mail']).not.toContain(action.kind);
      }
    }
    expect(acted).toBeGreaterThan(500);
  });
});
