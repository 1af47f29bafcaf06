import type { Reading } from '../core/invariant.ts';
import type { Say } from '../journey/say.ts';

/** Says readings; a value that is the same as the one before is said by `same`, so that polling does not fill the journal. */
export function readingVoice(say: Say): (invariant: string, reading: Reading) => void {
  const last = new Map<string, string>();
  return (invariant, reading) => {
    const { value, ...rest } = reading;
    if (value === undefined) {
      say({ type: 'reading-taken', invariant, reading });
      return;
    }
    const text = JSON.stringify(value);
    const same = last.get(invariant) === text;
    last.set(invariant, text);
    say({ type: 'reading-taken', invariant, reading: same ? { ...rest, same: true } : reading });
  };
}
