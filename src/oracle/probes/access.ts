import { z } from 'zod';
import { IntentwrightError } from '../../core/errors.ts';
import type { AccessAnswer } from '../access-answer.ts';
import { placeOf } from '../http-answer.ts';
import { defineProbe } from '../port.ts';

const query = z.strictObject({
  as: z.unknown().describe('An actor of the journey, or a session'),
  method: z.string().describe('GET when absent').default('GET'),
  url: z.string().describe('Absolute, or a path of the target'),
  headers: z.record(z.string(), z.string()).describe('More headers').default({}),
  json: z.unknown().describe('JSON body').optional(),
  form: z.record(z.string(), z.unknown()).describe('Fields of a form').optional(),
  body: z.string().describe('Body as text').optional(),
  refused: z.array(z.int()).describe('Status codes that are a refusal here, beside 401, 403 and 404').optional(),
  accepted: z.array(z.int()).describe('Status codes that are a success here, beside 2xx').optional(),
});

/** Whether somebody may do that: the application's answer to the request itself. The one probe whose question may change state. */
export const access = defineProbe({
  name: 'access',
  about: 'Whether an actor may do that: the application’s answer to the request itself',
  once: true,
  query,
  async open(_: unknown, services) {
    return {
      async read(
        { as, method, url, headers, json, form, body, refused = [], accepted = [] }: z.output<typeof query>,
        signal,
      ): Promise<AccessAnswer> {
        const fields = form && Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)]));
        const answer = await services.fetchAs(
          as,
          {
            method,
            url,
            headers: { accept: 'application/json', ...headers },
            ...(json === undefined ? {} : { json }),
            ...(fields ? { form: fields } : {}),
            ...(body === undefined ? {} : { body }),
          },
          signal,
        );
        const listed = refused.includes(answer.status) || accepted.includes(answer.status);
        if (!listed && (answer.status >= 500 || answer.status === 429)) {
          throw new IntentwrightError(
            'PROBE_UNREADABLE',
            `${method} ${placeOf(url)} answered ${answer.status}, which is neither a refusal nor a success`,
          );
        }
        return {
          status: answer.status,
          ...(answer.signedIn ? { signedIn: true } : {}),
          ...(answer.headers.location ? { location: new URL(answer.headers.location, 'http://target').pathname } : {}),
        };
      },
      async close() {},
    };
  },
});
