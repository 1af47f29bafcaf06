import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createControl } from './control.ts';
import { createCrm } from './crm/service.ts';
import { createFlagService } from './flags/service.ts';
import { Part } from './part.ts';
import { createTables } from './state/open.ts';
import { openPlace } from './state/place.ts';
import { listen, shut } from './web/server.ts';

/** The one line that says where everything is. */
export interface Ready {
  ready: true;
  url: string;
  payments: string;
  mail: string;
  smtp: number;
  flags: string;
  control: string;
  crm: string;
  db: string;
  token: string;
  pid: number;
}

export interface Teamspace {
  ready: Ready;
  stop(): Promise<void>;
}

const secret = (): string => randomBytes(18).toString('base64url');

/** Starts every part of a Teamspace; resolves when all of them answer. */
export async function startTeamspace(env: NodeJS.ProcessEnv, hooks: { onLost(name: string): void }): Promise<Teamspace> {
  const undo: (() => Promise<unknown>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopped ??= (async () => {
      for (const each of undo.reverse()) await each().catch(() => {});
    })());
  try {
    const folder = await mkdtemp(join(tmpdir(), 'teamspace-'));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const place = await openPlace(env, folder);
    undo.push(() => place.remove());
    const token = env['TEAMSPACE_TOKEN'] || secret();
    const shared: NodeJS.ProcessEnv = {
      ...env,
      ...place.env,
      TEAMSPACE_FOLDER: folder,
      TEAMSPACE_TOKEN: token,
      PAYMENTS_KEY: secret(),
      WEBHOOK_SECRET: `whsec_${secret()}`,
    };
    const part = (name: string): Part => {
      const made = new Part(name, `${name}/main`, shared, hooks.onLost);
      undo.push(() => made.stop());
      return made;
    };
    const [web, worker, payments] = [part('web'), part('worker'), part('payments')];
    // They load while what runs in this process is prepared.
    const started = Promise.all([web.start(), payments.start(), worker.start()]);
    started.catch(() => {});
    await createTables(place.db);
    const here = async (server: Server, port: string | undefined): Promise<string> => {
      undo.push(() => shut(server));
      return `http://127.0.0.1:${await listen(server, Number(port ?? 0))}`;
    };
    const { MailCatcher } = await import('./mail/catcher.ts');
    const mail = new MailCatcher();
    undo.push(async () => mail.close());
    const smtp = await mail.listen(Number(env['SMTP_PORT'] ?? 0));
    const mailUrl = await here(mail.http, env['MAIL_PORT']);
    const flags = await here(createFlagService(token), env['FLAGS_PORT']);
    const crm = await here(createCrm(), env['CRM_PORT']);
    const [webPort, paymentsPort] = await started;
    const url = `http://127.0.0.1:${webPort}`;
    // Another host name than the application's: another site for the browser, as a real provider is.
    const paymentsUrl = `http://localhost:${paymentsPort}`;
    const addresses = {
      APP_URL: url,
      PAYMENTS_URL: paymentsUrl,
      MAIL_URL: mailUrl,
      SMTP_PORT: String(smtp),
      FLAGS_URL: flags,
      CRM_URL: crm,
    };
    const control = await here(createControl(token, worker, addresses), env['CONTROL_PORT']);
    for (const each of [web, worker, payments]) each.introduce(addresses);
    return {
      ready: {
        ready: true,
        url,
        payments: paymentsUrl,
        mail: mailUrl,
        smtp,
        flags,
        control,
        crm,
        db: place.address,
        token,
        pid: process.pid,
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
