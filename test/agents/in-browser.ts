import { createBuiltin } from '../../src/agents/builtin/agent.ts';
import type { Actor } from '../browser/stage.ts';
import { step, told, walk } from './pages.ts';

/** What the embedded agent decides in a real browser, until it says that it is done or gives up; at most 16 actions. */
export async function carryOut(actor: Actor, sentence: string, focus: string[] = []): Promise<string[]> {
  const journey = walk(createBuiltin(), step(sentence));
  const lines: string[] = [];
  for (let turn = 0; turn <= 16; turn++) {
    const seen = turn === 0 ? await actor.look(focus) : actor.seen;
    const decision = await journey.decide(seen);
    lines.push(told(decision));
    if (decision.kind !== 'act') break;
    const outcome = await actor.act(decision.action);
    const { added } = actor.session.change(seen, actor.seen);
    journey.did(decision, seen, { ...outcome, added });
    await actor.look(focus);
  }
  return lines;
}
