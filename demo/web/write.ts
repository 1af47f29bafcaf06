import type { ServerResponse } from 'node:http';
import { messagePage } from '../ui/message.ts';
import type { Context } from './context.ts';
import { cookie } from './cookies.ts';
import type { Outcome } from './outcome.ts';

/** Writes the outcome in the form that the asker wants; returns the status. */
export async function write(context: Context, outcome: Outcome, response: ServerResponse): Promise<number> {
  const headers: Record<string, string | string[]> = { 'cache-control': 'no-store' };
  const cookies = context.setCookies;
  const send = (status: number, type: string, content: string): number => {
    if (cookies.length > 0) headers['set-cookie'] = cookies;
    response.writeHead(status, { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(content) });
    response.end(content);
    return status;
  };
  const text = 'text/html; charset=utf-8';
  const data = 'application/json; charset=utf-8';

  switch (outcome.kind) {
    case 'page':
      if (context.cookies['flash']) cookies.push(cookie('flash', '', { maxAgeSeconds: 0 }));
      return send(outcome.status, text, outcome.page.text);
    case 'json':
      return send(outcome.status, data, JSON.stringify(outcome.value));
    case 'asset':
      headers['cache-control'] = 'public, max-age=3600';
      return send(200, outcome.type, outcome.content);
    case 'file':
      headers['content-disposition'] = `attachment; filename="${outcome.filename.replace(/[^\w. -]/g, '_')}"`;
      return send(200, outcome.type, outcome.content);
    case 'go':
      if (outcome.toast) cookies.push(cookie('flash', JSON.stringify([outcome.tone, outcome.toast]), { maxAgeSeconds: 60 }));
      if (context.wantsJson)
        return send(200, data, JSON.stringify({ ok: true, location: outcome.to, toast: outcome.toast, ...outcome.data }));
      headers['location'] = outcome.to;
      return send(303, text, '');
    case 'refused':
      if (context.wantsJson)
        return send(
          outcome.status,
          data,
          JSON.stringify({ error: outcome.error, message: outcome.message, fields: outcome.fields, location: outcome.to }),
        );
      if (outcome.to) {
        headers['location'] = outcome.to;
        return send(303, text, '');
      }
      return send(outcome.status, text, messagePage(context, outcome).text);
  }
}
