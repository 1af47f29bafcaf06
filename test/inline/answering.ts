import { onTestFinished } from 'vitest';
import { completion, openEndpoint, type Seen, type Turn } from '../models/loopback-endpoint.ts';

export interface Wish {
  act: string;
  on?: number;
  value?: string;
}

/** What an endpoint says: wishes, and whether they carry the sentence out. */
export const says = (wishes: readonly Wish[], more: object = {}): Turn =>
  completion(
    JSON.stringify({
      why: 'as the sentence says',
      do: wishes.map(({ act, on = 0, value = '' }) => ({ act, on, value })),
      done: true,
      sure: true,
      ...more,
    }),
  );

/** The question of a request: everything that was told to the model. */
export const questionOf = (seen: Seen): string =>
  ((seen.body['messages'] ?? []) as { content: string }[]).map(({ content }) => content).join('\n');

/** The sentence that a question is about. */
export const sentenceOf = (seen: Seen): string => /^SENTENCE (?:\(TRIES\) )?(.*)$/m.exec(questionOf(seen))?.[1] ?? '';

/** Number of the candidate that is told so: `numberOf(seen, 'textbox "Note"')`. NaN when the page has none. */
export const numberOf = (seen: Seen, told: string): number =>
  Number(new RegExp(`(\\d+) ${told.replace(/[.*+?^$()[\]\\]/g, '\\$&')}`).exec(questionOf(seen))?.[1] ?? Number.NaN);

/** An endpoint whose model list knows "test-model", and that answers questions as the test says. */
export async function answering(answer: (seen: Seen) => Turn): Promise<{ url: string; seen: Seen[]; config: string }> {
  const endpoint = await openEndpoint((seen) =>
    seen.path.endsWith('/models') ? { status: 200, body: { object: 'list', data: [{ id: 'test-model', object: 'model' }] } } : answer(seen),
  );
  onTestFinished(() => endpoint.close());
  return {
    url: endpoint.url,
    seen: endpoint.seen,
    config: `agents: { chain: [model], model: { model: test-model, baseUrl: "${endpoint.url}", timeout: 2500ms } }\n`,
  };
}
