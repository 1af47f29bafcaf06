import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createControl } from './control.ts';
import { createCrm } from './crm/service.ts';
import { createFlagService } from './flags/service.ts';
import { MailCatcher } from './mail/catcher.ts';
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

/** A port that is free now, for parts that must know each other's address before they start. */
async function freePort(wanted: string | undefined): Promise<number> {
  if (wanted && wanted !== '0') return Number(wanted);
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Starts every part of a Teamspace; resolves when all of them answer. */
export async function startTeamspace(env: NodeJS.ProcessEnv, hooks: { onLost(name: string): void }): Promise<Teamspace> {
  const undo: (() => Promise<unknown>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= (async () => {
    for (const each of undo.reverse()) await each().catch(() => {});
  })());
  try {
    const folder = await mkdtemp(join(tmpdir(), 'teamspace-'));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const place = await openPlace(env, folder);
    undo.push(() => place.remove());
    await createTables(place.db);

    const token = env['TEAMSPACE_TOKEN'] || secret();
    const mail = new MailCatcher();
    const smtp = await new Promise<number>((resolve, reject) => {
      mail.smtp.once('error', reject);
      const server = mail.smtp.listen(Number(env['SMTP_PORT'] ?? 0), '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
    undo.push(async () => mail.close());
    const serveHere = async (server: Server, port: string | undefined): Promise<string> => {
      undo.push(() => shut(server));
      return `http://127.0.0.1:${await listen(server, Number(port ?? 0))}`;
    };
    const mailUrl = await serveHere(mail.http, env['MAIL_PORT']);
    const flags = await serveHere(createFlagService(token), env['FLAGS_PORT']);
    const crm = await serveHere(createCrm(), env['CRM_PORT']);
    const [port, paymentsPort] = await Promise.all([freePort(env['PORT']), freePort(env['PAYMENTS_PORT'])]);
    const url = `http://127.0.0.1:${port}`;
    // Another host name than the application's: another site for the browser, as a real provider is.
    const payments = `http://localhost:${paymentsPort}`;

    const shared: NodeJS.ProcessEnv = {
      ...env, ...place.env, TEAMSPACE_TOKEN: token, APP_URL: url, PORT: String(port), PAYMENTS_URL: payments, PAYMENTS_PORT: String(paymentsPort), MAIL_URL: mailUrl, SMTP_PORT: String(smtp),
      FLAGS_URL: flags, CRM_URL: crm, PAYMENTS_KEY: secret(), WEBHOOK_SECRET: `whsec_${secret()}`,
    };
    const parts = { web: new Part('web', 'web/main', shared, hooks.onLost), worker: new Part('worker', 'worker/main', shared, hooks.onLost), payments: new Part('payments', 'payments/main', shared, hooks.onLost) };
    for (const part of Object.values(parts)) undo.push(() => part.stop());
    const [control] = await Promise.all([serveHere(createControl(token, parts.worker), env['CONTROL_PORT']), ...Object.values(parts).map((part) => part.start())]);
    return { ready: { ready: true, url, payments, mail: mailUrl, smtp, flags, control, crm, db: place.address, token, pid: process.pid }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
