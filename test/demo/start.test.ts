import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventually, Teamspace } from './teamspace.ts';

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

const gone = async (teamspace: Teamspace): Promise<boolean> => {
  const { url, payments, mail, flags, crm, control, db } = teamspace.ready;
  const up = await Promise.all([url, payments, mail, flags, crm, control].map(answers));
  return !up.includes(true) && !existsSync(dirname(db));
};

describe('Teamspace as a process', () => {
  test('says once, on one line, where everything is', async () => {
    const teamspace = await Teamspace.start();
    let more = '';
    teamspace.process.stdout?.on('data', (chunk: Buffer) => {
      more += chunk.toString();
    });
    const { ready } = teamspace;
    expect(ready).toMatchObject({
      ready: true,
      pid: teamspace.process.pid,
      smtp: expect.any(Number),
      token: expect.stringMatching(/.{12}/),
    });
    expect(new URL(ready.url).hostname).toBe('127.0.0.1');
    expect(new URL(ready.payments).hostname).toBe('localhost');
    for (const url of [ready.url, ready.payments, ready.mail, ready.flags, ready.crm, ready.control]) expect(await answers(url)).toBe(true);
    await teamspace.stop();
    expect(more).toBe('');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends every process and leaves no file', async (signal) => {
    const teamspace = await Teamspace.start();
    expect(await teamspace.stop(signal)).toBe(0);
    expect(await gone(teamspace)).toBe(true);
  });

  test('an interrupt of the whole process group is an orderly end', async () => {
    const teamspace = await Teamspace.start({}, [], { detached: true });
    let errors = '';
    teamspace.process.stderr?.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const ended = once(teamspace.process, 'exit');
    process.kill(-(teamspace.process.pid ?? 0), 'SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(errors).toBe('');
    expect(await gone(teamspace)).toBe(true);
  });

  test('it ends when nobody holds its stdin any more', async () => {
    const teamspace = await Teamspace.start();
    teamspace.process.stdin?.end();
    await eventually(() => gone(teamspace));
  });

  test('killed outright, it still leaves nothing behind', async () => {
    const teamspace = await Teamspace.start();
    await teamspace.stop('SIGKILL');
    await eventually(() => gone(teamspace));
  });

  test('several copies live side by side', async () => {
    const copies = await Promise.all([Teamspace.start(), Teamspace.start()]);
    try {
      const orgs = await Promise.all(copies.map((each) => each.seed('org-with-admin', 'same-workflow')));
      expect(orgs[0]?.admin?.email).toBe(orgs[1]?.admin?.email);
      expect(new Set(copies.map((each) => each.ready.db)).size).toBe(2);
      for (const each of copies) expect(await each.rows('select id from organisations')).toHaveLength(2);
    } finally {
      await Promise.all(copies.map((each) => each.stop()));
    }
  });

  test('an unknown defect or redesign is refused with what there is', async () => {
    await expect(Teamspace.start({}, ['--defects', 'no-such'])).rejects.toThrow(
      /ended with 2: unknown defect "no-such"; known: provisioning-skipped/,
    );
    await expect(Teamspace.start({ UI: 'no-such' })).rejects.toThrow(/ended with 2: unknown redesign "no-such"; known: labels-reworded/);
  });

  test('a port that is taken is said, and nothing stays behind', async () => {
    const first = await Teamspace.start();
    await expect(Teamspace.start({ PORT: new URL(first.ready.url).port })).rejects.toThrow(/EADDRINUSE/);
    await first.stop();
  });
});

describe('test support', () => {
  test('needs the token', async () => {
    const teamspace = await Teamspace.start();
    try {
      for (const [method, path] of [
        ['POST', '/test/seed'],
        ['POST', '/test/reset'],
        ['GET', '/test/diagnostics'],
        ['POST', '/test/expire-session'],
        ['GET', '/api/events'],
      ] as const) {
        expect((await fetch(`${teamspace.ready.url}${path}`, { method })).status, path).toBe(401);
      }
    } finally {
      await teamspace.stop();
    }
  });

  test('does not exist in production, token or not', async () => {
    const teamspace = await Teamspace.start({ APP_ENV: 'production' });
    try {
      for (const path of ['/test/seed', '/test/reset', '/test/expire-session', '/test/redeliver-webhook']) {
        await expect(teamspace.support('POST', path, { kind: 'visitor', workflow: 'w' }), path).rejects.toThrow(/answered 403/);
      }
      await expect(teamspace.support('GET', '/test/diagnostics?workflow=w')).rejects.toThrow(/answered 403/);
    } finally {
      await teamspace.stop();
    }
  });

  test('reset removes one workflow and nothing of another', async () => {
    const teamspace = await Teamspace.start();
    try {
      await teamspace.seed('pending-invitation', 'goes');
      await teamspace.seed('org-on-pro', 'stays');
      await teamspace.settled('goes');
      const count = async (table: string): Promise<number> => (await teamspace.rows(`select 1 from ${table}`)).length;
      const before = await count('records');
      await teamspace.support('POST', '/test/reset', { workflow: 'goes' });
      expect(await teamspace.rows(`select 1 from organisations where workflow_id = 'goes'`)).toEqual([]);
      expect(await teamspace.rows(`select 1 from jobs where workflow_id = 'goes'`)).toEqual([]);
      expect(await teamspace.rows(`select 1 from organisations where workflow_id = 'stays'`)).toHaveLength(2);
      expect(await count('records')).toBe(before / 2);
    } finally {
      await teamspace.stop();
    }
  });

  test('the worker can be stopped and started; what waited is done then', async () => {
    const teamspace = await Teamspace.start();
    const worker = (state: string): Promise<Response> =>
      fetch(`${teamspace.ready.control}/worker`, {
        method: 'POST',
        headers: { authorization: `Bearer ${teamspace.ready.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ state }),
      });
    try {
      await worker('stopped');
      const org = await teamspace.seed('pending-invitation', 'slow-post');
      const { email } = org.invitation as { email: string };
      expect(await teamspace.mails(email)).toEqual([]);
      await worker('running');
      await eventually(async () => (await teamspace.mails(email)).length === 1);
    } finally {
      await teamspace.stop();
    }
  });
});
