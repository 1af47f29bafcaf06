import { escapeRegExp } from '../../core/escape-regexp.ts';
import { z } from 'zod';
import { match } from '../match.ts';
import { defineProbe } from '../port.ts';

const query = z.strictObject({
  method: z.string().describe('GET, POST …').optional(),
  path: z.string().describe('A path, ids as in the report: "/o/:slug/members/invite"; * for any part of it').optional(),
  status: z.unknown().describe('A status code, or a test of one: { gte: 500 }').optional(),
  actor: z.string().describe('Only what this actor’s browser sent').optional(),
  changes: z.boolean().describe('Only requests that may change state').optional(),
  failed: z.boolean().describe('Only requests that got no answer').optional(),
  own: z.boolean().describe('false: requests to other origins too').default(true),
});

/** The browser's own ledger of what it sent: method, path, status, time. */
export const requests = defineProbe({
  name: 'requests',
  about: 'The requests that the actors’ browsers sent in this journey',
  query,
  async open(_: unknown, services) {
    return {
      async read(asked: z.output<typeof query>) {
        return services
          .requests()
          .filter(
            (request) =>
              (!asked.own || request.own) &&
              (asked.method === undefined || request.method === asked.method.toUpperCase()) &&
              (asked.path === undefined ||
                fits(request.template, asked.path) ||
                fits(new URL(request.url, 'http://target').pathname, asked.path)) &&
              (asked.status === undefined || (request.status !== undefined && match(request.status, asked.status).ok)) &&
              (asked.actor === undefined || request.actor === asked.actor) &&
              (asked.changes === undefined || request.changes === asked.changes) &&
              (asked.failed === undefined || (request.failed !== undefined) === asked.failed),
          )
          .map(({ actor, method, template, status, failed }) => ({
            actor,
            method,
            path: template,
            status: status ?? null,
            ...(failed === undefined ? {} : { failed }),
          }));
      },
      async close() {},
    };
  },
});

function fits(path: string, pattern: string): boolean {
  const parts = pattern.split('*').map(escapeRegExp);
  return new RegExp(`^${parts.join('[^?]*')}$`).test(path);
}
