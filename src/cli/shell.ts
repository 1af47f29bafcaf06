import { styleText } from 'node:util';
import { messageOf } from '../core/errors.ts';

type Style = Parameters<typeof styleText>[0];

/** The world a command runs in: where it stands, what it may say, and how it ends. */
export interface Shell {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** True when a person watches stdout. */
  readonly interactive: boolean;
  /** Asked anew each time: terminals are resized. */
  readonly columns: number;
  readonly rows: number;
  out(text: string): void;
  err(text: string): void;
  /** Coloured for stdout when that is wanted there. */
  paint(style: Style, text: string): string;
  /** Turns colours off for the rest of the process and its children. */
  plain(): void;
  /** True when stdout takes colours. */
  colours(): boolean;
  /** Flushes and leaves; a fault nobody handled turns a 0 or 1 into a 3. */
  close(code: number): Promise<void>;
}

/** The real one. A reader that went away (`| head`) is no fault: the run goes on and its exit code stands. */
export function openShell(host: NodeJS.Process): Shell {
  let faults = 0;
  for (const stream of [host.stdout, host.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') faults += 1;
    });
  for (const event of ['unhandledRejection', 'uncaughtException'] as const)
    host.on(event, (error: unknown) => {
      faults += 1;
      write(host.stderr, `intentwright: a fault nobody handled: ${error instanceof Error ? error.stack : messageOf(error)}\n`);
    });
  return {
    cwd: host.cwd(),
    env: host.env,
    interactive: host.stdout.isTTY === true && !isCi(host.env),
    get columns() {
      // 0 where a terminal does not know its own size.
      return host.stdout.columns || 100;
    },
    get rows() {
      return host.stdout.rows || 24;
    },
    out: (text) => write(host.stdout, text),
    err: (text) => write(host.stderr, text),
    paint: (style, text) => styleText(style, text, { stream: host.stdout }),
    plain: () => {
      host.env['NO_COLOR'] = '1';
      delete host.env['FORCE_COLOR'];
    },
    colours: () => styleText('bold', 'x', { stream: host.stdout }) !== 'x',
    close: async (code) => {
      await Promise.all([flushed(host.stdout), flushed(host.stderr)]);
      host.exit(faults > 0 && code < 2 ? 3 : code);
    },
  };
}

/** `CI=` and `CI=false` mean that it is none. */
export const isCi = (env: NodeJS.ProcessEnv): boolean => !['', '0', 'false', undefined].includes(env['CI']);

function write(stream: NodeJS.WriteStream, text: string): void {
  if (!stream.destroyed && stream.writable) stream.write(text);
}

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) resolve();
    else stream.write('', () => resolve());
  });
