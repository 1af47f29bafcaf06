import type { Html } from '../ui/html.ts';

export type Tone = 'good' | 'bad' | 'plain';

/** What a request comes to. How it is written depends on who asked: a browser, a form in a page, a script. */
export type Outcome =
  | { kind: 'page'; page: Html; status: number }
  | { kind: 'go'; to: string; toast?: string; tone: Tone; data?: Record<string, unknown> }
  | { kind: 'refused'; status: number; error: string; message: string; fields?: Record<string, string>; to?: string }
  | { kind: 'json'; status: number; value: unknown }
  | { kind: 'file'; filename: string; type: string; content: string }
  | { kind: 'asset'; type: string; content: string };

export const page = (markup: Html, status = 200): Outcome => ({ kind: 'page', page: markup, status });

/** Done: on to another page, with a message. */
export const go = (to: string, toast?: string, data?: Record<string, unknown>): Outcome => ({
  kind: 'go',
  to,
  tone: 'good',
  ...(toast ? { toast } : {}),
  ...(data ? { data } : {}),
});

export const json = (value: unknown, status = 200): Outcome => ({ kind: 'json', value, status });

/** The form has mistakes: field name → what to do about it. */
export const invalid = (fields: Record<string, string>): Outcome => ({
  kind: 'refused',
  status: 422,
  error: 'invalid',
  message: Object.values(fields)[0] ?? 'Please check the form.',
  fields,
});

export const refused = (status: number, error: string, message: string, to?: string): Outcome => ({
  kind: 'refused',
  status,
  error,
  message,
  ...(to ? { to } : {}),
});

export const forbidden = (message = 'Your role does not allow this.'): Outcome => refused(403, 'forbidden', message);

export const missing = (message = 'This page does not exist.'): Outcome => refused(404, 'not-found', message);
