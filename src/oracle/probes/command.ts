import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { z } from 'zod';
import { IntentwrightError, messageOf } from '../../core/errors.ts';
import { parseExactJson } from '../../core/exact-json.ts';
import { defineProbe } from '../port.ts';

const settings = z.strictObject({
  command: z.array(z.string()).min(1).describe('Program and first arguments; no shell is involved'),
  cwd: z.string().describe('Folder that it runs in').optional(),
  env: z.record(z.string(), z.string()).describe('More environment variables').default({}),
  safe: z
    .enum(['production', 'test'])
    .describe('Somebody has made sure where it connects to: asked for where the config knows a production')
    .optional(),
});

const query = z.strictObject({
  args: z
    .array(z.union([z.string(), z.number()]))
    .describe('More arguments')
    .default([]),
  text: z.literal(true).describe('It answers with text, not with JSON').optional(),
});

const MOST_BYTES = 1024 * 1024;

/** What a program of yours says: the JSON on its standard output. It must only look. */
export const command = defineProbe({
  name: 'command',
  about: 'What a program of yours answers, as JSON on its standard output',
  settings,
  query,
  async open(given: z.output<typeof settings>, services) {
    return {
      async read({ args, text }: z.output<typeof query>, signal) {
        const said = await run(
          { ...given, env: { ...(services.env ?? process.env), ...given.env } as Record<string, string> },
          args.map(String),
          services.dirs.root ?? process.cwd(),
          signal,
        );
        if (text) return said.trimEnd();
        if (said.trim() === '') return null;
        try {
          return parseExactJson(said);
        } catch (error) {
          throw new IntentwrightError(
            'PROBE_UNREADABLE',
            `${given.command[0]} did not answer with JSON: ${JSON.stringify(said.trim().slice(0, 80))}`,
            { hint: 'say text: true when text is meant', cause: error },
          );
        }
      },
      async close() {},
    };
  },
});

function run(
  { command: [program = '', ...first], cwd, env }: Pick<z.output<typeof settings>, 'command' | 'cwd' | 'env'>,
  args: string[],
  root: string,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((fulfil, reject) => {
    execFile(
      program === 'node' ? process.execPath : program,
      [...first, ...args],
      { cwd: resolve(root, cwd ?? '.'), env, signal, killSignal: 'SIGKILL', maxBuffer: MOST_BYTES, encoding: 'utf8', windowsHide: true },
      (error, stdout, stderr) => {
        if (!error) return fulfil(stdout);
        if (signal.aborted) return reject(signal.reason as Error);
        const code = (error as NodeJS.ErrnoException).code;
        if (code === 'ENOENT' || code === 'EACCES')
          return reject(
            new IntentwrightError('PROBE_CONFIG', `${program} cannot be run: ${messageOf(error)}`, {
              hint: 'check command and cwd of the connection',
              cause: error,
            }),
          );
        const why =
          code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER'
            ? `said more than ${MOST_BYTES} bytes`
            : `ended with ${error.signal ?? `code ${code}`}${stderr.trim() ? `: ${stderr.trim().split('\n').at(-1)!.slice(0, 160)}` : ''}`;
        reject(new IntentwrightError('PROBE_UNREADABLE', `${program} ${why}`, { cause: error }));
      },
    );
  });
}
