import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import { defineProbe, type OpenProbe, type Probe } from '../port.ts';

const settings = z.strictObject({
  module: z.string().describe('File of the probe, TypeScript or JavaScript; it exports what defineProbe returns'),
  export: z.string().describe('Name of the export').default('default'),
  settings: z.record(z.string(), z.unknown()).describe('The probe’s own settings').default({}),
});

const query = z.strictObject({ ask: z.record(z.string(), z.unknown()).describe('The probe’s own question').default({}) });

/** A probe of your own, in one file: `export default defineProbe({ … })`. */
export const custom = defineProbe({
  name: 'custom',
  about: 'A probe of your own, in one file of TypeScript',
  settings,
  query,
  async open(given: z.output<typeof settings>, services) {
    const probe = await load(resolve(services.dirs.root ?? process.cwd(), given.module), given.export);
    const opened: OpenProbe = await probe.open(checked(probe.settings ?? z.unknown(), given.settings, 'settings'), services);
    const question = ({ ask }: z.output<typeof query>) => checked(probe.query, ask, 'ask');
    return {
      read: (asked, signal) => opened.read(question(asked), signal),
      watch: async (asked: z.output<typeof query>, wake: () => void) => opened.watch?.(question(asked), wake),
      close: () => opened.close(),
    };
  },
});

async function load(file: string, name: string): Promise<Probe> {
  const module = (await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new IntentwrightError('PROBE_CONFIG', `the probe ${file} cannot be loaded: ${messageOf(error)}`, { cause: error });
  })) as Record<string, unknown>;
  const probe = module[name] as Partial<Probe> | undefined;
  if (typeof probe?.open !== 'function' || typeof probe.query?.safeParse !== 'function')
    throw new IntentwrightError('PROBE_CONFIG', `${file} does not export a probe as ${name}`, {
      hint: 'export default defineProbe({ name, about, query, open })',
    });
  return probe as Probe;
}

function checked(schema: z.ZodType, value: unknown, what: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new IntentwrightError(
    'PROBE_CONFIG',
    `${what}${issue?.path.length ? `.${issue.path.map(String).join('.')}` : ''}: ${issue?.message ?? 'is not valid'}`,
  );
}
