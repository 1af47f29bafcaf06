import { estimateTokens, ModelError, type Model, type ModelBudget, type ModelMessage } from '../../models/port.ts';
import { answerSchema, type ModelAnswer } from './answer.ts';

/** One call as the journal keeps it. `outcome` is "ok", a fault, or what was wrong with the answer. */
export interface ModelCall {
  provider: string;
  model: string;
  promptTokens: number;
  completionTokens: number;
  estimated: boolean;
  ms: number;
  outcome: string;
}

export interface AskOptions {
  model: Model;
  budget: ModelBudget | undefined;
  onCall(call: ModelCall): void;
  mask(text: string): string;
  now(): number;
}

/** One question to the model: masked, within the budget, told to the journal with what became of the answer. Throws ModelError. */
export async function ask(
  options: AskOptions,
  question: { messages: ModelMessage[]; maxTokens: number; signal: AbortSignal; outcomeOf(answer: ModelAnswer): string },
): Promise<ModelAnswer> {
  const { model, budget, onCall, mask, now } = options;
  const messages = question.messages.map(({ role, content }) => ({ role, content: mask(content) }));
  const estimate = estimateTokens(messages.map((message) => message.content).join('\n'));
  budget?.admit(estimate);
  const started = now();
  const told = { provider: model.provider, model: model.id };
  try {
    const reply = await model.answer(
      { messages, answer: { name: 'next', schema: answerSchema }, maxTokens: question.maxTokens },
      question.signal,
    );
    budget?.add(reply.usage);
    const answer = reply.value as ModelAnswer;
    onCall({ ...told, ...reply.usage, ms: reply.ms, outcome: question.outcomeOf(answer) });
    return answer;
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    if (error.usage) budget?.add(error.usage);
    onCall({
      ...told,
      ...(error.usage ?? { promptTokens: estimate, completionTokens: 0, estimated: true }),
      ms: now() - started,
      outcome: error.fault,
    });
    throw error;
  }
}
