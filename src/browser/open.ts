import type { Browser } from 'playwright';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import { Correlation } from './correlation.ts';
import { Fence } from './fence.ts';
import { holdBack } from './hold-back.ts';
import type { PageScripts } from './page-script.ts';
import type { ActorSession, OpenActorOptions } from './port.ts';
import { Session } from './session.ts';
import { readSignin } from './signin.ts';

const HANG_MS = 8000;
const NAVIGATION_MS = 30_000;

export interface SessionWorkings {
  scripts: PageScripts;
  /** Longest time a page may take to answer, ms. */
  hangMs?: number;
}

/** Opens an isolated browser context for one actor, with an empty tab in it. */
export async function prepareSession(browser: Browser, options: OpenActorOptions, workings: SessionWorkings): Promise<ActorSession> {
  const fence = new Fence(options.baseUrl, options.origins);
  const signin = readSignin(options.session, fence);
  const headers = (): Record<string, string> => ({ ...signin.headers, ...options.correlation() });
  const initial = Correlation.initial(fence, headers());
  const context = await browser.newContext({
    baseURL: options.baseUrl,
    ...(initial ? { extraHTTPHeaders: initial } : {}),
    // What a service worker sends passes by the policy.
    serviceWorkers: options.policy ? 'block' : options.serviceWorkers,
    acceptDownloads: true,
    ...(options.locale ? { locale: options.locale } : {}),
    ...(options.timezone ? { timezoneId: options.timezone } : {}),
    ...(options.viewport ? { viewport: options.viewport } : {}),
    ...(signin.storageState ? { storageState: signin.storageState } : {}),
    ...(options.artifacts?.video ? { recordVideo: { dir: options.artifacts.video } } : {}),
    ...(options.artifacts?.har ? { recordHar: { path: options.artifacts.har, content: 'omit' as const } } : {}),
  });
  try {
    context.setDefaultTimeout(NAVIGATION_MS);
    await Promise.all([
      signin.apply(context),
      ...(options.policy
        ? [holdBack(context, options.policy, (line) => options.onPageEvent({ kind: 'host-refused', text: options.mask(line) }))]
        : []),
      context.addInitScript({ content: workings.scripts.hook }),
      ...(options.artifacts?.trace ? [context.tracing.start({ snapshots: true, screenshots: false })] : []),
    ]);
    const session = new Session({ context, fence, headers, options, script: workings.scripts.page, hangMs: workings.hangMs ?? HANG_MS });
    await session.openTab();
    return session;
  } catch (error) {
    await context.close().catch(() => undefined);
    if (/ffmpeg/.test(messageOf(error)) && options.artifacts?.video)
      throw new IntentwrightError('BROWSER_MISSING', 'a video needs ffmpeg, which was not found', {
        hint: 'run: npx playwright install ffmpeg, or turn artifacts.video off',
        cause: error,
      });
    throw error;
  }
}
