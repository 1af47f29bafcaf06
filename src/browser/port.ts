import type { Action, ActionOutcome, RequestSeen, Target } from '../core/action.ts';
import type { RequestPolicy } from '../core/request-policy.ts';
import type { MailItem, Observation, ObservationChange } from '../core/observation.ts';
import type { Picture } from './picture.ts';

/** What the journey is given to look and act with, one per actor. Implemented by browser/session.ts. */
export interface ActorSession {
  readonly actor: string;
  /** A page was opened: until then the tab is empty. */
  readonly begun: boolean;
  /** Goes to where the actor begins, unless a page was opened already. When that fails, the actor is closed. */
  begin(): Promise<void>;
  /** One look at the actor's current page. Of collapsed rows, those are shown that contain a text of `focus`, or a word of `words` that few of them contain. */
  observe(options?: { focus?: string[]; words?: string[]; signal?: AbortSignal }): Promise<Observation>;
  /** What changed since the last look that was returned. */
  change(before: Observation, after: Observation): ObservationChange;
  /** Does it, waits until the page has settled by what is observed, and tells what came of it. Never throws for what a page does. */
  act(action: Action, on: Observation, options: ActOptions): Promise<ActionOutcome>;
  /** The target as it can be told and found again. */
  targetOf(observation: Observation, id: number): Target | undefined;
  /** Requests seen since the session opened, oldest first. */
  requests(): readonly RequestSeen[];
  /** Errors the page logged or threw on the application's own pages. */
  faults(): readonly { kind: 'console-error' | 'exception'; text: string; at: number }[];
  /** An HTTP request with this actor's cookies and headers, outside the page: for `access` and `http … as`. */
  fetch(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  /** The current page, secret fields masked; undefined when it cannot be drawn now. */
  picture(): Promise<Picture | undefined>;
  /** Mail that the journey read for this actor, shown in later observations. */
  showMail(mail: MailItem[]): void;
  close(): Promise<void>;
}

export interface ActOptions {
  /** Resolved in the last line before typing; the session checks the secret's origins and field kinds. Throws SECRET_SCOPE. */
  valueOf(ref: import('../core/action.ts').ValueRef, field: { origin: string; inputType?: string }): string;
  signal: AbortSignal;
  /** Longest wait for the page to settle, ms. */
  settleMs: number;
  /** Asks for a picture of the page as it is when it is touched. Called at most once, perhaps before that picture is there; the promise never rejects. */
  onPicture?: ((picture: Promise<Picture | undefined>) => void) | undefined;
  /** The next action is going to ask for a picture: it is begun as soon as the page has come to rest. */
  pictureNext?: boolean;
}

export interface HttpRequest {
  method: string;
  /** Absolute, or a path of the target. */
  url: string;
  headers?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
  body?: string;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  /** Text, ≤ 1 MiB. */
  body: string;
}

export interface PageEvent {
  kind: 'console-error' | 'exception' | 'dialog' | 'download' | 'popup' | 'crash' | 'host-refused';
  text: string;
}

export interface OpenActorOptions {
  actor: string;
  baseUrl: string;
  /** Origins of the application: everything else is refused by the browser's resolver rules. */
  origins: string[];
  session?: unknown;
  start?: string;
  locale?: string;
  timezone?: string;
  viewport?: { width: number; height: number };
  /** `x-workflow-id`, `traceparent`, `baggage`: sent to the application’s own origins only. Called per request. */
  correlation: () => Record<string, string>;
  serviceWorkers: 'allow' | 'block';
  /** In production: what may be sent at all. */
  policy?: RequestPolicy | undefined;
  downloadsDir: string;
  filesDir: string;
  onRequest(request: RequestSeen): void;
  onPageEvent(event: PageEvent): void;
  /** Asks for coverage: told once, when the session closes, which source files of the front end ran. */
  onSources?(files: string[]): void;
  /** Masks secrets in anything that is shown. */
  mask(text: string): string;
  artifacts?: { trace?: string; video?: string; har?: string } | undefined;
}

/** One browser process for a run; contexts are per actor and attempt. Relaunches itself after a crash. */
export interface BrowserHost {
  readonly version: string;
  openActor(options: OpenActorOptions): Promise<ActorSession>;
  /** Everything of opening an actor that asks nothing of the application: can be done before the actor's turn. */
  prepareActor(options: OpenActorOptions): Promise<ActorSession>;
  close(): Promise<void>;
}
