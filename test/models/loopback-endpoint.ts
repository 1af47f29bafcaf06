import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the endpoint does with one request. */
export type Turn =
  | { status: number; body: string | object; headers?: Record<string, string> }
  | { play: (response: http.ServerResponse) => void };

export interface Seen {
  method: string;
  path: string;
  authorization: string | undefined;
  body: Record<string, unknown>;
}

/** An endpoint on 127.0.0.1 that plays a list of turns, the last one again and again, and remembers what it was asked. */
export async function openEndpoint(
  turns: readonly Turn[] | ((seen: Seen, index: number) => Turn),
): Promise<{ url: string; seen: Seen[]; close(): Promise<void> }> {
  const seen: Seen[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const call: Seen = {
      method: request.method ?? '',
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: text === '' ? {} : JSON.parse(text),
    };
    const index = seen.push(call) - 1;
    const turn = typeof turns === 'function' ? turns(call, index) : turns[Math.min(index, turns.length - 1)]!;
    if ('play' in turn) return turn.play(response);
    const json = typeof turn.body === 'object';
    response.writeHead(turn.status, { 'content-type': json ? 'application/json' : 'text/html', ...turn.headers });
    response.end(json ? JSON.stringify(turn.body) : turn.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A Chat Completions answer. */
export const completion = (
  content: string | null,
  more: { finish?: string; refusal?: string; usage?: object | null; toolArgs?: string } = {},
): Turn => ({
  status: 200,
  body: {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'test-model',
    choices: [
      {
        index: 0,
        finish_reason: more.finish ?? 'stop',
        logprobs: null,
        message: {
          role: 'assistant',
          content,
          refusal: more.refusal ?? null,
          ...(more.toolArgs
            ? { tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'answer', arguments: more.toolArgs } }] }
            : {}),
        },
      },
    ],
    ...(more.usage === null ? {} : { usage: more.usage ?? { prompt_tokens: 40, completion_tokens: 7, total_tokens: 47 } }),
  },
});

/** A Responses answer. */
export const response = (text: string | null, more: { incomplete?: string; refusal?: string } = {}): Turn => ({
  status: 200,
  body: {
    id: 'resp_1',
    object: 'response',
    created_at: 1,
    model: 'test-model',
    status: more.incomplete ? 'incomplete' : 'completed',
    incomplete_details: more.incomplete ? { reason: more.incomplete } : null,
    output: [
      {
        type: 'message',
        id: 'msg_1',
        role: 'assistant',
        status: 'completed',
        content: [more.refusal ? { type: 'refusal', refusal: more.refusal } : { type: 'output_text', text: text ?? '', annotations: [] }],
      },
    ],
    usage: { input_tokens: 40, output_tokens: 7, total_tokens: 47 },
  },
});
