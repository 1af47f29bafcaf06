import { z } from 'zod';
import { IntentwrightError } from '../../core/errors.ts';
import { askHttp, checkStatus, type HttpAnswer, isHtml, jsonOf, placeOf } from '../http-answer.ts';
import { pickPath } from '../pick-path.ts';
import { defineProbe, type ProbeServices } from '../port.ts';

const settings = z.strictObject({
  url: z.string().describe('Base URL; the target’s own when absent').optional(),
  headers: z.record(z.string(), z.string()).describe('Sent with every question').default({}),
  bearer: z.string().describe('Token of an Authorization: Bearer header').optional(),
  basic: z.strictObject({ user: z.string(), password: z.string() }).describe('HTTP basic authentication').optional(),
});

const query = z
  .strictObject({
    path: z.string().describe('A path below the connection’s URL, or an absolute URL'),
    method: z
      .enum(['GET', 'HEAD', 'POST'])
      .describe('POST only where it reads, as GraphQL and searches do: say reads: true')
      .default('GET'),
    reads: z.literal(true).describe('This POST changes nothing').optional(),
    headers: z.record(z.string(), z.string()).describe('More headers').default({}),
    json: z.unknown().describe('JSON body of a POST').optional(),
    as: z.unknown().describe('Ask as this actor, or with this session, instead of as a service').optional(),
    pick: z.string().describe('The part of the body that is the answer: "items.0.name" or "$.items[*].name"').optional(),
    text: z.literal(true).describe('The body is text, not JSON').optional(),
    header: z.string().describe('The answer is this header').optional(),
    answers: z.array(z.int()).describe('Status codes that are answers here, beside 2xx, 404 and 410').default([]),
  })
  .refine((asked) => asked.method !== 'POST' || asked.reads === true, {
    error: 'a POST must say reads: true; probes never change state',
    path: ['method'],
  });

type Settings = z.output<typeof settings>;
type Query = z.output<typeof query>;

/** `{ status, body }`, or what `pick` names. 404 and 410 have the body null: that is what "not there yet" looks like. */
export const http = defineProbe({
  name: 'http',
  about: 'What an HTTP endpoint answers, as a service or as one of the actors',
  settings,
  query,
  async open(given: Settings, services) {
    return {
      async read(asked: Query, signal) {
        const url = new URL(asked.path, `${(given.url ?? services.baseUrl).replace(/\/$/, '')}/`).href;
        const what = `${asked.method} ${placeOf(url)}`;
        const answer = await ask(url, asked, given, services, signal);
        checkStatus(answer, what, asked.answers);
        return valueOf(answer, asked, what);
      },
      /** Any answer shows that somebody is there; only a refusal of our credentials is told. */
      async check(signal) {
        const url = given.url ?? services.baseUrl;
        const answer = await askHttp(url, { headers: { ...authOf(given), ...given.headers } }, signal);
        if (answer.status === 401 || answer.status === 403) checkStatus(answer, placeOf(url));
      },
      async close() {},
    };
  },
});

function ask(url: string, asked: Query, given: Settings, services: ProbeServices, signal: AbortSignal): Promise<HttpAnswer> {
  const { method, json } = asked;
  const headers = { accept: asked.text ? '*/*' : 'application/json', ...asked.headers };
  if (asked.as !== undefined) return services.fetchAs(asked.as, { method, url, headers, ...(json === undefined ? {} : { json }) }, signal);
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  return askHttp(
    url,
    {
      method,
      headers: { ...authOf(given), ...given.headers, ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...body,
    },
    signal,
  );
}

function authOf({ bearer, basic }: Settings): Record<string, string> {
  if (bearer !== undefined) return { authorization: `Bearer ${bearer}` };
  return basic ? { authorization: `Basic ${Buffer.from(`${basic.user}:${basic.password}`).toString('base64')}` } : {};
}

function valueOf(answer: HttpAnswer, asked: Query, what: string): unknown {
  if (asked.header !== undefined) return answer.headers[asked.header.toLowerCase()] ?? null;
  const gone = (answer.status === 404 || answer.status === 410) && !asked.answers.includes(answer.status);
  const body = gone ? null : bodyOf(answer, asked, what);
  return asked.pick === undefined ? { status: answer.status, body } : pickPath(body, asked.pick);
}

function bodyOf(answer: HttpAnswer, asked: Query, what: string): unknown {
  if (asked.text) return answer.body;
  if (isHtml(answer.headers) && !asked.answers.includes(answer.status)) {
    throw new IntentwrightError('PROBE_UNREADABLE', `${what} answered ${answer.status} with a page, not with JSON`, {
      hint: 'ask the API, or say text: true when the page is meant',
    });
  }
  return isHtml(answer.headers) ? answer.body : jsonOf(answer, what);
}
