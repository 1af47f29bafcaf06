import type { RunStory } from '../../../src/report/story.ts';
import { foldEvents } from '../../../src/report/fold.ts';
import { allIntents } from './teamspace.ts';
import { tellRun, type ToldIntent } from './telling.ts';

/** What a page, a mail or a backend may say to whoever reads reports of it. Each begins in a way of its own, so that what came through can be told. */
export const PAYLOADS: Record<string, string> = {
  html: 'pwn-html <script>alert(1)</script><img src=x onerror=alert(2)> "><svg onload=alert(3)> <!-- x --> </details></pre></code> &lt;b&gt;',
  xml: 'pwn-xml ]]></failure></testcase><testcase name="forged"/> <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]> &e;',
  markdown:
    'pwn-md | a | b |\n|---|---|\n# Heading\n- [x] item\n> quote\n[click](javascript:alert(1)) ![i](https://evil.test/i.png) <https://evil.test> https://evil.test www.evil.test **bold** __u__ ~~s~~ $x$ @everyone #12',
  fence: 'pwn-fence `code` ``` \n```\n# out of the fence\n~~~\n````js\nalert(1)',
  terminal:
    'pwn-esc \u001b[31mred\u001b[0m \u001b]8;;https://evil.test\u0007link\u001b]8;;\u0007 \u001b]0;title\u0007 \u001b[2J \u009b31m \u0007\u0008\r overwritten \u202eevil\u202c \u200bhidden',
  commands:
    "pwn-cmd\n::error file=a,line=1::forged\n::set-output name=a::b\n::add-mask::x\n##vso[task.setvariable variable=a]b\n##[error]forged\n##teamcity[testFailed name='a']\n::stop-commands::t",
  chat: 'pwn-chat <!channel> <!here> <@U123> <https://evil.test|click> @here @channel #general [click](https://evil.test) ![i](https://evil.test/i.png) *bold* https://evil.test',
};

/** Every story there is, with the text wherever somebody else has a say. */
export async function hostileStory(payload: string): Promise<RunStory> {
  const told = structuredClone(allIntents) as ToldIntent[];
  for (const intent of told) {
    Object.assign(intent, {
      title: payload,
      why: payload,
      owner: payload,
      touches: [payload],
      ...(intent.skipped === undefined ? {} : { skipped: payload }),
    });
    for (const step of intent.steps) Object.assign(step, { text: payload, actor: payload });
    for (const attempt of intent.attempts) {
      if (attempt.cause) attempt.causeWhy = payload;
      if (attempt.conduct && 'why' in attempt.conduct) attempt.conduct.why = payload;
      for (const fixture of attempt.fixtures ?? []) Object.assign(fixture, { fixture: payload, error: payload });
      attempt.preconditions = [{ met: attempt.status !== 'unproven', why: payload }];
      attempt.notes = [{ level: 'warning', code: 'X', message: payload }];
      attempt.lockfile = { state: 'proposed', file: payload, was: `kept\n${payload}\n`, patch: `kept\n+${payload}\n`, why: payload };
      for (const step of attempt.steps ?? []) {
        Object.assign(step, {
          title: payload,
          page: payload,
          notices: [{ kind: 'alert', text: payload }],
          pageEvents: [{ kind: 'exception', text: payload }],
          unsure: [{ agent: 'replay', why: payload }],
          between: [payload],
        });
        if (step.status !== 'not-reached') step.why = payload;
        step.adaptations = [{ kind: 'renamed', from: payload, to: payload, note: payload, score: 0.8, margin: 0.3, runnerUp: payload }];
        for (const act of step.acts ?? [])
          Object.assign(act, { line: payload, error: payload, ok: false, target: { role: payload, name: payload, row: payload } });
        for (const request of step.requests ?? []) Object.assign(request, { template: payload, method: payload, failed: payload });
      }
      for (const { verdict, readings } of attempt.invariants ?? []) {
        Object.assign(verdict, {
          says: payload,
          expected: payload,
          found: payload,
          diff: [`[0].x: expected ${payload}, found ${payload}`],
        });
        readings.push([
          readings.at(-1)![0] + 10,
          'final',
          [{ kind: payload, status: 'failed', error: payload, attempts: 3, [payload]: payload }],
        ]);
      }
    }
  }
  return foldEvents(
    await tellRun(told, { command: payload, commit: payload, model: payload, target: { name: payload, url: payload, production: false } }),
  );
}
