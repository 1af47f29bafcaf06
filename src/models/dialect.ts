/** What a server has shown that it understands. Starts from the best and is lowered by what it refuses. */
export interface Dialect {
  format: 'json_schema' | 'json_object' | 'plain';
  tokenLimit: 'max_completion_tokens' | 'max_tokens' | 'none';
  /** 0 where the server takes it: the same page should get the same answer. */
  temperature: boolean;
}

const WEAKER = { json_schema: 'json_object', json_object: 'plain', plain: undefined } as const;

/**
 * The dialect to try after a refusal, or undefined when the refusal is about something else.
 * @param status HTTP status of the refusal
 * @param said what the server said
 */
export function lowered(dialect: Dialect, status: number | undefined, said: string): Dialect | undefined {
  if (status !== 400 && status !== 422 && status !== 501) return undefined;
  if (/temperature/i.test(said) && dialect.temperature) return { ...dialect, temperature: false };
  if (/max_completion_tokens|max_tokens|max_output_tokens/i.test(said)) {
    if (dialect.tokenLimit === 'none') return undefined;
    // A server that names the other parameter is telling what to use.
    const other = dialect.tokenLimit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
    const names = (said.match(/max_completion_tokens|max_tokens/g) ?? []) as string[];
    return { ...dialect, tokenLimit: names.includes(other) ? other : 'none' };
  }
  if (/response_format|json_schema|json_object|text\.format|schema|structured|grammar|strict/i.test(said)) {
    const format = WEAKER[dialect.format];
    return format && { ...dialect, format };
  }
  return undefined;
}
