import type { BrowserContext, Route } from 'playwright';
import type { RequestPolicy } from '../core/request-policy.ts';

/**
 * Lets a context send only what a policy allows, whoever sends it: pages, popups, frames, workers. Service workers must be blocked,
 * and no socket is opened: what is sent through one cannot be judged.
 */
export async function holdBack(context: BrowserContext, policy: RequestPolicy, onRefused: (line: string) => void): Promise<void> {
  await context.routeWebSocket(
    () => true,
    (socket) => {
      onRefused(`WebSocket ${socket.url()} was not opened: in production only requests that are listed may be sent`);
      return socket.close();
    },
  );
  await context.route(
    () => true,
    async (route) => {
      const request = route.request();
      const [method, url] = [request.method(), request.url()];
      if (!/^https?:/.test(url)) return route.continue();
      if (!policy(method, url)) {
        onRefused(`${method} ${new URL(url).pathname} was not sent: in production only requests that are listed may write`);
        return route.abort('blockedbyclient');
      }
      return method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? route.continue() : sendOnce(route, policy, onRefused);
    },
  );
}

/** A write may be redirected as a write (307, 308), which the browser would follow unasked: it is sent here, and its answer looked at first. */
async function sendOnce(route: Route, policy: RequestPolicy, onRefused: (line: string) => void): Promise<void> {
  const request = route.request();
  const response = await route.fetch({ maxRedirects: 0 });
  const location = response.headers()['location'];
  const again = response.status() === 307 || response.status() === 308;
  if (again && location && URL.canParse(location, request.url()) && !policy(request.method(), new URL(location, request.url()).href)) {
    onRefused(
      `${request.method()} ${new URL(location, request.url()).pathname} was not sent: it is where ${new URL(request.url()).pathname} redirects to`,
    );
    return route.abort('blockedbyclient');
  }
  return route.fulfill({ response });
}
