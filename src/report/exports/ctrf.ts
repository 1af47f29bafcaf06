import type { Status } from '../../core/decide.ts';
import { dataOf } from '../escape/terminal.ts';
import { narrate } from '../narrative/narrate.ts';
import { plain } from '../narrative/line.ts';
import { firstSentence } from '../narrative/sentence.ts';
import { inQuarantine } from '../narrative/quarantine.ts';
import { narrativeText } from '../narrative/text.ts';
import { countStatuses, type IntentStory, isUnknown, lastAttempt, type RunStory, type StepStory } from '../story.ts';
import { epochOf, uuidOf } from './identity.ts';

type CtrfStatus = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

/** "other" is neither the product's failure nor a pass: nothing is known. */
const STATUS: Record<Status, CtrfStatus> = {
  passed: 'passed',
  flaky: 'passed',
  failed: 'failed',
  blocked: 'failed',
  unproven: 'failed',
  errored: 'other',
  skipped: 'skipped',
};

/** Red in quarantine fails nobody's gate, and is no pass. */
const statusOf = (intent: IntentStory): CtrfStatus => (inQuarantine(intent) || isUnknown(intent) ? 'other' : STATUS[intent.status]);

/** The run in the Common Test Report Format. */
export function ctrfOf(story: RunStory): object {
  const counts = countStatuses(story);
  const count = (status: CtrfStatus): number => story.intents.filter((intent) => statusOf(intent) === status).length;
  return dataOf({
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    reportId: uuidOf('ctrf', story.run),
    timestamp: new Date(epochOf(story, story.durationMs)).toISOString(),
    generatedBy: `intentwright ${story.version}`,
    results: {
      tool: { name: 'intentwright', version: story.version },
      summary: {
        tests: story.intents.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        flaky: counts.get('flaky') ?? 0,
        start: epochOf(story, 0),
        stop: epochOf(story, story.durationMs),
        duration: Math.round(story.durationMs),
      },
      tests: story.intents.map((intent) => testOf(intent, story)),
      environment: {
        appName: story.target.name,
        testEnvironment: story.target.name,
        osPlatform: story.platform,
        ...(story.commit ? { commit: story.commit } : {}),
        extra: { run: story.run, mode: story.mode, target: story.target.url },
      },
    },
  });
}

function testOf(intent: IntentStory, story: RunStory): object {
  const attempt = lastAttempt(intent);
  const aside = inQuarantine(intent);
  const red = statusOf(intent) === 'failed' || statusOf(intent) === 'other';
  return {
    id: uuidOf('intent', intent.id),
    name: intent.title || intent.id,
    status: statusOf(intent),
    rawStatus: intent.status,
    duration: Math.round(intent.durationMs),
    ...(attempt
      ? { start: epochOf(story, intent.attempts[0]!.startedMs), stop: epochOf(story, attempt.startedMs + attempt.durationMs) }
      : {}),
    suite: [story.target.name || 'intentwright', intent.id],
    ...(intent.status === 'passed' ? {} : { message: plain(firstSentence(intent).spans) }),
    ...(red ? { trace: narrativeText(narrate(intent, story)) } : {}),
    filePath: intent.where.file,
    line: intent.where.line,
    tags: intent.touches,
    labels: {
      priority: intent.priority,
      ...(intent.owner ? { owner: intent.owner } : {}),
      ...(intent.cause ? { cause: intent.cause } : {}),
      ...(aside ? { quarantine: aside } : {}),
    },
    type: 'journey',
    flaky: intent.status === 'flaky',
    retries: Math.max(0, intent.attempts.length - 1),
    ...(intent.attempts.length > 1
      ? {
          retryAttempts: intent.attempts.slice(0, -1).map((earlier) => ({
            attempt: earlier.attempt,
            status: STATUS[earlier.status ?? 'errored'],
            duration: Math.round(earlier.durationMs),
            ...(earlier.causeWhy ? { message: earlier.causeWhy } : {}),
          })),
        }
      : {}),
    ...(story.browser ? { browser: story.browser } : {}),
    steps: (attempt?.steps ?? []).map((step) => ({ name: `${step.actor}: ${step.text}`, status: stepStatus(step) })),
  };
}

function stepStatus({ status }: StepStory): CtrfStatus {
  if (status === 'done' || status === 'refused') return 'passed';
  return status === 'not-reached' || status === undefined ? 'skipped' : status === 'fault' ? 'other' : 'failed';
}
