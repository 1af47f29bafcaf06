import { chmod, chown, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { openReader } from '../../src/oracle/reader.ts';
import { mail } from '../../src/oracle/probes/mail.ts';
import { describeProbe } from './probe.ts';
import { servicesWith } from './services.ts';
import { start } from './servers.ts';

const LETTER = [
  'From: Teamspace <no-reply@teamspace.test>',
  'To: casey@x.test',
  'Subject: =?utf-8?Q?You=E2=80=99re_invited?=',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Code <b>482913</b></p><a href="https://x.test/join/abc">Accept</a>',
  '',
].join('\r\n');
const OTHER = LETTER.replace('casey@x.test', 'dana@x.test');
const letter = {
  from: 'no-reply@teamspace.test',
  to: 'casey@x.test',
  subject: 'You’re invited',
  text: 'Code 482913\nAccept',
  links: [{ text: 'Accept', url: 'https://x.test/join/abc' }],
  codes: ['482913'],
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
const deliver = async (port: number, ...sources: string[]) => {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false });
  for (const source of sources)
    await transport.sendMail({ envelope: { from: 'no-reply@teamspace.test', to: /^To: (.*)$/m.exec(source)![1]!.trim() }, raw: source });
  transport.close();
};

describeProbe('mail taken by ourselves', mail, async () => {
  const port = await freePort();
  const holder = await openReader({
    connections: [{ name: 'box', probe: 'mail', settings: { smtp: port } }],
    services: servicesWith(),
    maxInFlight: 1,
  });
  await deliver(port, LETTER, OTHER);
  const [stored] = (await holder.read({ probe: 'mail', args: { to: 'casey@x.test' } }, AbortSignal.timeout(60_000))) as { at: string }[];
  return {
    settings: { smtp: port },
    ask: { to: 'casey@x.test' },
    answer: [{ id: '1', at: stored!.at, ...letter }],
    nothing: { ask: { to: 'nobody@x.test' }, answer: [] },
    wrong: [{ since: 'yesterday' }],
    stop: () => holder.close(),
  };
});

test('mail is taken from before the first question on, and its arrival wakes', async () => {
  const port = await freePort();
  const reader = await openReader({
    connections: [{ name: 'box', probe: 'mail', settings: { smtp: port } }],
    services: servicesWith(),
    maxInFlight: 1,
  });
  const { promise: woken, resolve } = Promise.withResolvers<void>();
  await deliver(port, OTHER);
  const stop = await reader.watch({ probe: 'mail', args: {} }, resolve);
  await deliver(port, LETTER);
  await woken;
  stop?.();
  expect(await reader.read({ probe: 'mail', args: { since: '2020-01-01' } }, AbortSignal.timeout(60_000))).toMatchObject([
    { to: 'dana@x.test' },
    { to: 'casey@x.test' },
  ]);
  await reader.close();
});

describeProbe('mail in an IMAP mailbox', mail, async () => {
  let inbox = '';
  const server = await start(
    'dovecot',
    (port, dir) => {
      inbox = join(dir, 'mail', 'casey');
      return ['-F', '-c', join(dir, 'dovecot.conf'), '-o', `service/imap-login/inet_listener/imap/port=${port}`];
    },
    async (dir) => {
      const { uid: user, gid: group, username } = userInfo();
      // Mail of root is nobody's: the server serves no mail as root.
      const [uid, gid] = user === 0 ? [65_534, 65_534] : [user, group];
      await chmod(dir, 0o755);
      for (const folder of ['', 'new', 'cur', 'tmp']) {
        await mkdir(join(inbox, folder), { recursive: true });
        await chown(join(inbox, folder), uid, gid);
      }
      await writeFile(join(inbox, 'new', '1763632800.M1.here'), LETTER);
      await writeFile(join(inbox, 'new', '1763632801.M2.here'), OTHER);
      const own = user === 0 ? '' : `default_internal_user = ${username}\ndefault_login_user = ${username}\n`;
      await writeFile(
        join(dir, 'dovecot.conf'),
        `${own}base_dir = ${dir}/run
log_path = ${dir}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:${dir}/mail/%u
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${dir}/home/%u
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = 1
  }
  inet_listener imaps {
    port = 0
  }
}
`,
      );
    },
  );
  if (typeof server === 'string') return server;
  const box = (password = 'secret') => `imap://casey:${password}@127.0.0.1:${server.port}`;
  const holder = await openReader({
    connections: [{ name: 'box', probe: 'mail', settings: { imap: box() } }],
    services: servicesWith(),
    maxInFlight: 4,
  });
  const read = (args: Record<string, unknown>) => holder.read({ probe: 'mail', args }, AbortSignal.timeout(10_000));
  const [stored] = (await read({ to: 'casey@x.test' })) as { at: string; id: string }[];
  return {
    settings: { imap: box() },
    ask: { to: 'casey@x.test', subject: 'invited' },
    answer: [{ id: stored!.id, at: stored!.at, ...letter }],
    nothing: { ask: { to: 'nobody@x.test' }, answer: [] },
    dead: { imap: 'imap://casey:secret@127.0.0.1:9' },
    denied: [{ settings: { imap: box('wrong') } }],
    stop: async () => {
      // Still where unseen mail lies: looking did not mark it.
      expect((await readdir(join(inbox, 'cur'))).filter((name) => name.includes('S'))).toEqual([]);
      await writeFile(join(inbox, 'new', '1763632802.M3.here'), LETTER.replace('482913', '111222'));
      expect(await read({ to: 'casey@x.test' })).toMatchObject([{ codes: ['482913'] }, { codes: ['111222'] }]);
      await holder.close();
      await server.stop();
    },
  };
});
