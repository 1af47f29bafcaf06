import { z } from 'zod';
import { IntentwrightError } from '../../core/errors.ts';
import { askHttp, checkStatus, jsonOf } from '../http-answer.ts';
import { isRecord } from '../expectation.ts';
import { pickPath } from '../pick-path.ts';
import { defineProbe } from '../port.ts';

const settings = z.strictObject({
  url: z.string().describe('Endpoint that lists events, oldest first: a JSON list, or an object with one'),
  list: z.string().describe('Where the list is in the answer, when it is not the answer itself').optional(),
  headers: z.record(z.string(), z.string()).describe('Sent with every question').default({}),
  bearer: z.string().describe('Token of an Authorization: Bearer header').optional(),
  workflow: z.string().describe('Name of the query parameter for the run’s id; "" sends none').default('workflow'),
});

const query = z.strictObject({
  kind: z.string().describe('Only events of this kind').optional(),
  workflow: z.string().describe('Only events of this run; the run itself when absent').optional(),
  any: z.literal(true).describe('Events of every run').optional(),
  trace: z.string().describe('Only events of this trace').optional(),
  where: z.record(z.string(), z.unknown()).describe('More query parameters of the endpoint').default({}),
});

/** Business and audit events of this run, as the application's own endpoint lists them. */
export const events = defineProbe({
  name: 'events',
  about: 'Business and audit events of this run, as the application’s endpoint lists them',
  settings,
  query,
  async open(given: z.output<typeof settings>, services) {
    const endpoint = {
      async read({ kind, workflow, any, trace, where }: z.output<typeof query>, signal: AbortSignal) {
        const run = any ? undefined : (workflow ?? services.workflow);
        const listed = async (of: string | undefined): Promise<unknown[]> => {
          const url = new URL(given.url, `${services.baseUrl}/`);
          for (const [name, value] of Object.entries({ kind, trace, ...where }))
            if (value !== undefined) url.searchParams.set(name, String(value));
          if (given.workflow && of !== undefined) url.searchParams.set(given.workflow, of);
          const answer = await askHttp(
            url.href,
            {
              headers: {
                ...(given.bearer === undefined ? {} : { authorization: `Bearer ${given.bearer}` }),
                ...given.headers,
                accept: 'application/json',
              },
            },
            signal,
          );
          checkStatus(answer, 'the list of events');
          const body = jsonOf(answer, 'the list of events');
          const list = given.list === undefined ? body : pickPath(body, given.list);
          if (!Array.isArray(list))
            throw new IntentwrightError('PROBE_UNREADABLE', 'the list of events is not a list', {
              hint: 'name its place in the answer with list:',
            });
          // An endpoint that ignores a filter must not let another kind, or another run, count.
          return list.filter((event) => agrees(event, 'kind', kind) && agrees(event, 'workflow', of) && agrees(event, 'trace', trace));
        };
        const found = await listed(run);
        if (run === undefined || found.every(namesItsRun)) return found;
        // Whether the endpoint heeds which run is asked for: of one that never was, it has no events.
        const heeded = given.workflow !== '' && (await listed(`${run}-nobody`)).length === 0;
        return heeded ? found.map((event) => (isRecord(event) ? { ...event, workflow: run } : event)) : found;
      },
      check: async (signal: AbortSignal) => void (await endpoint.read({ where: {} }, signal)),
      async close() {},
    };
    return endpoint;
  },
});

const namesItsRun = (event: unknown): boolean => isRecord(event) && event['workflow'] !== undefined;

const agrees = (event: unknown, field: string, wanted: string | undefined): boolean =>
  wanted === undefined || !isRecord(event) || event[field] === undefined || event[field] === wanted;
