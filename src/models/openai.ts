import type { OpenAI } from 'openai';
import type { Clock } from '../core/clock.ts';
import type { ModelConfig } from '../core/config.ts';
import { jsonSchemaOf, withSchemaInWords } from './answer-schema.ts';
import { lowered, type Dialect } from './dialect.ts';
import { mishapOf } from './fault.ts';
import { askPatiently } from './patience.ts';
import { estimateTokens, ModelError, type Model, type ModelRequest, type ModelUsage } from './port.ts';
import { readAnswer } from './read-answer.ts';

const OPENAI = 'https://api.openai.com/v1';

export interface OpenAIOptions {
  config: ModelConfig;
  key: string | undefined;
  clock: Clock;
}

/** What either API said, told alike. */
interface Said {
  text: string;
  refusal?: string;
  ended: 'complete' | 'length' | 'filtered';
  usage?: { prompt: number; completion: number };
}

/** Any endpoint that speaks Chat Completions (or Responses): OpenAI, Ollama, LM Studio, llama.cpp, vLLM, gateways. */
export async function openaiModel({ config, key, clock }: OpenAIOptions): Promise<Model> {
  const client = await openaiClient(config, key);
  const ask = config.api === 'responses' ? askResponses : askChat;
  let dialect: Dialect = {
    format: 'json_schema',
    tokenLimit: config.baseUrl && config.api === 'chat' ? 'max_tokens' : 'max_completion_tokens',
    temperature: true,
  };

  const askInDialect = async (request: ModelRequest, signal: AbortSignal): Promise<Said> => {
    for (;;) {
      try {
        return await ask(client, config.model, request, dialect, signal);
      } catch (thrown) {
        const { error, status } = mishapOf(thrown);
        const next = lowered(dialect, status, error.message);
        if (!next) throw thrown;
        dialect = next;
      }
    }
  };

  return {
    spec: 1,
    id: config.model,
    provider: 'openai',
    async answer(request, signal) {
      const started = clock.now();
      return askPatiently(
        async (inTime) => {
          const said = await askInDialect(request, inTime);
          const usage = usageOf(request, said);
          if (said.refusal) throw new ModelError('refused', `the model refused: ${said.refusal.slice(0, 200)}`, { usage });
          if (said.ended === 'filtered') throw new ModelError('filtered', 'the provider’s content filter stopped the answer', { usage });
          if (said.ended === 'length') throw new ModelError('truncated', 'the answer was cut at its length limit', { usage });
          try {
            return { value: readAnswer(said.text, request.answer.schema, usage), usage, ms: clock.now() - started };
          } catch (error) {
            // It takes response_format and does not keep to it: from now on the schema is told in words as well.
            if (dialect.format === 'json_schema') dialect = { ...dialect, format: 'plain' };
            throw error;
          }
        },
        { timeoutMs: config.timeoutMs, clock, signal },
      );
    },
  };
}

/** The client with every convenience of its own switched off: retries, waiting, logging and addresses from the environment are ours to decide. */
export async function openaiClient(config: ModelConfig, key: string | undefined): Promise<OpenAI> {
  const { OpenAI: Client } = await import('openai');
  return new Client({
    apiKey: key ?? 'none',
    baseURL: config.baseUrl ?? OPENAI,
    maxRetries: 0,
    timeout: config.timeoutMs,
    logLevel: 'off',
  });
}

async function askChat(client: OpenAI, model: string, request: ModelRequest, dialect: Dialect, signal: AbortSignal): Promise<Said> {
  const { name, schema } = request.answer;
  const completion = await client.chat.completions.create(
    {
      model,
      messages: dialect.format === 'json_schema' ? request.messages : withSchemaInWords(request),
      ...(dialect.format === 'json_schema'
        ? { response_format: { type: 'json_schema' as const, json_schema: { name, strict: true, schema: jsonSchemaOf(schema) } } }
        : {}),
      ...(dialect.format === 'json_object' ? { response_format: { type: 'json_object' as const } } : {}),
      ...(dialect.tokenLimit === 'none' ? {} : { [dialect.tokenLimit]: request.maxTokens }),
      ...(dialect.temperature ? { temperature: 0 } : {}),
    },
    { signal },
  );
  const choice = completion?.choices?.[0];
  if (typeof choice !== 'object' || choice === null || typeof choice.message !== 'object' || choice.message === null) {
    throw new ModelError('malformed', 'the model endpoint answered without a message');
  }
  const { content, refusal } = choice.message;
  const usage = completion.usage;
  return {
    text: typeof content === 'string' ? content : '',
    ...(refusal ? { refusal } : {}),
    ended: choice.finish_reason === 'length' ? 'length' : choice.finish_reason === 'content_filter' ? 'filtered' : 'complete',
    ...counted(usage?.prompt_tokens, usage?.completion_tokens),
  };
}

async function askResponses(client: OpenAI, model: string, request: ModelRequest, dialect: Dialect, signal: AbortSignal): Promise<Said> {
  const { name, schema } = request.answer;
  const response = await client.responses.create(
    {
      model,
      input: dialect.format === 'json_schema' ? request.messages : withSchemaInWords(request),
      store: false,
      ...(dialect.format === 'json_schema'
        ? { text: { format: { type: 'json_schema' as const, name, strict: true, schema: jsonSchemaOf(schema) } } }
        : {}),
      ...(dialect.format === 'json_object' ? { text: { format: { type: 'json_object' as const } } } : {}),
      ...(dialect.tokenLimit === 'none' ? {} : { max_output_tokens: request.maxTokens }),
      ...(dialect.temperature ? { temperature: 0 } : {}),
    },
    { signal },
  );
  if (!Array.isArray(response?.output)) throw new ModelError('malformed', 'the model endpoint answered without output');
  const parts = response.output.flatMap((item) => (item.type === 'message' && Array.isArray(item.content) ? item.content : []));
  const refusal = parts.find((part) => part.type === 'refusal');
  const why = response.incomplete_details?.reason;
  return {
    text: parts.map((part) => (part.type === 'output_text' ? part.text : '')).join(''),
    ...(refusal ? { refusal: refusal.refusal } : {}),
    ended: why === 'max_output_tokens' ? 'length' : why === 'content_filter' ? 'filtered' : 'complete',
    ...counted(response.usage?.input_tokens, response.usage?.output_tokens),
  };
}

const counted = (prompt: unknown, completion: unknown): Pick<Said, 'usage'> =>
  typeof prompt === 'number' && Number.isFinite(prompt) && prompt > 0
    ? { usage: { prompt, completion: typeof completion === 'number' && Number.isFinite(completion) ? completion : 0 } }
    : {};

function usageOf(request: ModelRequest, said: Said): ModelUsage {
  if (said.usage) return { promptTokens: said.usage.prompt, completionTokens: said.usage.completion, estimated: false };
  return {
    promptTokens: estimateTokens(request.messages.map((message) => message.content).join('\n')),
    completionTokens: estimateTokens(said.text),
    estimated: true,
  };
}
