import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;
let kept = 0;

/** So much garbage is worth 50 ms of everybody's time, bytes. */
const WORTH_IT = 4 * 2 ** 20;
const used = (): number => getHeapStatistics().used_heap_size;

/**
 * Gives back what an intent left behind. V8 lets its heap grow to a multiple of what is needed before it looks;
 * on a machine that also holds a browser and an application that is memory taken from them.
 */
export function releaseMemory(): void {
  if (used() < kept + WORTH_IT) return;
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  kept = used();
}
