import { copyFile, link, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Status } from '../../core/decide.ts';
import { CAUSES } from '../../core/decide.ts';
import { isAttachmentId } from '../attachments.ts';
import { dataOf, forData } from '../escape/terminal.ts';
import { markdownIntent } from '../markdown.ts';
import { narrate } from '../narrative/narrate.ts';
import { plain } from '../narrative/line.ts';
import { firstSentence } from '../narrative/sentence.ts';
import { inQuarantine } from '../narrative/quarantine.ts';
import { narrativeText } from '../narrative/text.ts';
import { type AttemptStory, type IntentStory, isUnknown, type RunStory, type StepStory } from '../story.ts';
import { epochOf, hexOf, uuidOf } from './identity.ts';

/** Allure's words: failed is the product's, broken is the harness's. */
const STATUS: Record<Status, string> = {
  passed: 'passed',
  flaky: 'passed',
  failed: 'failed',
  blocked: 'failed',
  unproven: 'failed',
  errored: 'broken',
  skipped: 'skipped',
};
const SEVERITY: Record<string, string> = { critical: 'critical', high: 'normal', normal: 'minor' };

/** Writes Allure results: a file per attempt, its fixtures, its pictures, and the run's environment. */
export async function writeAllure(story: RunStory, folder: string, attachments: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const there = new Set(await readdir(attachments).catch(() => []));
  const pictures = new Set<string>();
  const keep = (id: string | undefined): string | undefined => {
    if (id === undefined || !isAttachmentId(id) || !there.has(id)) return undefined;
    pictures.add(id);
    return id;
  };
  for (const intent of story.intents) {
    const attempts = intent.attempts.length > 0 ? intent.attempts : [undefined];
    for (const attempt of attempts) {
      const result = resultOf(intent, attempt, story, keep);
      await writeFile(join(folder, `${result.uuid}-result.json`), JSON.stringify(dataOf(result)));
      const fixtures = attempt?.fixtures.filter(({ phase }) => phase !== 'system') ?? [];
      if (attempt && fixtures.length > 0) {
        const uuid = uuidOf('container', result.uuid);
        const start = epochOf(story, attempt.startedMs);
        const told = fixtures.map(({ fixture, ok, error, durationMs, phase }) => ({
          phase,
          name: fixture,
          status: ok ? 'passed' : 'broken',
          stage: 'finished',
          start,
          stop: start + Math.round(durationMs),
          ...(error ? { statusDetails: { message: error } } : {}),
        }));
        const pick = (wanted: string): object[] =>
          told.filter(({ phase }) => phase === wanted).map(({ phase: _phase, ...fixture }) => fixture);
        await writeFile(
          join(folder, `${uuid}-container.json`),
          JSON.stringify(dataOf({ uuid, name: intent.title, children: [result.uuid], befores: pick('set-up'), afters: pick('undo') })),
        );
      }
    }
  }
  for (const id of pictures)
    await link(join(attachments, id), join(folder, pictureName(id))).catch(() =>
      copyFile(join(attachments, id), join(folder, pictureName(id))),
    );
  await writeFile(
    join(folder, 'environment.properties'),
    Object.entries({
      target: story.target.url,
      mode: story.mode,
      agents: story.agents.join(' '),
      intentwright: story.version,
      node: story.node,
      browser: story.browser ?? '',
      commit: story.commit ?? '',
    })
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name}=${escapeProperty(forData(value))}\n`)
      .join(''),
  );
  await writeFile(
    join(folder, 'categories.json'),
    JSON.stringify(
      CAUSES.map((cause) => ({
        name: `Cause: ${cause}`,
        messageRegex: `(?s).*\\[cause: ${cause}\\].*`,
        matchedStatuses: ['failed', 'broken'],
      })),
    ),
  );
  await writeFile(
    join(folder, 'executor.json'),
    JSON.stringify(dataOf({ name: 'intentwright', type: 'intentwright', buildName: story.run, reportName: story.target.name })),
  );
}

const pictureName = (id: string): string => id.replace(/\.(\w+)$/, '-attachment.$1');

function resultOf(
  intent: IntentStory,
  attempt: AttemptStory | undefined,
  story: RunStory,
  keep: (id: string | undefined) => string | undefined,
) {
  const status: Status = attempt ? (attempt.status ?? 'errored') : intent.status;
  const last = attempt === undefined || attempt === intent.attempts.at(-1);
  const start = epochOf(story, attempt?.startedMs ?? 0);
  const message = `${plain(firstSentence(last ? intent : { ...intent, status, attempts: intent.attempts.slice(0, intent.attempts.indexOf(attempt) + 1) }).spans)}${attempt?.cause ? ` [cause: ${attempt.cause}]` : ''}`;
  return {
    uuid: uuidOf('result', story.run, intent.id, String(attempt?.attempt ?? 0)),
    historyId: hexOf(16, 'intent', story.target.name, intent.id),
    testCaseId: hexOf(16, 'intent', intent.id),
    fullName: `${intent.where.file}#${intent.id}`,
    name: intent.title,
    description: last && attempt ? markdownIntent(intent, story) : (intent.why ?? ''),
    status: attempt === undefined && isUnknown(intent) ? 'broken' : STATUS[status],
    statusDetails: {
      message,
      trace: last && attempt ? narrativeText(narrate(intent, story)) : '',
      flaky: intent.status === 'flaky',
      ...(inQuarantine(intent) ? { muted: true, known: true } : {}),
    },
    stage: 'finished',
    start,
    stop: start + Math.round(attempt?.durationMs ?? 0),
    labels: labelsOf(intent, story),
    links: [],
    parameters: [],
    attachments: [],
    steps: (attempt?.steps ?? []).map((step) => stepOf(step, attempt!, story, keep)),
  };
}

function labelsOf(intent: IntentStory, story: RunStory): { name: string; value: string }[] {
  return [
    { name: 'framework', value: 'intentwright' },
    { name: 'parentSuite', value: story.target.name || 'intentwright' },
    { name: 'suite', value: intent.id },
    { name: 'severity', value: SEVERITY[intent.priority] ?? 'minor' },
    ...(intent.owner ? [{ name: 'owner', value: intent.owner }] : []),
    ...intent.touches.map((value) => ({ name: 'tag', value })),
  ];
}

function stepOf(step: StepStory, attempt: AttemptStory, story: RunStory, keep: (id: string | undefined) => string | undefined): object {
  const start = epochOf(story, step.startedMs ?? attempt.startedMs);
  const picture = keep(step.picture) ?? step.acts.map(({ picture: id }) => keep(id)).findLast((id) => id !== undefined);
  const ok = step.status === 'done' || step.status === 'refused';
  return {
    name: `${step.actor}: ${step.text}`,
    status: ok ? 'passed' : step.status === 'not-reached' || !step.began ? 'skipped' : step.status === 'fault' ? 'broken' : 'failed',
    stage: 'finished',
    start,
    stop: start + Math.round(step.durationMs),
    ...(ok || step.why === '' ? {} : { statusDetails: { message: step.why } }),
    attachments: picture ? [{ name: 'the page', source: pictureName(picture), type: 'image/jpeg' }] : [],
    parameters: [],
    steps: step.acts.map((act) => ({
      name: act.line,
      status: act.ok ? 'passed' : 'failed',
      stage: 'finished',
      start,
      stop: start,
      steps: [],
      attachments: [],
      parameters: [],
      ...(act.error ? { statusDetails: { message: act.error } } : {}),
    })),
  };
}

const escapeProperty = (text: string): string =>
  text
    .replace(/\\/g, '\\\\')
    .replace(/\r?\n/g, ' ')
    .replace(/[^\u0020-\u007e]/g, (letter) =>
      [...letter]
        .flatMap((one) => one.split(''))
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''),
    );
