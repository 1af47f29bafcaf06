import type { BaseMessage } from '@langchain/core/messages';
import type { Clock } from '../core/clock.ts';
import type { ModelConfig } from '../core/config.ts';
import { jsonSchemaOf, withSchemaInWords } from './answer-schema.ts';
import { lowered, type Dialect } from './dialect.ts';
import { mishapOf } from './fault.ts';
import { askPatiently } from './patience.ts';
import { estimateTokens, ModelError, type Model, type ModelRequest, type ModelUsage } from './port.ts';
import { checkAnswer, readAnswer } from './read-answer.ts';

export interface LangChainOptions {
  /** `config.model` is `provider:model`, e.g. "anthropic:claude-sonnet-4-5". */
  config: ModelConfig;
  key: string | undefined;
  clock: Clock;
}

type Chat = Awaited<ReturnType<typeof import('langchain')['initChatModel']>>;

/**
 * Any provider that LangChain has a package for. LangChain brings the wire format and nothing else: its retries are off, its agents and
 * middleware (whose limits end quietly) are not used, and its parsed values are checked again by our own schema.
 */
export async function langchainModel({ config, key, clock }: LangChainOptions): Promise<Model> {
  const { initChatModel } = await import('langchain');
  let dialect: Dialect = { format: 'json_schema', tokenLimit: 'max_tokens', temperature: true };
  const chats = new Map<string, Promise<Chat>>();
  const open = (maxTokens: number, spoken: Dialect): Promise<Chat> =>
    initChatModel(config.model, {
      maxRetries: 0,
      // LangChain drops a refusal on its way; the raw answer still has it.
      __includeRawResponse: true,
      timeout: config.timeoutMs,
      ...(spoken.temperature ? { temperature: 0 } : {}),
      ...(spoken.tokenLimit === 'none' ? {} : { maxTokens }),
      ...(key === undefined ? (config.baseUrl ? { apiKey: 'none' } : {}) : { apiKey: key }),
      ...(config.baseUrl
        ? { baseUrl: config.baseUrl, configuration: { baseURL: config.baseUrl, logLevel: 'off' } }
        : { configuration: { logLevel: 'off' } }),
    });
  const chatFor = (maxTokens: number, spoken: Dialect): Promise<Chat> => {
    const id = `${maxTokens} ${spoken.tokenLimit} ${spoken.temperature}`;
    const chat = chats.get(id) ?? open(maxTokens, spoken);
    chats.set(id, chat);
    return chat;
  };

  const ask = async (request: ModelRequest, signal: AbortSignal): Promise<{ raw: BaseMessage; parsed: unknown }> => {
    for (;;) {
      const spoken = dialect;
      try {
        const chat = await chatFor(request.maxTokens, spoken);
        if (spoken.format !== 'json_schema')
          return { raw: await chat.invoke(wire(withSchemaInWords(request)), { signal }), parsed: undefined };
        const structured = chat.withStructuredOutput(jsonSchemaOf(request.answer.schema), { name: request.answer.name, includeRaw: true });
        return (await structured.invoke(wire(request.messages), { signal })) as { raw: BaseMessage; parsed: unknown };
      } catch (thrown) {
        const { error, status } = mishapOf(thrown);
        const next =
          lowered(spoken, status, error.message) ??
          (spoken.format === 'json_schema' && withoutStructure(thrown) ? { ...spoken, format: 'plain' as const } : undefined);
        if (!next) throw thrown;
        dialect = next;
      }
    }
  };

  await chatFor(1, dialect);
  return {
    spec: 1,
    id: config.model,
    provider: 'langchain',
    async answer(request, signal) {
      const started = clock.now();
      return askPatiently(
        async (inTime) => {
          const { raw, parsed } = await ask(request, inTime);
          if (typeof raw !== 'object' || raw === null) throw new ModelError('malformed', 'the model answered without a message');
          const usage = usageOf(request, raw);
          refuseUnfinished(raw, usage);
          try {
            const value =
              parsed === undefined || parsed === null
                ? readAnswer(textOf(raw), request.answer.schema, usage)
                : checkAnswer(parsed, request.answer.schema, usage);
            return { value, usage, ms: clock.now() - started };
          } catch (error) {
            if (dialect.format === 'json_schema') dialect = { ...dialect, format: 'plain' };
            throw error;
          }
        },
        { timeoutMs: config.timeoutMs, clock, signal },
      );
    },
  };
}

const wire = (messages: ModelRequest['messages']): [string, string][] => messages.map(({ role, content }) => [role, content]);

/** Some packages throw before they send when they cannot do structured output, others throw the text away when it is not bare JSON. */
const withoutStructure = (thrown: unknown): boolean =>
  thrown instanceof Error && /withStructuredOutput|structured output|bindTools|tool.calling/i.test(thrown.message);

/** Every provider has its own word for why it stopped. */
function refuseUnfinished(raw: BaseMessage, usage: ModelUsage): void {
  const meta = { ...raw.response_metadata, ...(raw.additional_kwargs as Record<string, unknown> | undefined) } as Record<string, unknown>;
  const ended = ['finish_reason', 'finishReason', 'stop_reason', 'stopReason', 'done_reason']
    .map((key) => meta[key])
    .find((value) => typeof value === 'string') as string | undefined;
  const refusal =
    (meta['__raw_response'] as { choices?: { message?: { refusal?: unknown } }[] } | undefined)?.choices?.[0]?.message?.refusal ??
    meta['refusal'];
  if (typeof refusal === 'string' && refusal !== '')
    throw new ModelError('refused', `the model refused: ${refusal.slice(0, 200)}`, { usage });
  if (ended === undefined) return;
  if (/^refusal$/i.test(ended)) throw new ModelError('refused', 'the model refused', { usage });
  if (/content_filter|safety|recitation|blocklist|prohibited|guardrail/i.test(ended))
    throw new ModelError('filtered', 'the provider’s content filter stopped the answer', { usage });
  if (/^(length|max_tokens|max_output_tokens|model_length)$/i.test(ended))
    throw new ModelError('truncated', 'the answer was cut at its length limit', { usage });
}

function textOf(raw: BaseMessage): string {
  const called = (raw as { tool_calls?: { args?: unknown }[] }).tool_calls?.[0]?.args;
  if (called !== undefined) return JSON.stringify(called);
  if (typeof raw.content === 'string') return raw.content;
  return Array.isArray(raw.content)
    ? raw.content.map((part) => ('text' in part && typeof part.text === 'string' ? part.text : '')).join('')
    : '';
}

function usageOf(request: ModelRequest, raw: BaseMessage): ModelUsage {
  const told = (raw as { usage_metadata?: { input_tokens?: number; output_tokens?: number } }).usage_metadata;
  if (told?.input_tokens) return { promptTokens: told.input_tokens, completionTokens: told.output_tokens ?? 0, estimated: false };
  return {
    promptTokens: estimateTokens(request.messages.map((message) => message.content).join('\n')),
    completionTokens: estimateTokens(textOf(raw)),
    estimated: true,
  };
}
