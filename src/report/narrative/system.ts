import { formatDuration } from '../../core/duration.ts';
import { clip } from '../escape/visible.ts';
import type { AttemptStory, RequestFact } from '../story.ts';
import { jobsOf, sayJob } from './evidence.ts';
import { code, type Line, line, quote, type Span, strong } from './line.ts';

/** Requests that change something or went wrong, jobs that are not done, errors on the pages. */
export function saySystem(attempt: AttemptStory): Line[] {
  const lines: Line[] = [];
  for (const step of attempt.steps) {
    for (const group of grouped(step.requests.filter(({ request }) => isTelling(request)))) {
      const [first] = group;
      if (!first) continue;
      const { request } = first;
      const often = group.length > 1 ? ` (${group.length} times)` : '';
      lines.push(
        line(
          ...group.map(({ seq }) => seq),
        )`Step ${String(step.index + 1)} sent ${code(`${request.method} ${clip(request.template, 120)}`)}${often}: ${answerOf(request)}`,
      );
    }
  }
  for (const job of jobsOf(attempt)) lines.push(line(job.seq)`Backend: ${sayJob(job)}.`);
  for (const step of attempt.steps) {
    for (const event of step.pageEvents)
      lines.push(line(event.seq)`Step ${String(step.index + 1)}, ${PAGE_EVENTS[event.kind]}: ${quote(clip(event.text, 240))}`);
  }
  return lines.length > 60 ? [...lines.slice(0, 60), line()`… and ${String(lines.length - 60)} more.`] : lines;
}

const PAGE_EVENTS: Record<AttemptStory['steps'][number]['pageEvents'][number]['kind'], string> = {
  'console-error': 'the console logged',
  exception: 'the page threw',
  dialog: 'a dialog asked',
  download: 'a download came',
  popup: 'a window opened',
  crash: 'the page crashed',
  'host-refused': 'another host was refused',
  'injection-suspected': 'the page tried to instruct the agent',
  'secret-withheld': 'a secret was withheld',
};

/** Worth telling: what may change state, and whatever failed. */
export const isTelling = ({ changes, own, status, failed }: RequestFact['request']): boolean =>
  changes || (own && (failed !== undefined || (status ?? 0) >= 400));

function answerOf({ status, failed, ms }: RequestFact['request']): Span[] {
  const took = ms === undefined ? '' : ` in ${formatDuration(ms)}`;
  if (failed !== undefined) return [strong(`failed (${failed})`), took, '.'];
  if (status === undefined) return ['no answer was seen.'];
  return status >= 400 ? [strong(`answered ${status}`), took, '.'] : [`answered ${status}${took}.`];
}

function grouped(requests: readonly RequestFact[]): RequestFact[][] {
  const groups = new Map<string, RequestFact[]>();
  for (const fact of requests) {
    const key = `${fact.request.method} ${fact.request.template} ${fact.request.status ?? fact.request.failed}`;
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups.values()];
}
