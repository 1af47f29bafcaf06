import { describe, expect, test } from 'vitest';
import { completion, type Seen, type Turn } from '../models/loopback-endpoint.ts';
import { answering, numberOf, questionOf, says, sentenceOf } from './answering.ts';
import { startNotes } from './notes-app.ts';
import { notesProject } from './notes-project.ts';
import { runInline } from './run-inline.ts';

const CONFIG = 'intentwright.config.yaml';
const INTENT = 'intents/add-note.intent.yaml';

const project = (url: string, config: string): Record<string, string> => {
  const files = notesProject(url);
  return { ...files, [CONFIG]: files[CONFIG]! + config };
};

/** Somebody who reads the page and does what the sentence says. */
const reader = (seen: Seen): Turn =>
  says([
    { act: 'fill', on: numberOf(seen, 'textbox "Note"'), value: '$1' },
    { act: 'click', on: numberOf(seen, 'button "Add note"') },
  ]);
const good = JSON.stringify({ why: 'x', do: [{ act: 'click', on: 2, value: '' }], done: true, sure: true });

interface Fault {
  turn(seen: Seen, times: number): Turn;
  status: string;
  cause: string | null;
  said: RegExp;
}

const fault = (turn: Turn, said: RegExp): Fault => ({ turn: () => turn, status: 'errored', cause: 'model', said });

/** What an endpoint or a model does wrong, by the first word of the note, and what a reader of the report is told. */
const FAULTS: Record<string, Fault> = {
  limited: fault(
    { status: 429, body: { error: { message: 'slow down' } }, headers: { 'retry-after-ms': '5' } },
    /rate_limited.*after 3 tries/,
  ),
  patient: fault(
    { status: 429, body: { error: { message: 'slow down' } }, headers: { 'retry-after': '86400' } },
    /rate_limited.*asks for a pause/,
  ),
  gateway: fault(
    { status: 502, body: '<html><script>alert(1)</script><b>Bad gateway</b></html>', headers: { 'retry-after-ms': '5' } },
    /unavailable.*502/,
  ),
  hanging: fault({ play: () => undefined }, /timeout: the model did not answer within/),
  cut: fault(
    { play: (response) => void response.writeHead(200, { 'content-length': '900' }).write('{"cho', () => response.destroy()) },
    /unavailable/,
  ),
  half: fault(completion(good.slice(0, 40), { finish: 'length' }), /truncated/),
  empty: fault({ status: 200, body: {} }, /malformed/),
  page: fault({ status: 200, body: '<html>hello</html>' }, /malformed/),
  invented: fault(says([{ act: 'click', on: 4711 }]), /refused twice: there is no number 4711/),
  unknown: fault(completion(good.replace('"click"', '"submit"')), /malformed.*do\.0\.act/),
  selector: fault(completion(good.replace('"sure"', '"selector":"button","sure"')), /malformed/),
  refusing: fault(completion(null, { refusal: 'I will not' }), /refused: the model refused: I will not/),
  filtered: fault(completion(null, { finish: 'content_filter' }), /filtered/),
  circling: {
    turn: (seen) =>
      says([{ act: 'click', on: numberOf(seen, /\/about "/.test(questionOf(seen)) ? 'link "Home"' : 'link "About"') }], { done: false }),
    status: 'blocked',
    cause: 'agent',
    said: /went round in circles.*About/,
  },
  claiming: { turn: () => says([]), status: 'failed', cause: 'agent', said: /sent no request that could change anything/ },
  doubting: {
    turn: (seen, times) => (times === 0 ? says(wishesOf(seen), { done: false }) : says([], { done: false, why: 'nothing happened' })),
    status: 'blocked',
    cause: 'agent',
    said: /sees no way: nothing happened/,
  },
  costly: {
    turn: () => says([{ act: 'reload' }], { done: false }),
    status: 'blocked',
    cause: 'budget',
    said: /budget of 6 model calls is spent/,
  },
  talking: {
    turn: (seen) =>
      completion(`Sure!\n\`\`\`json\n${JSON.stringify({ why: 'x', do: wishesOf(seen), done: true, sure: true })}\n\`\`\``, { usage: null }),
    status: 'passed',
    cause: null,
    said: /./,
  },
  healthy: { turn: reader, status: 'passed', cause: null, said: /./ },
};

const wishesOf = (seen: Seen) => [
  { act: 'fill', on: numberOf(seen, 'textbox "Note"'), value: '$1' },
  { act: 'click', on: numberOf(seen, 'button "Add note"'), value: '' },
];

describe('a model that fails', () => {
  test('never turns a run green, and every fault has its own words in a whole report', async () => {
    const app = await startNotes({ extra: '<nav><a href="/about">About</a> <a href="/">Home</a></nav>' });
    const asked = new Map<string, number>();
    const model = await answering((seen) => {
      const name = /"\[\$1 (\w+) /.exec(sentenceOf(seen))![1]!;
      const times = asked.get(name) ?? 0;
      asked.set(name, times + 1);
      return FAULTS[name]!.turn(seen, times);
    });
    const { [INTENT]: intent, ...rest } = project(app.url, `${model.config}budget: { modelCalls: 6 }\n`);
    const intents = Object.fromEntries(
      Object.keys(FAULTS).map((name) => [
        `intents/${name}.intent.yaml`,
        intent!.replace('note ${run.id}', `${name} \${run.id}`).replace('Add a note', `Add a note (${name})`).replace('3s', '1s'),
      ]),
    );
    const ran = await runInline({ ...rest, ...intents }, ['run', '--workers', '4', '--report', 'told']);

    const found = Object.fromEntries(
      ran.result!.intents.map(({ id, status, cause, sentence, steps, modelCalls }) => [
        id,
        { status, cause, text: `${sentence} ${JSON.stringify(steps)}`, modelCalls },
      ]),
    );
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(FAULTS).toSorted());
    const story = ran.read('told/markdown/index.md');
    const wrong = Object.entries(FAULTS).filter(
      ([name, { status, cause, said }]) =>
        found[name]!.status !== status ||
        found[name]!.cause !== cause ||
        !said.test(
          ran.stdout
            .replace(/\s+/g, ' ')
            .split('Add a note (')
            .filter((part) => part.startsWith(name))
            .join(' '),
        ),
    );
    expect(wrong.map(([name]) => ({ name, ...found[name] }))).toEqual([]);
    expect(ran.exitCode).toBe(3);
    expect(story).toContain('errored');
    // Only the two who read and acted have left a note, and each the one of its sentence; "doubting" did too, and did not say so.
    expect(app.notes.map((note) => note.split(' ')[0]).toSorted()).toEqual(['doubting', 'healthy', 'talking']);
    expect(ran.stdout + story).not.toContain('<script>alert(1)</script>');
    for (const name of Object.keys(FAULTS))
      expect({ name, calls: found[name]!.modelCalls }).toEqual({
        name,
        calls: expect.toSatisfy((calls: number) => calls >= 1 && calls <= 6),
      });
  });

  test('is refused before a browser starts when key or name are wrong, with the fix', async () => {
    const app = await startNotes();
    for (const [turn, fix] of [
      [{ status: 401, body: { error: { message: 'bad key' } } }, 'no key is sent'],
      [{ status: 404, body: { error: { message: 'no such model' } } }, 'it knows test-model'],
    ] as [Turn, string][]) {
      const model = await answering(() => turn);
      const files = project(app.url, model.config.replace('model: test-model', 'model: tset-model'));
      const ran = await runInline(files, ['run']);
      expect(ran).toMatchObject({ exitCode: 3, stderr: expect.stringMatching(/MODEL_DENIED/) });
      expect(ran.stderr).toContain(fix);
      expect(ran.has('.intentwright/runs/latest')).toBe(false);
    }
    expect(app.seen).toEqual([]);
  });

  test('is noted when it is merely down, and a journey that does not need it passes', async () => {
    const app = await startNotes();
    const ran = await runInline(project(app.url, 'agents: { model: { model: small, baseUrl: "http://127.0.0.1:9/v1", timeout: 1s } }\n'), [
      'run',
    ]);
    expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('the model small is not there now') });
    expect(ran.result!.intents[0]).toMatchObject({ status: 'passed', modelCalls: 0 });
  });

  test('is told no more of a huge page than it can read', async () => {
    const app = await startNotes({
      extra: `<p>${'long '.repeat(400_000)}</p>${Array.from({ length: 10_000 }, (_, index) => `<button>Action ${index}</button>`).join('')}`,
    });
    const model = await answering(reader);
    const ran = await runInline(project(app.url, model.config), ['run']);
    expect(ran.result!.intents[0]).toMatchObject({ status: 'passed', modelCalls: 1 });
    const question = questionOf(model.seen.at(-1)!);
    expect(question.length).toBeLessThan(15_000);
    expect(question).toMatch(/not shown|are shown|look/);
  });
});

describe('a cassette', () => {
  test('answers a run without network and key; a question that is not on it fails, naming what differs', async () => {
    const app = await startNotes();
    const model = await answering(reader);
    const { dir, ...recorded } = await runInline(project(app.url, model.config), ['run', '--record-model', 'tapes/notes.jsonl']);
    expect(recorded.result!.intents[0]).toMatchObject({ status: 'passed', modelCalls: 1 });
    expect(recorded.read('tapes/notes.jsonl')).toContain('Add the note \\"[$1 ‹note›]\\"');
    const calls = model.seen.length;
    app.notes.length = 0;
    const offline = project(
      app.url,
      'agents: { chain: [model], model: { model: test-model, baseUrl: "http://127.0.0.1:9/v1", keyEnv: NOT_SET } }\n',
    );
    const replayed = await runInline(offline, ['run', '--replay-model', 'tapes/notes.jsonl'], { dir });
    expect(replayed).toMatchObject({ exitCode: 0, stderr: '' });
    app.faults.extra = '<p>New here</p>';
    const missed = await runInline({}, ['run', '--replay-model', 'tapes/notes.jsonl'], { dir });
    expect(missed.exitCode).toBe(3);
    expect(missed.result!.intents[0]).toMatchObject({ status: 'errored', cause: 'model' });
    expect(missed.stdout.replace(/\s+/g, ' ')).toContain('and is "\\"New here\\""');
    expect(missed.stderr).toContain('1 answers of the cassette were not asked for');
    expect(model.seen).toHaveLength(calls);
    expect(await runInline({}, ['run', '--replay-model', 'no.jsonl'], { dir })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--record-model'),
    });
    expect(await runInline({}, ['run', '--agents', 'builtin', '--replay-model', 'tapes/notes.jsonl'], { dir })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--agents builtin,model'),
    });
  });
});
