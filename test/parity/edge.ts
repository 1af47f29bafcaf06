import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands in front of an application: it sets headers, cookies and policies, as edges do, and each can be got wrong. */
export interface EdgeState {
  headers: Record<string, string | undefined>;
  csp: Record<string, string | undefined>;
  reportOnly?: string;
  /** Attributes by name of the cookie; its value is a secret of its own in each answer. */
  cookies: Record<string, string>;
  /** Path → where it leads. */
  redirects: Record<string, { status: number; to: string }>;
  /** Put into the head of every page. */
  scripts: string[];
  cors: Record<string, string>;
  oidc: Record<string, unknown>;
  /** Path → JSON that is answered there. */
  answers: Record<string, unknown>;
  /** Path → status instead of the application's answer. */
  statuses: Record<string, number>;
}

/** Values that must never be seen in anything that parity says. */
export const CANARIES = [
  'canary-cookie-7f3a91c2',
  'canary-nonce-1b2c3d',
  'canary-header-55aa',
  'canary-query-99bb',
  'canary-fact-12cd',
  'canary-fact-34ef',
];

export const rightEdge = (): EdgeState => ({
  headers: {
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin',
    'permissions-policy': 'camera=(), geolocation=()',
    vary: 'Accept, Cookie',
    'x-content-type-options': 'nosniff',
    'x-internal-token': CANARIES[2],
    server: 'edge-a',
    'x-region': 'eu-1',
    'x-version': '1.4.2',
  },
  csp: {
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${CANARIES[1]}' https://js.pay.test`,
    'frame-ancestors': "'none'",
    'connect-src': "'self' https://api.pay.test",
    'img-src': "'self'",
  },
  cookies: { device: 'Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000', theme: 'Path=/; SameSite=Lax' },
  redirects: { '/start': { status: 302, to: `/login?next=%2F&token=${CANARIES[3]}` } },
  scripts: ['<script src="https://js.pay.test/v3/pay.js?k=canary-query-99bb" integrity="sha384-abc" crossorigin></script>'],
  cors: { 'access-control-allow-origin': 'https://partner.test', 'access-control-allow-methods': 'GET, POST' },
  oidc: {
    issuer: '{self}',
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    end_session_endpoint: '{self}/logout',
  },
  answers: {
    '/ops/cache': { driver: 'redis', ttl: 300 },
    '/ops/secrets': ['DATABASE_URL', 'PAYMENTS_KEY', 'SMTP_PASSWORD'],
    '/ops/payment-key': { key: CANARIES[4] },
    '/ops/limits': { seats: 5, trial: true },
    '/ops/locale': { default: 'en' },
  },
  statuses: {},
});

export class Edge {
  state = rightEdge();
  url = '';
  readonly #server: Server;

  private constructor(origin: string) {
    this.#server = createServer((request, response) => {
      const { headers, csp, reportOnly, cookies, redirects, scripts, cors, oidc, answers, statuses } = this.state;
      const path = new URL(request.url ?? '/', this.url).pathname;
      const json = (value: unknown): void =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value).replaceAll('{self}', this.url));
      if (statuses[path] !== undefined) return void response.writeHead(statuses[path]).end();
      if (path === '/.well-known/openid-configuration') return json(oidc);
      if (answers[path] !== undefined) return json(answers[path]);
      if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end();
      const policy = Object.entries(csp)
        .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`.trim()]))
        .join('; ');
      const own = {
        ...Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
        'content-security-policy': policy,
        ...(reportOnly ? { 'content-security-policy-report-only': reportOnly } : {}),
        'set-cookie': Object.entries(cookies).map(([name, attributes]) => `${name}=${CANARIES[0]}${Math.random()}; ${attributes}`),
      };
      const redirect = redirects[path];
      if (redirect) return void response.writeHead(redirect.status, { location: redirect.to, 'set-cookie': own['set-cookie'] }).end();
      void forward(request.method ?? 'GET', origin + request.url, request.headers, request).then(
        ({ status, type, body }) => {
          response
            .writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...own })
            .end(type.includes('html') ? body.replace(/<head>|<title>/i, (tag) => `${scripts.join('')}${tag}`) : body);
        },
        () => response.writeHead(502).end(),
      );
    });
  }

  static async before(origin: string): Promise<Edge> {
    const edge = new Edge(origin);
    await new Promise<void>((resolve) => edge.#server.listen(0, '127.0.0.1', resolve));
    edge.url = `http://127.0.0.1:${(edge.#server.address() as AddressInfo).port}`;
    return edge;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

async function forward(
  method: string,
  url: string,
  headers: IncomingHttpHeaders,
  from: AsyncIterable<Buffer>,
): Promise<{ status: number; type: string; body: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of from) chunks.push(chunk);
  const sent = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && !/^(?:host|connection|content-length|transfer-encoding|expect)$/.test(name) ? [[name, value]] : [],
    ),
  );
  const answer = await fetch(url, {
    method,
    headers: sent,
    redirect: 'manual',
    ...(chunks.length > 0 ? { body: Buffer.concat(chunks).toString() } : {}),
  });
  return { status: answer.status, type: answer.headers.get('content-type') ?? 'text/plain', body: await answer.text() };
}
