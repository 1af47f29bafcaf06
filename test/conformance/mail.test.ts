import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { describe, expect, test } from 'vitest';
import { MailCatcher } from '../../demo/mail/catcher.ts';
import { codesOf, linksOf, textOf } from '../../src/oracle/mail/content.ts';
import { openReader } from '../../src/oracle/reader.ts';
import { mail } from '../../src/oracle/probes/mail.ts';
import { flood, json, serve, stall, text } from './http-server.ts';
import { describeProbe } from './probe.ts';
import { servicesWith } from './services.ts';

describeProbe('mail from an SMTP catcher', mail, async () => {
  const catcher = new MailCatcher();
  const smtp = await catcher.listen(0);
  await new Promise<void>((resolve) => catcher.http.listen(0, '127.0.0.1', resolve));
  const broken = await serve({
    '/stall/api/mails': stall,
    '/flood/api/mails': flood,
    '/page/api/mails': text('<html>', 'text/html'),
    '/object/api/mails': json({ mails: [] }),
    '/denied/api/mails': json({}, 401),
  });
  const transport = createTransport({ host: '127.0.0.1', port: smtp, secure: false });
  await transport.sendMail({
    from: 'Teamspace <no-reply@teamspace.test>',
    to: 'casey+1@x.test',
    subject: 'You’re invited to Zoé’s team',
    html: '<p>Your code is <b>482 913</b>.</p><p><a href="https://x.test/join/abc?a=1&amp;b=2">Accept <i>invitation</i></a></p>',
  });
  await transport.sendMail({ from: 'no-reply@teamspace.test', to: 'casey@x.test', subject: 'Something else', text: 'Hello' });
  const [stored] = (await (
    await fetch(`http://127.0.0.1:${(catcher.http.address() as AddressInfo).port}/api/mails?to=casey%2B1@x.test`)
  ).json()) as { id: string; receivedAt: string }[];
  return {
    settings: { url: `http://127.0.0.1:${(catcher.http.address() as AddressInfo).port}` },
    ask: { to: 'Casey+1@x.test', subject: 'zoe\u0301’s TEAM', from: 'no-reply@teamspace.test' },
    answer: [
      {
        id: stored!.id,
        to: 'casey+1@x.test',
        from: 'no-reply@teamspace.test',
        subject: 'You’re invited to Zoé’s team',
        text: 'Your code is 482 913.\nAccept invitation',
        links: [{ text: 'Accept invitation', url: 'https://x.test/join/abc?a=1&b=2' }],
        codes: ['482 913'],
        at: new Date(stored!.receivedAt).toISOString(),
      },
    ],
    nothing: { ask: { to: 'nobody@x.test' }, answer: [] },
    dead: { url: 'http://127.0.0.1:9' },
    denied: [{ settings: { url: `${broken.url}/denied` } }],
    stop: async () => {
      await broken.stop();
      await new Promise<void>((resolve) => catcher.smtp.close(() => resolve()));
      await new Promise<void>((resolve) => {
        catcher.http.close(() => resolve());
        catcher.http.closeAllConnections();
      });
    },
  };
});

describe('other catchers', () => {
  const routes = {
    '/api/v1/search': json({ total: 1, messages: [{ ID: 'm1' }] }),
    '/api/v1/messages': json({ total: 2, messages: [{ ID: 'm2' }, { ID: 'm1' }] }),
    '/api/v1/message/m1': json({
      ID: 'm1',
      From: { Name: 'T', Address: 'no-reply@x.test' },
      To: [{ Name: '', Address: 'casey@x.test' }],
      Subject: 'Invited',
      Date: '2026-11-20T10:00:00.5Z',
      Text: 'See https://x.test/a.',
      HTML: '',
    }),
    '/api/v1/message/m2': json({
      ID: 'm2',
      From: { Name: 'T', Address: 'no-reply@x.test' },
      To: [{ Address: 'dana@x.test' }],
      Subject: 'Later',
      Date: '2026-11-20T11:00:00Z',
      Text: '',
      HTML: '<p>Hi</p>',
    }),
    '/email': json([
      {
        id: 'd1',
        date: '2026-11-20T10:00:00Z',
        from: [{ address: 'no-reply@x.test', name: 'T' }],
        to: [{ address: 'casey@x.test', name: '' }],
        subject: 'Invited',
        text: 'See https://x.test/a.\n',
        html: '',
      },
    ]),
    '/stall/email': stall,
    '/flood/email': flood,
    '/page/email': text('<html>', 'text/html'),
    '/object/email': json({ mails: [] }),
  };
  const ask = async (settings: Record<string, unknown>, args: Record<string, unknown> = {}) => {
    const server = await serve(routes);
    const reader = await openReader({
      connections: [{ name: 'box', probe: 'mail', settings: { ...settings, url: `${server.url}${String(settings.url ?? '')}` } }],
      services: servicesWith(),
      maxInFlight: 2,
      timeoutMs: 500,
    });
    try {
      return await reader.read({ probe: 'mail', args }, AbortSignal.timeout(60_000));
    } finally {
      await reader.close();
      await server.stop();
    }
  };
  const invited = {
    to: 'casey@x.test',
    from: 'no-reply@x.test',
    subject: 'Invited',
    text: 'See https://x.test/a.',
    links: [{ text: 'https://x.test/a.', url: 'https://x.test/a' }],
    codes: [],
  };
  test('Mailpit', async () => {
    expect(await ask({ api: 'mailpit' }, { to: 'casey@x.test' })).toEqual([{ id: 'm1', at: '2026-11-20T10:00:00.500Z', ...invited }]);
    expect(await ask({ api: 'mailpit' })).toMatchObject([{ id: 'm1' }, { id: 'm2', text: 'Hi' }]);
    expect(await ask({ api: 'mailpit' }, { since: '2026-11-20T10:30:00Z' })).toMatchObject([{ id: 'm2' }]);
  });
  test('MailDev', async () =>
    expect(await ask({ api: 'maildev' }, { to: 'casey@x.test' })).toEqual([{ id: 'd1', at: '2026-11-20T10:00:00.000Z', ...invited }]));
  test.each(['/stall', '/flood', '/page', '/object', '/nowhere'])('a catcher at %s is unknown', async (url) => {
    await expect(ask({ api: 'maildev', url })).rejects.toMatchObject({ code: 'PROBE_UNREADABLE' });
  });
});

describe('what a mail says', () => {
  test('codes are what a person would type over', () => {
    expect(codesOf('Your code: 482913. It ends in 10 minutes.')).toEqual(['482913']);
    expect(codesOf('Use K7F2-QX9Z or 123-456, not 12.50 or 2026-11-20')).toEqual(['K7F2-QX9Z', '123-456']);
    expect(codesOf('https://x.test/verify/123456 casey4711@x.test order-12345')).toEqual([]);
    expect(codesOf('Casey invited you to Acme 738583. Order 12345 is on its way.')).toEqual([]);
    expect(codesOf('PIN 4821. Enter 99120 on the page; Your Code 5512')).toEqual(['4821', '99120', '5512']);
  });
  test('links of HTML, however it is quoted; only the web', () => {
    expect(
      linksOf(`<A class=x HREF='https://x.test/1'>One</A><a href=https://x.test/2>T&amp;wo</a><a href="mailto:a@x.test">no</a>`, ''),
    ).toEqual([
      { text: 'One', url: 'https://x.test/1' },
      { text: 'T&wo', url: 'https://x.test/2' },
    ]);
  });
  test('text of HTML as it reads', () =>
    expect(textOf('<style>p{}</style><p>Hello&nbsp;<b>Zo&#233;</b></p><br>Bye')).toBe('Hello Zoé\nBye'));
});
