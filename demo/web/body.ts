import type { IncomingMessage } from 'node:http';

export interface Upload {
  filename: string;
  content: string;
}

export interface Body {
  fields: Record<string, string>;
  files: Record<string, Upload>;
  /** As sent, for signatures. */
  text: string;
}

const LIMIT = 2 * 1024 * 1024;

export class BodyTooLarge extends Error {}

async function bytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LIMIT) throw new BodyTooLarge('the body is larger than 2 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);

/** Parts of a multipart body: simple fields and uploaded text files. */
function multipart(text: string, boundary: string): Pick<Body, 'fields' | 'files'> {
  const fields: Record<string, string> = {};
  const files: Record<string, Upload> = {};
  for (const part of text.split(`--${boundary}`).slice(1, -1)) {
    const split = part.indexOf('\r\n\r\n');
    const head = part.slice(0, split);
    const content = part.slice(split + 4, -2);
    const name = /name="([^"]*)"/.exec(head)?.[1];
    const filename = /filename="([^"]*)"/.exec(head)?.[1];
    if (name === undefined) continue;
    if (filename === undefined) fields[name] = content;
    else if (filename !== '') files[name] = { filename, content };
  }
  return { fields, files };
}

/** Reads a form, a multipart form or JSON. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const type = request.headers['content-type'] ?? '';
  const text = (await bytes(request)).toString('utf8');
  if (type.startsWith('application/json')) {
    const value: unknown = text ? JSON.parse(text) : {};
    const fields =
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asText(each)]))
        : {};
    return { fields, files: {}, text };
  }
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1];
  if (type.startsWith('multipart/form-data') && boundary) return { ...multipart(text, boundary), text };
  return { fields: Object.fromEntries(new URLSearchParams(text)), files: {}, text };
}
