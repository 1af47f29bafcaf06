import type { Status } from '../core/decide.ts';
import { forData, forTerminal } from './escape/terminal.ts';
import * as xml from './escape/xml.ts';
import { narrate } from './narrative/narrate.ts';
import { type Line, plain } from './narrative/line.ts';
import { inQuarantine } from './narrative/quarantine.ts';
import { narrativeText } from './narrative/text.ts';
import { type IntentStory, isUnknown, type RunStory } from './story.ts';

/** Jobs print the file into their log when something is wrong with it: no command and no escape sequence may stand in it either. */
const forXml = (text: string): string => xml.forXml(forTerminal(text));
const forXmlLines = (text: string): string => xml.forXmlLines(forData(text));

/** JUnit's own words: a product that is wrong is a failure, a harness that could not judge is an error. */
const VERDICT: Record<Status, 'failure' | 'error' | 'skipped' | undefined> = {
  passed: undefined,
  flaky: undefined,
  failed: 'failure',
  blocked: 'failure',
  unproven: 'failure',
  errored: 'error',
  skipped: 'skipped',
};

/** What is red in quarantine must not fail the job that reads this: skipped, with its story in the message. */
const kindOf = (intent: IntentStory): 'failure' | 'error' | 'skipped' | undefined =>
  inQuarantine(intent) ? 'skipped' : isUnknown(intent) ? 'error' : VERDICT[intent.status];

/** The run as JUnit XML, valid by the schema that Jenkins publishes: one suite with one case an intent. */
export function junitOf(story: RunStory, divergenceOf: (intent: string) => readonly Line[] = () => []): string {
  const count = (kind: string): number => story.intents.filter((intent) => kindOf(intent) === kind).length;
  const totals = `tests="${story.intents.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds(story.durationMs)}"`;
  const timestamp = story.startedAt.replace(/(\.\d+)?Z$/, '');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="intentwright" ${totals.replace(/ skipped="\d+"/, '')}>`,
    ...story.intents.flatMap((intent) => suite(intent, story, divergenceOf(intent.id), timestamp).map((text) => `  ${text}`)),
    '</testsuites>',
    '',
  ].join('\n');
}

/** A suite of one case an intent: suites may carry a file and properties, cases may not. */
function suite(intent: IntentStory, story: RunStory, divergence: readonly Line[], timestamp: string): string[] {
  const kind = kindOf(intent);
  const tally = `tests="1" failures="${Number(kind === 'failure')}" errors="${Number(kind === 'error')}" skipped="${Number(kind === 'skipped')}" time="${seconds(intent.durationMs)}"`;
  const facts = {
    run: story.run,
    target: story.target.url,
    mode: story.mode,
    status: intent.status,
    file: `${intent.where.file}:${intent.where.line}`,
    priority: intent.priority,
    attempts: String(intent.attempts.length),
    ...(intent.owner ? { owner: intent.owner } : {}),
    ...(intent.cause ? { cause: intent.cause } : {}),
    ...(story.commit ? { commit: story.commit } : {}),
    ...(story.interrupted ? { interrupted: story.interrupted } : {}),
  };
  return [
    `<testsuite name="${forXml(intent.id)}" ${tally} timestamp="${forXml(timestamp)}" hostname="localhost" file="${forXml(intent.where.file)}">`,
    ...properties(facts).map((text) => `  ${text}`),
    ...testcase(intent, story, divergence).map((text) => `  ${text}`),
    '</testsuite>',
  ];
}

function testcase(intent: IntentStory, story: RunStory, divergence: readonly Line[]): string[] {
  const narrative = narrate(intent, story, divergence);
  const message = forXml(plain(narrative.sentence.spans));
  const text = forXmlLines(narrativeText(narrative));
  const kind = kindOf(intent);
  const type = `${isUnknown(intent) ? 'not-run' : intent.status}${intent.cause ? `.${intent.cause}` : ''}`;
  const aside = inQuarantine(intent);
  const earlier = intent.status === 'flaky' && !aside ? intent.attempts.slice(0, -1) : [];
  const body =
    kind === 'skipped'
      ? [`<skipped message="${aside ? `${forXml(`${intent.status}, ${aside}`)}: ` : ''}${message}"/>`]
      : kind
        ? [`<${kind} message="${message}" type="${type}">${text}</${kind}>`]
        : [];
  for (const attempt of earlier)
    body.push(
      `<flaky${attempt.status === 'errored' ? 'Error' : 'Failure'} message="${message}" type="${attempt.status ?? 'interrupted'}${attempt.cause ? `.${attempt.cause}` : ''}">${forXml(attempt.causeWhy ?? '')}</flaky${attempt.status === 'errored' ? 'Error' : 'Failure'}>`,
    );
  return [
    `<testcase name="${forXml(intent.title)}" classname="${forXml(intent.id)}" time="${seconds(intent.durationMs)}">`,
    ...body.map((line) => `  ${line}`),
    '</testcase>',
  ];
}

function properties(facts: Record<string, string>): string[] {
  return [
    '<properties>',
    ...Object.entries(facts).map(([name, value]) => `  <property name="${forXml(name)}" value="${forXml(value)}"/>`),
    '</properties>',
  ];
}

const seconds = (ms: number): string => (Math.max(0, ms) / 1000).toFixed(3);
