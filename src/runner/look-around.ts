import type { Say } from '../journey/say.ts';
import { type PreconditionOptions, readPreconditions } from '../oracle/precondition.ts';

/** What did not pass may not be the product's fault: is everything there that a journey needs? Verdicts stand as they are. */
export async function lookAround(options: PreconditionOptions, say: Say): Promise<void> {
  for (const { name, says, status, reason, expected, found } of await readPreconditions(options)) {
    // Credentials that are refused say nothing of what was asked about: whoever used them before has failed by them already.
    if (reason === 'denied') continue;
    say({
      type: 'environment-checked',
      check: name,
      says,
      ok: status === 'held',
      why: status === 'held' ? 'as it should be' : status === 'undecided' ? found : `expected ${expected}, found ${found}`,
    });
  }
}
