import type { Status } from '../core/decide.ts';
import { isRedInQuarantine } from '../core/quarantine.ts';
import { countStatuses, isLeftOut, type RunStory } from './story.ts';

/** The run in one sentence, the worst first. */
export function headline(story: RunStory): string {
  const aside = story.intents.filter(isRedInQuarantine).length;
  const counted = { ...story, intents: story.intents.filter((intent) => !isRedInQuarantine(intent)) };
  if (aside === 0) return sayCounted(counted);
  const inQuarantine = `${aside} in quarantine ${aside === 1 ? 'is' : 'are'} not green`;
  return counted.intents.length === 0
    ? `Nothing that counts was run: ${inQuarantine}.`
    : `${sayCounted(counted).replace(/\.$/, '')}; ${inQuarantine}.`;
}

function sayCounted(story: RunStory): string {
  const counts = countStatuses(story);
  const count = (status: Status): number => counts.get(status) ?? 0;
  const left = story.selection?.applied ? story.intents.filter(isLeftOut).length : 0;
  if (left > 0 && left < story.intents.length)
    return `${headline({ ...story, intents: story.intents.filter((intent) => !isLeftOut(intent)) }).replace(/\.$/, '')}; ${left} ${left === 1 ? 'was' : 'were'} left out, because the change does not reach ${left === 1 ? 'it' : 'them'}.`;
  const all = story.intents.length;
  if (all === 0) return 'Nothing was run, so nothing is proven.';
  if (count('passed') === all) return all === 1 ? 'The journey is proven.' : `All ${all} journeys are proven.`;
  const parts = [
    clause(count('failed'), 'is broken', 'are broken'),
    clause(count('blocked'), 'could not be carried out', 'could not be carried out'),
    clause(count('errored'), 'could not be judged', 'could not be judged'),
    clause(count('unproven'), 'proved nothing', 'proved nothing'),
    clause(count('flaky'), 'passed only on a retry', 'passed only on a retry'),
    clause(count('skipped'), 'was not run', 'were not run'),
  ].filter((part) => part !== undefined);
  const [first, ...rest] = parts;
  if (!first) return '';
  const noun = `${first.count} of ${all} ${all === 1 ? 'journey' : 'journeys'} ${first.verb}`;
  return `${[noun, ...rest.slice(0, 2).map(({ count: n, verb }) => `${n} ${verb}`)].join(', ').replace(/, ([^,]*)$/, rest.length > 0 ? ' and $1' : ', $1')}.`;
}

const clause = (count: number, one: string, many: string): { count: number; verb: string } | undefined =>
  count === 0 ? undefined : { count, verb: count === 1 ? one : many };
