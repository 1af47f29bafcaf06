import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ModelError, type Model, type ModelFault, type ModelRequest } from '../../src/models/port.ts';
import { completion, openEndpoint, response, type Turn } from '../models/loopback-endpoint.ts';

export interface ModelUnderTest {
  name: string;
  api: 'chat' | 'responses';
  open(baseUrl: string, timeoutMs: number): Promise<Model>;
}

const schema = z.strictObject({ number: z.number().int(), why: z.string() });
const request: ModelRequest = {
  messages: [
    { role: 'system', content: 'Rules.' },
    { role: 'user', content: 'The page.' },
  ],
  answer: { name: 'choice', schema },
  maxTokens: 200,
};
const good = JSON.stringify({ number: 3, why: 'it says so' });

/** Every adapter behaves alike on a good endpoint and on each fault of a bad one. */
export function describeModel(under: ModelUnderTest): void {
  const say = (text: string | null, more: { cut?: boolean; filtered?: boolean; refusal?: string } = {}): Turn =>
    under.api === 'chat'
      ? completion(text, {
          ...(more.cut ? { finish: 'length' } : more.filtered ? { finish: 'content_filter' } : {}),
          ...(more.refusal ? { refusal: more.refusal } : {}),
        })
      : response(text, {
          ...(more.cut ? { incomplete: 'max_output_tokens' } : more.filtered ? { incomplete: 'content_filter' } : {}),
          ...(more.refusal ? { refusal: more.refusal } : {}),
        });

  describe(`a model behind ${under.name}`, () => {
    let endpoint: Awaited<ReturnType<typeof openEndpoint>> | undefined;
    afterEach(async () => {
      await endpoint?.close();
      endpoint = undefined;
    });
    const serve = async (turns: readonly Turn[], timeoutMs = 5_000): Promise<Model> => {
      endpoint = await openEndpoint(turns);
      return under.open(endpoint.url, timeoutMs);
    };
    const faultOf = async (model: Model, signal = new AbortController().signal): Promise<ModelError> => {
      const thrown = await model.answer(request, signal).then(
        (reply) => expect.fail(`answered ${JSON.stringify(reply)}`),
        (error: unknown) => error,
      );
      expect(thrown).toBeInstanceOf(ModelError);
      return thrown as ModelError;
    };
    const expectFault = async (turns: readonly Turn[], fault: ModelFault, calls: number, timeoutMs?: number): Promise<ModelError> => {
      const error = await faultOf(await serve(turns, timeoutMs));
      expect({ fault: error.fault, calls: endpoint!.seen.length }).toEqual({ fault, calls });
      expect(error.message).not.toMatch(/\n|<html|<script/i);
      expect(error.message.length).toBeLessThan(500);
      return error;
    };
    const ask = async (model: Model) => model.answer(request, new AbortController().signal);

    it('answers with a value that fits the schema, and with what it cost', async () => {
      const model = await serve([say(good)]);
      expect(await ask(model)).toMatchObject({
        value: { number: 3, why: 'it says so' },
        usage: { promptTokens: 40, completionTokens: 7, estimated: false },
      });
      expect(endpoint!.seen).toHaveLength(1);
      expect(JSON.stringify(endpoint!.seen[0]!.body)).toContain('"json_schema"');
    });

    it('tries again after 429 and 500, honouring a short Retry-After', async () => {
      const model = await serve([
        { status: 429, body: { error: { message: 'slow down' } }, headers: { 'retry-after-ms': '20' } },
        { status: 500, body: { error: { message: 'oops' } }, headers: { 'retry-after': '0' } },
        say(good),
      ]);
      expect((await ask(model)).value).toEqual({ number: 3, why: 'it says so' });
      expect(endpoint!.seen).toHaveLength(3);
    });

    it('gives up on 429 after two more tries', () =>
      expectFault([{ status: 429, body: { error: { message: 'slow down' } }, headers: { 'retry-after-ms': '5' } }], 'rate_limited', 3));

    it('does not wait for an absurd Retry-After', async () => {
      const error = await expectFault(
        [{ status: 429, body: { error: { message: 'slow down' } }, headers: { 'retry-after': '3600' } }],
        'rate_limited',
        1,
      );
      expect(error.message).toContain('60 min');
    });

    it('does not try again when the quota is used up', () =>
      expectFault(
        [{ status: 429, body: { error: { message: 'You exceeded your quota', code: 'insufficient_quota', type: 'insufficient_quota' } } }],
        'rate_limited',
        1,
      ));

    it('tells a 502 with an HTML page in one line', async () => {
      await expectFault(
        [
          {
            status: 502,
            body: `<html><head><style>b{}</style></head><body><h1>Bad\nGateway</h1>${'<p>x</p>'.repeat(5000)}</body></html>`,
            headers: { 'retry-after-ms': '5' },
          },
        ],
        'unavailable',
        3,
      );
    });

    it('stops a call that hangs at the deadline over all tries', () => expectFault([{ play: () => undefined }], 'timeout', 1, 250));

    it('stops an answer that drips in byte by byte', () =>
      expectFault(
        [
          {
            play: (res) => {
              res.writeHead(200, { 'content-type': 'application/json' });
              const drip = setInterval(() => res.write(' '), 20);
              res.on('close', () => clearInterval(drip));
            },
          },
        ],
        'timeout',
        1,
        300,
      ));

    it('stops at once when the run is stopped', async () => {
      const model = await serve([{ play: () => undefined }]);
      const stop = new AbortController();
      const failed = faultOf(model, stop.signal);
      stop.abort(new Error('SIGINT'));
      expect((await failed).message).toContain('stopped');
    });

    it('asks once more after a socket that was cut in mid-body', async () => {
      const cut: Turn = {
        play: (res) => {
          res.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
          res.write('{"id":"chatcmpl-1","choi');
          setImmediate(() => res.destroy());
        },
      };
      await expectFault([cut], 'unavailable', 2);
    });

    it('says that an endpoint that is not there cannot be reached', async () => {
      const model = await serve([say(good)]);
      await endpoint!.close();
      expect((await faultOf(model)).fault).toBe('unavailable');
    });

    it('never takes half an answer', async () => {
      await expectFault([say('{"number":3,"why":"it sa', { cut: true })], 'truncated', 1);
    });

    it('never takes an answer that is whole by accident but was cut', async () => {
      await expectFault([say(good, { cut: true })], 'truncated', 1);
    });

    it('calls a page that is too long for the context truncated', () =>
      expectFault(
        [
          {
            status: 400,
            body: { error: { message: "This model's maximum context length is 4096 tokens.", code: 'context_length_exceeded' } },
          },
        ],
        'truncated',
        1,
      ));

    for (const [what, turn] of [
      ['{}', { status: 200, body: {} }],
      ['an HTML page', { status: 200, body: '<html><body>Sign in to the proxy</body></html>' }],
      ['JSON that breaks off', { status: 200, body: '{"choices": [', headers: { 'content-type': 'application/json' } }],
      ['no choices', { status: 200, body: { id: 'x', object: 'chat.completion', choices: [], output: [] } }],
      ['nothing', { status: 200, body: '', headers: { 'content-type': 'application/json' } }],
      ['wrong types', { status: 200, body: { id: 'x', choices: 'none', output: 'none' } }],
    ] as [string, Turn][])
      it(`calls ${what} malformed`, () => expectFault([turn], 'malformed', 1));

    for (const [what, text] of [
      ['prose', 'I would click the button.'],
      ['a wrong type', '{"number":"three","why":""}'],
      ['an extra key', '{"number":3,"why":"","selector":"#a"}'],
      ['a missing key', '{"number":3}'],
      ['an empty text', ''],
    ] as const)
      it(`calls an answer with ${what} malformed`, async () => {
        const model = await serve([say(text)]);
        const error = await faultOf(model);
        expect(error.fault).toBe('malformed');
        expect(error.usage?.promptTokens).toBeGreaterThan(0);
        // One more question in words where an SDK threw the text away; never a loop.
        expect(endpoint!.seen.length).toBeLessThanOrEqual(2);
      });

    it('tells a refusal from a fault', async () => {
      expect((await expectFault([say(null, { refusal: 'I cannot help with that.' })], 'refused', 1)).message).toContain('I cannot help');
    });

    it('tells a content filter from a fault', () => expectFault([say(null, { filtered: true })], 'filtered', 1));

    for (const status of [401, 403, 404])
      it(`does not try again after ${status}`, () => expectFault([{ status, body: { error: { message: 'no' } } }], 'denied', 1));

    it('reads JSON that a server without structured output wraps in prose and fences', async () => {
      const model = await serve([say(`<think>{"number":9}</think>Sure!\n\`\`\`json\n${good}\n\`\`\``)]);
      expect((await ask(model)).value).toEqual({ number: 3, why: 'it says so' });
    });

    it('puts the schema into words for a server that refuses response_format, and remembers', async () => {
      endpoint = await openEndpoint((seen) =>
        /json_schema|json_object/.test(JSON.stringify(seen.body['response_format'] ?? seen.body['text'] ?? {}))
          ? { status: 400, body: { error: { message: 'response_format is not supported by this server' } } }
          : say(good),
      );
      const model = await under.open(endpoint.url, 5_000);
      await ask(model);
      const first = endpoint.seen.length;
      await ask(model);
      expect(endpoint.seen.length).toBe(first + 1);
      expect(JSON.stringify(endpoint.seen.at(-1)!.body)).toContain('JSON Schema');
    });

    it('leaves out a temperature that the model does not take', async () => {
      endpoint = await openEndpoint((seen) =>
        'temperature' in seen.body
          ? { status: 400, body: { error: { message: "Unsupported value: 'temperature' does not support 0" } } }
          : say(good),
      );
      expect((await ask(await under.open(endpoint.url, 5_000))).value).toEqual({ number: 3, why: 'it says so' });
    });

    it('estimates what it cost when the server does not say', async () => {
      const silent = say(good) as { status: number; body: Record<string, unknown> };
      const { usage: _usage, ...body } = silent.body;
      const reply = await ask(await serve([{ status: 200, body }]));
      expect(reply.usage.estimated).toBe(true);
      expect(reply.usage.promptTokens).toBeGreaterThan(0);
    });
  });
}
