import type { IncomingHttpHeaders } from 'node:http';
import type { Db } from '../state/port.ts';
import type { Upload } from './body.ts';

export interface User {
  id: string;
  email: string;
  name: string;
  verified_at: string | null;
}

/** One request, as the features see it. */
export interface Context {
  db: Db;
  method: string;
  url: URL;
  /** Values of `:name` in the route. */
  params: Record<string, string>;
  headers: IncomingHttpHeaders;
  cookies: Record<string, string>;
  fields: Record<string, string>;
  files: Record<string, Upload>;
  /** The body as sent. */
  text: string;
  /** The page asked in the background and wants JSON. */
  wantsJson: boolean;
  user: User | undefined;
  session: string | undefined;
  /** Cookies to set with the answer. */
  setCookies: string[];
}

export type Handler = (context: Context) => Promise<import('./outcome.ts').Outcome>;

/** A field of the form, trimmed. */
export const field = (context: Context, name: string): string => (context.fields[name] ?? '').trim();
