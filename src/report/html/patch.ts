import { patchOf } from '../lockfile-patch.ts';
import type { LockfileFact } from '../story.ts';
import { html, type Markup } from './markup.ts';

const STATES: Record<LockfileFact['state'], string> = {
  written: 'The lockfile was rewritten; review its diff.',
  unchanged: 'The lockfile still fits.',
  proposed: 'To make this the way from now on, accept the patch.',
  absent: 'There is no lockfile.',
  stale: 'The lockfile no longer fits.',
  kept: 'The lockfile was left as it is.',
};

/** What became of the lockfile, with the patch to accept. */
export function lockfilePanel(lockfile: LockfileFact | undefined): Markup | false {
  if (!lockfile || (!lockfile.patch && !['stale', 'proposed', 'written'].includes(lockfile.state))) return false;
  return html`<section class="lockfile"><h2>Lockfile</h2><p>${STATES[lockfile.state]}${lockfile.why && ` ${lockfile.why[0]!.toUpperCase()}${lockfile.why.slice(1).replace(/\.$/, '')}.`}${lockfile.file && html` <code>${lockfile.file}</code>`}</p>
${
  lockfile.patch &&
  html`<div class="copyable"><button type="button" class="copy" hidden>Copy</button><pre class="patch" tabindex="0" aria-label="Patch of the lockfile">${patchOf(
    lockfile,
  )
    .split(/\r?\n/)
    .map(
      (text) => html`<span class="${kindOf(text)}">${text}
</span>`,
    )}</pre></div>`
}</section>`;
}

function kindOf(text: string): string {
  if (text.startsWith('+++') || text.startsWith('---') || text.startsWith('@@')) return 'place';
  return text.startsWith('+') ? 'added' : text.startsWith('-') ? 'removed' : 'same';
}
