import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

export interface NotesApp {
  url: string;
  /** What the backend holds. */
  notes: string[];
  /** May be changed while it runs. */
  faults: NotesFaults;
  /** Requests so far, "POST /notes". */
  seen: string[];
}

/** How this application misbehaves. */
export interface NotesFaults {
  /** Says that it was saved, and stores nothing: always, or such notes. */
  forgets?: boolean | ((text: string) => boolean);
  /** The backend's answer when it is asked for the notes. */
  apiStatus?: number;
  /** What the API says instead of the notes. */
  api?(notes: readonly string[]): string;
  /** Milliseconds until a note shows in the API. */
  late?: number;
  /** Milliseconds until whoever adds a note is told so. */
  answers?(text: string): number;
  /** Milliseconds until the page is answered. */
  slow?: number;
  /** Goes between the heading and the form. */
  extra?: string;
  /** What the page says when it was saved; "Saved" unless told. */
  saved?: string;
  /** Called when a note arrives, before it is answered. */
  onNote?(): void;
  /** Called when the page is asked for. */
  onPage?(): void;
}

const servers: Server[] = [];
// At the end of the file, not of the test: tests that run side by side have no end of their own.
afterAll(() =>
  Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  ),
);

/** Somebody's own small application: a form, a list, and an API. */
export async function startNotes(faults: NotesFaults = {}): Promise<NotesApp> {
  const notes: string[] = [];
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://notes.test').pathname;
    seen.push(`${request.method} ${path}`);
    const html = (body: string): void =>
      void response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(`<!doctype html><html lang="en"><title>Notes</title><main>${body}</main></html>`);
    if (path === '/api/notes') {
      response
        .writeHead(faults.apiStatus ?? 200, { 'content-type': 'application/json' })
        .end(faults.api?.(notes) ?? JSON.stringify(notes.map((text) => ({ text }))));
    } else if (path === '/notes' && request.method === 'POST') {
      void bodyOf(request).then((body) => {
        faults.onNote?.();
        const text = new URLSearchParams(body).get('note') ?? '';
        if (!(typeof faults.forgets === 'function' ? faults.forgets(text) : faults.forgets))
          setTimeout(() => notes.push(text), faults.late ?? 0);
        setTimeout(() => html(`<p role="status">${faults.saved ?? 'Saved'}</p><a href="/">Back</a>`), faults.answers?.(text) ?? 0);
      });
    } else {
      faults.onPage?.();
      setTimeout(
        () =>
          html(
            `<h1>Notes</h1>${faults.extra ?? ''}<form method="post" action="/notes"><label>Note <input name="note" required></label><button>Add note</button></form><ul>${notes.map((text) => `<li>${text}</li>`).join('')}</ul>`,
          ),
        faults.slow ?? 0,
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, notes, faults, seen };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
