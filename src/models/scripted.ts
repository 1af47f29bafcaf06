import { ModelError, type Model, type ModelRequest } from './port.ts';
import { checkAnswer } from './read-answer.ts';

/** What a scripted model says to one request: a value, a fault, or a function of the request. */
export type ScriptedReply = ModelError | Record<string, unknown> | ((request: ModelRequest) => unknown);

/** A model for tests: says what it was given, in order. Throws on a request that nobody expected, and keeps every request. */
export function scriptedModel(replies: readonly ScriptedReply[]): Model & { readonly requests: ModelRequest[]; readonly left: number } {
  const requests: ModelRequest[] = [];
  return {
    spec: 1,
    id: 'scripted',
    provider: 'scripted',
    requests,
    get left() {
      return replies.length - requests.length;
    },
    async answer(request) {
      const reply = replies[requests.length];
      requests.push(request);
      if (reply === undefined)
        throw new Error(`unexpected call ${requests.length} of the scripted model: ${request.messages.at(-1)?.content.slice(0, 200)}`);
      const said = typeof reply === 'function' ? reply(request) : reply;
      if (said instanceof ModelError) throw said;
      return {
        value: checkAnswer(said, request.answer.schema),
        usage: { promptTokens: 100, completionTokens: 10, estimated: false },
        ms: 1,
      };
    },
  };
}
