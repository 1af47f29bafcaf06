// One mail by SMTP, as a small application sends it.
import { connect } from 'node:net';

/** Rejects when the server does not take it. */
export async function sendMail({ to, subject, text }) {
  const socket = connect(Number(process.env.SMTP_PORT), '127.0.0.1');
  const answers = socket.setEncoding('utf8')[Symbol.asyncIterator]();
  const say = async (line, wanted) => {
    if (line !== undefined) socket.write(`${line}\r\n`);
    const answer = (await answers.next()).value ?? '';
    if (!answer.startsWith(wanted)) throw new Error(`the mail server said ${answer}`);
  };
  await say(undefined, '220');
  await say('HELO rota.test', '250');
  await say('MAIL FROM:<people@rota.test>', '250');
  await say(`RCPT TO:<${to}>`, '250');
  await say('DATA', '354');
  await say(
    `From: Rota <people@rota.test>\r\nTo: ${to}\r\nSubject: ${subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text.replaceAll('\n', '\r\n')}\r\n.`,
    '250',
  );
  socket.end('QUIT\r\n');
}
