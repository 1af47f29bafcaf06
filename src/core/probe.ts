import type { z } from 'zod';

/** What the loader must know of a probe to check a file, and the oracle to build one. Implemented by oracle/probes, one file each. */
export interface ProbeFace {
  readonly name: string;
  /** One line for `--help`, the schema and the docs. */
  readonly about: string;
  /** Settings of a connection; undefined when the probe needs none. */
  readonly settings?: z.ZodType;
  /** What can be asked. Strict: unknown keys are load errors. */
  readonly query: z.ZodType;
}
