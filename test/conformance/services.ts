import type { ProbeServices } from '../../src/oracle/port.ts';

/** What the run around a probe hands it, with nothing in it; a test puts in what its probe asks for. */
export const servicesWith = (some: Partial<ProbeServices> = {}): ProbeServices => ({
  clock: { now: () => performance.now(), wall: () => new Date(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
  baseUrl: 'http://127.0.0.1:9',
  workflow: 'iwconform',
  traceId: '0af7651916cd43dd8448eb211c80319c',
  fetchAs: async () => {
    throw new Error('this run has no actors');
  },
  requests: () => [],
  faults: () => [],
  dirs: { intent: import.meta.dirname, downloads: import.meta.dirname },
  ...some,
});
