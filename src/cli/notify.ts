import { messageOf } from '../core/errors.ts';
import { webhookOf } from '../report/exports/webhook.ts';
import type { RunStory } from '../report/story.ts';
import type { Shell } from './shell.ts';

const PATIENCE_MS = 10_000;

/** Tells a chat of a run that is not green. That it could not is said, and changes nothing about the run. */
export async function notify(shell: Shell, url: string, story: RunStory): Promise<void> {
  try {
    const link = shell.env['GITHUB_RUN_ID'] ? `${shell.env['GITHUB_SERVER_URL']}/${shell.env['GITHUB_REPOSITORY']}/actions/runs/${shell.env['GITHUB_RUN_ID']}` : shell.env['CI_JOB_URL'];
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(webhookOf(story, link)), signal: AbortSignal.timeout(PATIENCE_MS) });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
  } catch (error) {
    // The address is a secret of its own: it is not repeated.
    shell.err(`${shell.paint('yellow', 'warning')} the chat could not be told: ${messageOf(error)}\n`);
  }
}
