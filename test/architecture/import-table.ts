/** One row of the house: what a folder of src/ may reach for. */
export interface Row {
  /** Folders it may import, or files of them ("models/port.ts"). */
  folders: string[];
  /** npm packages it may import; Node's own modules are free, but see `pure`. */
  packages: string[];
  /** No I/O and no clock: none of Node's modules either. */
  pure?: boolean;
  /** Packages that may only be reached by `await import()`: they cost too much, or are optional. */
  lazily?: string[];
}

/** The import table of ARCHITECTURE.md, as data. */
export const MAY_IMPORT: Record<string, Row> = {
  core: { folders: [], packages: ['zod'], pure: true },
  spec: { folders: ['core'], packages: ['zod', 'yaml'] },
  browser: { folders: ['core'], packages: ['zod', 'playwright', 'dom-accessibility-api'] },
  models: {
    folders: ['core'],
    packages: ['zod', 'openai', 'langchain', '@langchain/core'],
    lazily: ['openai', 'langchain', '@langchain/core'],
  },
  agents: { folders: ['core', 'models/port.ts'], packages: ['zod'] },
  journey: { folders: ['core', 'agents', 'browser'], packages: ['zod'] },
  oracle: {
    folders: ['core'],
    packages: [
      'zod',
      '@marcbachmann/cel-js',
      're2js',
      'pg',
      'mysql2',
      'ioredis',
      'amqplib',
      'imapflow',
      'smtp-server',
      'postal-mime',
      'unpdf',
    ],
    lazily: ['pg', 'mysql2', 'ioredis', 'amqplib', 'imapflow', 'smtp-server', 'postal-mime', 'unpdf'],
  },
  parity: { folders: ['core'], packages: [] },
  runner: {
    folders: ['core', 'spec', 'journey', 'oracle', 'agents', 'browser', 'models', 'history', 'parity'],
    packages: ['zod', 'p-queue', 'bullmq', 'ioredis', 'pg', 'mysql2', 'nodemailer'],
    lazily: ['bullmq', 'ioredis', 'pg', 'mysql2', 'nodemailer'],
  },
  report: { folders: ['core'], packages: ['zod'] },
  history: { folders: ['core'], packages: ['zod'] },
  playwright: { folders: ['core', 'spec', 'oracle', 'runner', 'report'], packages: ['@playwright/test'] },
  cli: {
    folders: ['core', 'spec', 'journey', 'oracle', 'agents', 'browser', 'models', 'history', 'parity', 'runner', 'report'],
    packages: ['zod', 'commander', 'pino'],
  },
};

/** Files directly under src/: the public face reaches the core and the ports that people implement. */
export const FACE: Row = { folders: ['core', 'oracle/port.ts', 'spec'], packages: ['zod'] };

/** The only files that import what they only know when they run: the bundle for pages, and modules that a team wrote. */
export const COMPUTED_IMPORTS = ['browser/page-script.ts', 'oracle/probes/custom.ts', 'runner/fixtures.ts', 'spec/read-module.ts'];

/** Names under which concepts go to hide. */
export const NO_FOLDERS = /^(utils?|shared|helpers?|common|misc|lib)$/;

export const MOST_LINES = 400;
