import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that writes down whatever reaches it. */
export interface Logged {
  server: Server;
  port: number;
  /** "POST /hit/form"; "connection" for one that was opened, whatever came of it. */
  log: string[];
  requests(): string[];
}

/** "Production", or anything else that only says what it was asked; `answer` may say more. */
export async function startLogged(
  answer: Parameters<typeof createServer>[1] = (_, response) => void response.end('{"ok":true}'),
): Promise<Logged> {
  const log: string[] = [];
  const server = createServer((request, response) => {
    log.push(`${request.method} ${request.url}`);
    response.setHeader('access-control-allow-origin', '*');
    (answer as (request: unknown, response: unknown) => void)(request, response);
  });
  server.on('connection', () => log.push('connection'));
  server.on('upgrade', (request, socket) => {
    log.push(`WS ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port, log, requests: () => log.filter((line) => line !== 'connection') };
}

/** A page that tries every way out of the application there is, and says which it tries. */
export const wayfarer = (
  away: string,
): string => `<!doctype html><html lang="en"><title>Ways</title><main><h1>Ways</h1><button>Go</button><form target="_blank" method="post" action="${away}/hit/form"></form><a target="_blank" rel="noopener" href="${away}/hit/link">Away</a></main><script>
const tried = (way) => fetch('/tried/' + way, { method: 'POST', keepalive: true });
const add = (tag, props) => document.body.append(Object.assign(document.createElement(tag), props));
const onLoad = {
  image: () => add('img', { src: '${away}/hit/image' }),
  frame: () => add('iframe', { src: '${away}/hit/frame' }),
  script: () => add('script', { src: '${away}/hit/script' }),
  style: () => add('link', { rel: 'stylesheet', href: '${away}/hit/style' }),
  fetch: () => fetch('${away}/hit/fetch', { mode: 'no-cors', method: 'POST', body: 'x' }).catch(() => {}),
  xhr: () => { const xhr = new XMLHttpRequest(); xhr.open('POST', '${away}/hit/xhr'); xhr.send('x'); },
  beacon: () => navigator.sendBeacon('${away}/hit/beacon', 'x'),
  events: () => new EventSource('${away}/hit/events'),
  socket: () => new WebSocket('${away}/hit/socket'.replace('http', 'ws')),
  'redirected-fetch': () => fetch('/to/redirected-fetch', { mode: 'no-cors' }).catch(() => {}),
  'redirected-frame': () => add('iframe', { src: '/to/redirected-frame' }),
  worker: () => new Worker(URL.createObjectURL(new Blob(["fetch('${away}/hit/worker', { mode: 'no-cors', method: 'POST' }).catch(() => {})"]))),
  'service-worker': () => navigator.serviceWorker.register('/sw.js'),
};
const onPress = {
  popup: () => window.open('${away}/hit/popup'),
  form: () => document.querySelector('form').submit(),
  link: () => document.querySelector('a').click(),
};
for (const [way, go] of Object.entries(onLoad)) { tried(way); go(); }
document.querySelector('button').onclick = () => {
  for (const [way, go] of Object.entries(onPress)) { tried(way); go(); }
  fetch('/pressed', { method: 'POST' }).then(() => { tried('navigation'); location.href = '${away}/hit/navigation'; });
};
</script></html>`;

export const PAGE_WAYS = [
  'image',
  'frame',
  'script',
  'style',
  'fetch',
  'xhr',
  'beacon',
  'events',
  'socket',
  'redirected-fetch',
  'redirected-frame',
  'worker',
  'service-worker',
  'popup',
  'form',
  'link',
  'navigation',
];
