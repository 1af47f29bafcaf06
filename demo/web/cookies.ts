export const parseCookies = (header: string | undefined): Record<string, string> =>
  Object.fromEntries(
    (header ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .filter(Boolean)
      .map((pair) => {
        const at = pair.indexOf('=');
        return at < 0 ? [pair, ''] : [pair.slice(0, at), decode(pair.slice(at + 1))];
      }),
  );

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export interface CookieOptions {
  sameSite?: 'Lax' | 'Strict';
  maxAgeSeconds?: number;
  httpOnly?: boolean;
}

export const cookie = (name: string, value: string, options: CookieOptions = {}): string =>
  `${name}=${encodeURIComponent(value)}; Path=/; SameSite=${options.sameSite ?? 'Lax'}${options.httpOnly === false ? '' : '; HttpOnly'}${options.maxAgeSeconds === undefined ? '' : `; Max-Age=${options.maxAgeSeconds}`}`;
