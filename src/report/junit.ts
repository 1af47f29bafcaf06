import type { Status } from '../core/decide.ts';
import { forXml, forXmlLines } from './escape/xml.ts';
import { narrate } from './narrative/narrate.ts';
import { type Line, plain } from './narrative/line.ts';
import { narrativeText } from './narrative/text.ts';
import type { IntentStory, RunStory } from './story.ts';

/** JUnit's own words: a product that is wrong is a failure, a harness that could not judge is an error. */
const VERDICT: Record<Status, 'failure' | 'error' | 'skipped' | undefined> = {
  passed: undefined, flaky: undefined, failed: 'failure', blocked: 'failure', unproven: 'failure', errored: 'error', skipped: 'skipped',
};

/** The run as JUnit XML: one suite, one case an intent. */
export function junitOf(story: RunStory, divergenceOf: (intent: string) => readonly Line[] = () => []): string {
  const count = (kind: string): number => story.intents.filter(({ status }) => VERDICT[status] === kind).length;
  const totals = `tests="${story.intents.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds(story.durationMs)}"`;
  const timestamp = story.startedAt.replace(/(\.\d+)?Z$/, '');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="intentwright" ${totals.replace(/ skipped="\d+"/, '')}>`,
    `  <testsuite name="${forXml(story.target.name || 'intentwright')}" ${totals} timestamp="${forXml(timestamp)}" hostname="localhost">`,
    ...properties({ run: story.run, target: story.target.url, mode: story.mode, ...(story.commit ? { commit: story.commit } : {}), ...(story.interrupted ? { interrupted: story.interrupted } : {}) }).map((text) => `    ${text}`),
    ...story.intents.flatMap((intent) => testcase(intent, story, divergenceOf(intent.id)).map((text) => `    ${text}`)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testcase(intent: IntentStory, story: RunStory, divergence: readonly Line[]): string[] {
  const head = `<testcase name="${forXml(intent.title)}" classname="${forXml(intent.id)}" time="${seconds(intent.durationMs)}" file="${forXml(intent.where.file)}" line="${intent.where.line}">`;
  const narrative = narrate(intent, story, divergence);
  const message = forXml(plain(narrative.sentence.spans));
  const kind = VERDICT[intent.status];
  const facts = { status: intent.status, ...(intent.owner ? { owner: intent.owner } : {}), priority: intent.priority, attempts: String(intent.attempts.length), ...(intent.cause ? { cause: intent.cause } : {}) };
  const body: string[] = properties(facts);
  if (kind === 'skipped') body.push(`<skipped message="${message}"/>`);
  else if (kind) body.push(`<${kind} message="${message}" type="${intent.status}${intent.cause ? `.${intent.cause}` : ''}">${forXmlLines(narrativeText(narrative))}</${kind}>`);
  else if (intent.status === 'flaky') body.push(`<system-out>${message}</system-out>`);
  return [head, ...body.map((text) => `  ${text}`), '</testcase>'];
}

function properties(facts: Record<string, string>): string[] {
  return ['<properties>', ...Object.entries(facts).map(([name, value]) => `  <property name="${forXml(name)}" value="${forXml(value)}"/>`), '</properties>'];
}

const seconds = (ms: number): string => (Math.max(0, ms) / 1000).toFixed(3);
