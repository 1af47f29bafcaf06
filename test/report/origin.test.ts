import { describe, expect, test } from 'vitest';
import { foldEvents } from '../../src/report/fold.ts';
import { type Origin, originOf } from '../../src/report/origin.ts';
import { tellRun, type ToldInvariant, type ToldStep } from './synthetic/telling.ts';

const post = { method: 'POST', template: '/orders', status: 303 };
/** Steps of 240 ms with one action each, decided at 120 ms: 40–280, 280–520 … after a fixture of 40 ms. */
const commits: ToldStep = { acts: [{ line: 'click button "Order"' }], requests: [post] };
const looks: ToldStep = {
  acts: [{ line: 'click link "Orders"' }],
  requests: [{ method: 'GET', template: '/orders', status: 200, kind: 'document' }],
};
const follows: ToldStep = {
  acts: [{ line: 'open the link of the mail', action: 'mail' }],
  requests: [{ method: 'GET', template: '/verify/:token', status: 200, kind: 'document' }],
};

async function originIn(
  steps: ToldStep[],
  readings: ToldInvariant['readings'],
  actors = steps.map(() => 'buyer'),
): Promise<Origin | undefined> {
  const events = await tellRun([
    {
      id: 'order',
      title: 'Order',
      steps: actors.map((actor, index) => ({ actor, text: `step ${index + 1}`, tries: false, line: index + 1 })),
      attempts: [
        {
          status: 'passed',
          fixtures: [{ fixture: 'shop' }],
          steps,
          invariants: [
            { verdict: { name: 'ordered', says: 'it is ordered', mode: 'eventually', status: 'held', reason: 'converged' }, readings },
          ],
        },
      ],
    },
  ]);
  const [attempt] = foldEvents(events).intents[0]!.attempts;
  return originOf(attempt!.invariants[0]!, attempt!);
}

describe('the step that an answer of the backend goes back to', () => {
  test('the one that sent something, not the one that waited for it', async () => {
    expect(
      await originIn(
        [commits, looks],
        [
          [40, 'baseline', []],
          [290, 'watch', []],
          [540, 'poll', ['ordered']],
        ],
      ),
    ).toMatchObject({ step: 0 });
  });

  test('a read that begins together with an action tells what was before it', async () => {
    const readings: ToldInvariant['readings'] = [
      [40, 'baseline', []],
      [165, 'watch', []],
      [400, 'watch', ['ordered']],
      [700, 'poll', ['ordered']],
    ];
    expect(await originIn([commits, commits], readings)).toMatchObject({ step: 0 });
  });

  test('the link of a mail counts, for its token is used up', async () => {
    expect(
      await originIn(
        [commits, follows, looks],
        [
          [40, 'baseline', []],
          [290, 'watch', []],
          [540, 'watch', ['verified']],
          [800, 'poll', ['verified']],
        ],
      ),
    ).toMatchObject({ step: 1 });
  });

  test('what the world does counts', async () => {
    expect(
      await originIn(
        [looks, {}, looks],
        [
          [40, 'baseline', []],
          [530, 'watch', ['expired']],
          [800, 'poll', ['expired']],
        ],
        ['buyer', 'system', 'buyer'],
      ),
    ).toMatchObject({ step: 1 });
  });

  test('nothing when nobody did anything that could have', async () => {
    expect(
      await originIn(
        [looks, looks],
        [
          [40, 'baseline', []],
          [600, 'poll', ['ordered']],
        ],
      ),
    ).toBeUndefined();
  });

  test('the last change counts, and the time from the action until it was seen', async () => {
    const origin = await originIn(
      [commits, looks],
      [
        [40, 'baseline', []],
        [290, 'watch', ['pending']],
        [460, 'watch', ['ordered']],
        [800, 'final', ['ordered']],
      ],
    );
    expect(origin).toMatchObject({ step: 0 });
    expect(origin!.lagMs).toBeGreaterThan(250);
  });

  test('what is asked only at the end goes back to the step that speaks of it', async () => {
    const events = await tellRun([
      {
        id: 'reset',
        title: 'Reset',
        steps: ['Ask for a new link', 'Choose the password', 'Sign in'].map((text, index) => ({
          actor: 'customer',
          text,
          tries: false,
          line: index + 1,
        })),
        attempts: [
          {
            status: 'passed',
            fixtures: [{ fixture: 'shop' }],
            steps: [commits, commits, commits],
            invariants: [
              {
                verdict: { name: 'old', says: 'the old link no longer works', mode: 'eventually', status: 'held', reason: 'converged' },
                readings: [
                  [40, 'baseline', ['works']],
                  [900, 'final', []],
                ],
              },
            ],
          },
        ],
      },
    ]);
    const [attempt] = foldEvents(events).intents[0]!.attempts;
    expect(originOf(attempt!.invariants[0]!, attempt!)).toMatchObject({ step: 0 });
  });

  test('what a page sent in one step and was answered in the next belongs to the first', async () => {
    const slow: ToldStep = { ...looks, requests: [{ method: 'POST', template: '/orders/:id/follow', status: 200, ms: 200 }] };
    const events = await tellRun([
      {
        id: 'order',
        title: 'Order',
        steps: [1, 2].map((line) => ({ actor: 'buyer', text: `step ${line}`, tries: false, line })),
        attempts: [{ status: 'passed', fixtures: [{ fixture: 'shop' }], steps: [commits, slow], invariants: [] }],
      },
    ]);
    const [attempt] = foldEvents(events).intents[0]!.attempts;
    expect(attempt!.steps.map(({ requests }) => requests.map(({ request }) => request.template))).toEqual([
      ['/orders', '/orders/:id/follow'],
      [],
    ]);
  });
});
