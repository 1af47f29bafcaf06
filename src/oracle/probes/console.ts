import { z } from 'zod';
import { defineProbe } from '../port.ts';

const query = z.strictObject({
  kind: z.enum(['exception', 'console-error']).describe('Uncaught exceptions, or errors that pages logged; both when absent').optional(),
  text: z.string().describe('Only those that contain this').optional(),
  actor: z.string().describe('Only what happened to this actor').optional(),
});

/** What went wrong on the application's own pages. */
export const consoleProbe = defineProbe({
  name: 'console',
  about: 'Uncaught exceptions and logged errors on the application’s own pages',
  query,
  async open(_: unknown, services) {
    return {
      async read({ kind, text, actor }: z.output<typeof query>) {
        return services
          .faults()
          .filter(
            (fault) =>
              (kind === undefined || fault.kind === kind) &&
              (text === undefined || fault.text.includes(text)) &&
              (actor === undefined || fault.actor === actor),
          )
          .map((fault) => ({ actor: fault.actor, kind: fault.kind, text: fault.text }));
      },
      async close() {},
    };
  },
});
