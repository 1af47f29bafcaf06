import type { Handler } from './context.ts';

export interface Route {
  method: string;
  segments: string[];
  handler: Handler;
}

/** `:name` matches one segment of the path. */
export const route = (method: 'GET' | 'POST' | 'DELETE', path: string, handler: Handler): Route => ({
  method,
  segments: split(path),
  handler,
});

const split = (path: string): string[] => path.split('/').filter(Boolean);

/** The route of a request; "method" when the path exists, but not for this method. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { handler: Handler; params: Record<string, string> } | 'method' | undefined {
  const asked = split(path);
  let other = false;
  for (const each of routes) {
    const params = match(each.segments, asked);
    if (!params) continue;
    if (each.method === method) return { handler: each.handler, params };
    other = true;
  }
  return other ? 'method' : undefined;
}

function match(segments: string[], asked: string[]): Record<string, string> | undefined {
  if (segments.length !== asked.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const given = decodeSegment(asked[index] ?? '');
    if (segment.startsWith(':')) params[segment.slice(1)] = given;
    else if (segment !== given) return undefined;
  }
  return params;
}

const decodeSegment = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
