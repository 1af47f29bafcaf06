/** What a person or a machine said while a command ran. */
export interface Interruption {
  /** Aborted by the first signal; the reason is its name. */
  readonly signal: AbortSignal;
  /** 130 or 143 once a signal came. */
  exitCode(): number | undefined;
  dispose(): void;
}

const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143 } as const;

/** Signals that come as one (a terminal and a wrapper both pass Ctrl-C on) are one, ms. */
const SAME_PRESS_MS = 300;

/**
 * The first signal asks: no new work, the evidence is finished, the report is written. The second leaves at once.
 */
export function listenForSignals(host: NodeJS.Process, onFirst: (name: string) => void, samePressMs = SAME_PRESS_MS): Interruption {
  const controller = new AbortController();
  let first: { name: keyof typeof CODES; at: number } | undefined;
  const hear = (name: NodeJS.Signals): void => {
    const known = name as keyof typeof CODES;
    if (!first) {
      first = { name: known, at: performance.now() };
      onFirst(name);
      controller.abort(name);
    } else if (performance.now() - first.at > samePressMs) {
      host.exit(CODES[known]);
    }
  };
  for (const name of Object.keys(CODES)) host.on(name as NodeJS.Signals, hear);
  return {
    signal: controller.signal,
    exitCode: () => first && CODES[first.name],
    dispose: () => {
      for (const name of Object.keys(CODES)) host.off(name as NodeJS.Signals, hear);
    },
  };
}
