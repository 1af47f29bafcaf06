import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { getEncoding } from 'js-tiktoken';
import { createModelAgent } from '../../src/agents/model.ts';
import { answerSchema } from '../../src/agents/model/answer.ts';
import { RULES } from '../../src/agents/model/prompt.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { Agent } from '../../src/core/decision.ts';
import { Redactor } from '../../src/core/redact.ts';
import { jsonSchemaOf } from '../../src/models/answer-schema.ts';
import { openCassette, recordingModel } from '../../src/models/cassette.ts';
import { createModel } from '../../src/models/create.ts';
import type { Model } from '../../src/models/port.ts';

/** The model path over MiniWoB++: an agent for each episode, and what they all cost. */
export interface ModelPath {
  agent(): Agent;
  cost(): { calls: number; tokens: number };
}

const TAPE = { redactor: new Redactor(), volatile: { rules: RULES } };

/** Asks an endpoint and records it, or answers from a recording. */
export async function openModelPath({
  baseUrl,
  tape,
  clock,
}: {
  baseUrl: string | undefined;
  tape: string;
  clock: Clock;
}): Promise<ModelPath> {
  let model: Model;
  if (baseUrl === undefined) model = openCassette(readFileSync(tape, 'utf8')).model(TAPE);
  else {
    writeFileSync(tape, '');
    model = recordingModel(
      await createModel({ config: { provider: 'openai', model: 'by-hand', baseUrl, api: 'chat', timeoutMs: 900_000 }, env: {}, clock }),
      { ...TAPE, write: (line) => appendFileSync(tape, line) },
    );
  }
  const encoder = getEncoding('o200k_base');
  const count = (text: string): number => encoder.encode(text, 'all').length;
  const schema = count(JSON.stringify(jsonSchemaOf(answerSchema)));
  let [calls, tokens] = [0, 0];
  const counting: Model = {
    ...model,
    answer(request, signal) {
      calls += 1;
      tokens += schema + request.messages.reduce((sum, message) => sum + count(message.content), 0);
      return model.answer(request, signal);
    },
  };
  return { agent: () => createModelAgent({ model: counting }), cost: () => ({ calls, tokens }) };
}
