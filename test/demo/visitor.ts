import type { Ready } from '../../demo/teamspace.ts';

export interface Answer {
  status: number;
  /** Where a redirect or a JSON answer leads. */
  location: string | undefined;
  text: string;
}

interface Cookie {
  value: string;
  strict: boolean;
}

/** Somebody at a browser that draws nothing: cookies with their SameSite, forms, links, redirects. */
export class Visitor {
  readonly #ready: Ready;
  readonly #workflow: string;
  readonly #cookies = new Map<string, Cookie>();

  constructor(ready: Ready, workflow: string, session?: string) {
    this.#ready = ready;
    this.#workflow = workflow;
    if (session) this.#cookies.set('sid', { value: session.slice('sid='.length), strict: false });
  }

  /** What the application set for this cookie last. */
  cookie(name: string): Cookie | undefined {
    return this.#cookies.get(name);
  }

  get = (path: string, options: { fromElsewhere?: boolean } = {}): Promise<Answer> =>
    this.#ask('GET', path, undefined, options.fromElsewhere ?? false);

  post = (path: string, fields: Record<string, string> | FormData = {}): Promise<Answer> =>
    this.#ask('POST', path, fields instanceof FormData ? fields : new URLSearchParams(fields), false);

  async #ask(method: string, path: string, body: URLSearchParams | FormData | undefined, fromElsewhere: boolean): Promise<Answer> {
    const url = new URL(path, this.#ready.url);
    const own = url.origin === this.#ready.url;
    const cookies = own ? [...this.#cookies].filter(([, cookie]) => !(fromElsewhere && cookie.strict)) : [];
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      ...(body ? { body } : {}),
      headers: {
        accept: method === 'POST' ? 'application/json' : 'text/html',
        'x-workflow-id': this.#workflow,
        cookie: cookies.map(([name, { value }]) => `${name}=${value}`).join('; '),
      },
    });
    if (own) this.#keep(response.headers.getSetCookie());
    const text = await response.text();
    const told = method === 'POST' && text.startsWith('{') ? (JSON.parse(text) as { location?: string }).location : undefined;
    return { status: response.status, location: response.headers.get('location') ?? told, text };
  }

  #keep(set: string[]): void {
    for (const line of set) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, { value, strict: /samesite=strict/i.test(line) });
    }
  }
}
