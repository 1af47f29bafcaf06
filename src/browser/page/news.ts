import type { FrameLook, LookOptions } from './frame-look.ts';
import { look } from './look.ts';

const LOOK: LookOptions = { focus: [], words: [], maxCandidates: 200, maxPassages: 200, budget: 60 };
let last = '';

/** Keeps what a look showed, to tell later whether there is news. */
export function remember(shown: FrameLook): FrameLook {
  last = gist(shown);
  return shown;
}

/** Waits, bounded, for a text to be shown; or for anything that was not in the last look, counters and clocks apart. */
export async function awaitNews({ text, most }: { text?: string; most: number }): Promise<boolean> {
  const end = performance.now() + most;
  const wanted = text?.toLowerCase();
  for (;;) {
    const start = performance.now();
    if (wanted === undefined ? gist(look(LOOK)) !== last : (document.body?.innerText ?? '').toLowerCase().includes(wanted)) return true;
    if (performance.now() >= end) return false;
    await new Promise((resolve) => setTimeout(resolve, Math.max(25, 4 * (performance.now() - start))));
  }
}

/** All that is shown, without numbers: what only counts on is no news. */
function gist(shown: FrameLook): string {
  const parts = [
    shown.dialog ?? '',
    ...shown.passages.slice(0, LOOK.maxPassages).map(({ text }) => text),
    ...shown.notices.map(({ text }) => text),
    ...shown.candidates
      .slice(0, LOOK.maxCandidates)
      .map(({ role, name, disabled, checked, expanded }) => `${role} ${name} ${disabled} ${checked} ${expanded}`),
  ];
  return parts.join('\n').replace(/\d+(?:[.,:]\d+)*/g, '#');
}
