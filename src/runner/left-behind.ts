import type { Fixture } from '../core/intent.ts';
import { resolveDeep } from '../core/template.ts';
import { isEmptyAnswer } from '../oracle/empty.ts';
import type { FixtureContext } from './fixtures.ts';

/** An undo may hand its work to a job: what is still there is looked at again after these pauses, ms. */
const PAUSES_MS = [100, 300, 900];

/** What an undo did not take away, in words: "left behind: 2 rows"; undefined when nothing is there any more, or nothing was asked. */
export async function leftBehind(
  fixture: Fixture,
  params: Record<string, unknown>,
  { scope, env, reader, clock, signal }: FixtureContext,
): Promise<string | undefined> {
  if (!fixture.leftBehind) return undefined;
  const query = resolveDeep(fixture.leftBehind, { ...scope, ...params }, env);
  let found = await reader.read(query, signal);
  for (const pause of PAUSES_MS) {
    if (isGone(found)) return undefined;
    await clock.sleep(pause, signal);
    found = await reader.read(query, signal);
  }
  return isGone(found) ? undefined : `left behind: ${counted(found)}`;
}

/** A count of nothing is nothing, too. */
const isGone = (found: unknown): boolean => isEmptyAnswer(found) || found === 0;

function counted(found: unknown): string {
  if (!Array.isArray(found)) return JSON.stringify(found).slice(0, 120);
  return `${found.length} ${found.length === 1 ? 'row' : 'rows'}, the first of them ${JSON.stringify(found[0]).slice(0, 120)}`;
}
