import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Redactor } from '../../src/core/redact.ts';
import { recordingModel, replayingModel } from '../../src/models/cassette.ts';
import { ModelError, type Model, type ModelRequest } from '../../src/models/port.ts';
import { scriptedModel, type ScriptedReply } from '../../src/models/scripted.ts';

const SECRET = 'c4nary/päss "word"+7&<x>';
const redactor = new Redactor();
redactor.add('CANARY', SECRET);
const signal = new AbortController().signal;
const schema = z.strictObject({ pick: z.number(), why: z.string() });
const request = (page: string): ModelRequest => ({
  messages: [
    { role: 'system', content: 'Rules.' },
    { role: 'user', content: page },
  ],
  answer: { name: 'choice', schema },
  maxTokens: 100,
});

const record = async (replies: ScriptedReply[], pages: string[], volatile?: Record<string, string>): Promise<string> => {
  let tape = '';
  const model = recordingModel(scriptedModel(replies), {
    redactor,
    ...(volatile ? { volatile } : {}),
    write: (line) => {
      tape += line;
    },
  });
  for (const page of pages) await model.answer(request(page), signal).catch(() => undefined);
  return tape;
};
const missOf = async (model: Model, asked: ModelRequest): Promise<ModelError> => {
  const error = await model.answer(asked, signal).then(
    () => expect.fail('the cassette answered'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ModelError);
  expect((error as ModelError).fault).toBe('unrecorded');
  return error as ModelError;
};

describe('a cassette', () => {
  it('answers what was recorded, without the model', async () => {
    const tape = await record(
      [
        { pick: 1, why: 'first' },
        { pick: 2, why: 'second' },
      ],
      ['page one', 'page two'],
    );
    const model = replayingModel(tape, { redactor });
    expect((await model.answer(request('page two'), signal)).value).toEqual({ pick: 2, why: 'second' });
    expect((await model.answer(request('page one'), signal)).value).toEqual({ pick: 1, why: 'first' });
    expect(model.unused).toBe(0);
  });

  it('answers equal requests in the order they were recorded, and no more often', async () => {
    const tape = await record(
      [
        { pick: 1, why: '' },
        { pick: 2, why: '' },
      ],
      ['same', 'same'],
    );
    const model = replayingModel(tape, { redactor });
    expect([(await model.answer(request('same'), signal)).value, (await model.answer(request('same'), signal)).value]).toEqual([
      { pick: 1, why: '' },
      { pick: 2, why: '' },
    ]);
    expect((await missOf(model, request('same'))).message).toContain('holds this request 2 times');
  });

  it('plays faults back', async () => {
    const tape = await record([new ModelError('refused', 'the model refused')], ['page']);
    await expect(replayingModel(tape, { redactor }).answer(request('page'), signal)).rejects.toMatchObject({ fault: 'refused' });
  });

  it('names the line that differs from the nearest recording', async () => {
    const tape = await record(
      [
        { pick: 1, why: '' },
        { pick: 2, why: '' },
      ],
      ['a\nb\nbutton "Invite"', 'quite another page'],
    );
    expect((await missOf(replayingModel(tape, { redactor }), request('a\nb\nbutton "Remove"'))).message).toContain(
      'messages[1].content line 3 was "button \\"Invite\\"" and is "button \\"Remove\\""',
    );
  });

  it('misses when the schema of the answer has changed', async () => {
    const tape = await record([{ pick: 1, why: '' }], ['page']);
    const changed = { ...request('page'), answer: { name: 'choice', schema: z.strictObject({ pick: z.number() }) } };
    expect((await missOf(replayingModel(tape, { redactor }), changed)).message).toContain('answer.schema');
  });

  it('misses on an empty tape', async () => {
    expect((await missOf(replayingModel('', { redactor }), request('page'))).message).toContain('empty');
  });

  it('holds no secret in any encoding, and is found again without it', async () => {
    const forms = [
      SECRET,
      encodeURIComponent(SECRET),
      Buffer.from(SECRET).toString('base64'),
      Buffer.from(SECRET).toString('base64url'),
      JSON.stringify(SECRET),
      Buffer.from(SECRET).toString('hex'),
    ];
    const page = `the page shows ${forms.join(' and ')}`;
    const tape = await record([{ pick: 1, why: `because of ${SECRET}` }], [page]);
    for (const form of forms) {
      expect(tape).not.toContain(form);
      expect(tape).not.toContain(JSON.stringify(form).slice(1, -1));
    }
    expect((await replayingModel(tape, { redactor }).answer(request(page), signal)).value).toMatchObject({ pick: 1 });
  });

  it('is found again in another run, with that run’s own words in the answer', async () => {
    const tape = await record([{ pick: 1, why: 'types casey+aaa@example.test' }], ['values: casey+aaa@example.test'], {
      invitee: 'casey+aaa@example.test',
    });
    expect(tape).not.toContain('aaa');
    const model = replayingModel(tape, { redactor, volatile: { invitee: 'casey+bbb@example.test' } });
    expect((await model.answer(request('values: casey+bbb@example.test'), signal)).value).toEqual({
      pick: 1,
      why: 'types casey+bbb@example.test',
    });
  });

  it('is found again at another hour of another day, and still asks about other dates', async () => {
    const page = (time: string, day: string, due: string): string => `Last change ${day}, ${time}\nDue ${due}`;
    const taped = (today: string) => ({ redactor, today: new Date(today) });
    let tape = '';
    const model = recordingModel(scriptedModel([{ pick: 1, why: '' }]), {
      ...taped('2026-11-20T10:00:00Z'),
      write: (line) => {
        tape += line;
      },
    });
    await model.answer(request(page('19:19', '20 Nov', '3 May 2027')), signal);
    expect(
      (await replayingModel(tape, taped('2026-12-01T10:00:00Z')).answer(request(page('08:01', '1 Dec', '3 May 2027')), signal)).value,
    ).toEqual({ pick: 1, why: '' });
    expect(
      (await missOf(replayingModel(tape, taped('2026-12-01T10:00:00Z')), request(page('08:01', '1 Dec', '4 May 2027')))).message,
    ).toContain('Due 4 May 2027');
  });

  it('refuses a tape of another format', () => {
    expect(() => replayingModel('{"v":2}\n', { redactor })).toThrow(/line 1/);
  });
});

describe('a scripted model', () => {
  it('throws on a request that nobody expected', async () => {
    const model = scriptedModel([{ pick: 1, why: '' }]);
    await model.answer(request('one'), signal);
    await expect(model.answer(request('two'), signal)).rejects.toThrow(/unexpected call 2/);
    expect(model.requests).toHaveLength(2);
  });

  it('checks its own lines against the schema, as a real adapter does', async () => {
    await expect(scriptedModel([{ pick: 'one' }]).answer(request('one'), signal)).rejects.toMatchObject({ fault: 'malformed' });
  });
});
