import { html, type Html } from './html.ts';

const tones: Record<string, string> = {
  active: 'good',
  completed: 'good',
  ready: 'good',
  succeeded: 'good',
  failed: 'bad',
  canceled: 'bad',
  provisioning: 'busy',
  queued: 'busy',
  running: 'busy',
  pending: 'busy',
  paused: 'busy',
};

const words: Record<string, string> = {
  active: 'Active',
  completed: 'Completed',
  ready: 'Ready',
  failed: 'Failed',
  provisioning: 'Provisioning…',
  queued: 'Waiting…',
  running: 'Running…',
  pending: 'Pending',
  paused: 'Paused',
  canceled: 'Cancelled',
  idle: 'Not synced yet',
};

/** A state as a small coloured word. */
export const badge = (state: string, word = words[state] ?? state): Html => html`<span class="badge ${tones[state] ?? ''}">${word}</span>`;

/** A time a person can read, in UTC. */
export const moment = (iso: string | null): Html =>
  iso
    ? html`<time datetime="${iso}">${new Date(iso).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })}</time>`
    : html`–`;

export const money = (cents: number): string =>
  `$${(cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
