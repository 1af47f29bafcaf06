import { createTransport, type Transporter } from 'nodemailer';
import { passOn, workflow } from '../correlation.ts';
import type { LetterOrder } from './post.ts';
import { writeLetter } from './letters.ts';

let transport: Transporter | undefined;

/** Posts a letter by SMTP. */
export async function postLetter(order: LetterOrder): Promise<void> {
  transport ??= createTransport({
    host: '127.0.0.1',
    port: Number(process.env['SMTP_PORT']),
    secure: false,
    ignoreTLS: true,
    pool: true,
    maxConnections: 2,
  });
  const letter = writeLetter(order, process.env['APP_URL'] ?? '');
  const headers: Record<string, string> = { 'X-Letter': order.letter };
  if (workflow()) headers['X-Workflow-Id'] = workflow() as string;
  if (passOn()['traceparent']) headers['traceparent'] = passOn()['traceparent'] as string;
  await transport.sendMail({ from: 'Teamspace <hello@teamspace.test>', to: order.to, ...letter, headers });
}

export function closePost(): void {
  transport?.close();
}
