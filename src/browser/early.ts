import { launchBrowser, type LaunchOptions } from './host.ts';
import type { BrowserHost } from './port.ts';

/** A browser that is starting while the rest of a run is still being made ready. */
export interface EarlyBrowser {
  /** The browser, if these are the very hosts it was launched for; another one otherwise. Rejects as launching does. */
  take(options: LaunchOptions): Promise<BrowserHost>;
  /** Ends it if nobody took it. */
  drop(): Promise<void>;
}

/** Launches a browser for hosts that are known before the application is asked: a browser needs as long to start as all else together. */
export function launchEarly(options: LaunchOptions): EarlyBrowser {
  let waiting: Promise<BrowserHost> | undefined = launchBrowser(options);
  waiting.catch(() => undefined);
  const drop = async (): Promise<void> => {
    const unwanted = waiting;
    waiting = undefined;
    await unwanted?.then(
      (host) => host.close(),
      () => undefined,
    );
  };
  return {
    drop,
    async take(wanted) {
      const fits = [...wanted.hosts].sort().join() === [...options.hosts].sort().join();
      if (!waiting || !fits) {
        await drop();
        return launchBrowser(wanted);
      }
      const taken = waiting;
      waiting = undefined;
      return taken;
    },
  };
}
