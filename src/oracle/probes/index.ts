import type { Probe } from '../port.ts';
import { access } from './access.ts';
import { command } from './command.ts';
import { consoleProbe } from './console.ts';
import { custom } from './custom.ts';
import { download } from './download.ts';
import { events } from './events.ts';
import { file } from './file.ts';
import { flags } from './flags.ts';
import { http } from './http.ts';
import { jobs } from './jobs.ts';
import { mail } from './mail.ts';
import { nats } from './nats.ts';
import { rabbitmq } from './rabbitmq.ts';
import { redis } from './redis.ts';
import { requests } from './requests.ts';
import { sql } from './sql.ts';
import { traces } from './traces.ts';
import { webhooks } from './webhooks.ts';

/** Every probe that comes with Intentwright. A new one is one file, one line here, and one call of the conformance suite. */
export const probes: readonly Probe[] = [
  http,
  sql,
  mail,
  jobs,
  redis,
  rabbitmq,
  nats,
  webhooks,
  events,
  traces,
  flags,
  download,
  file,
  access,
  requests,
  consoleProbe,
  command,
  custom,
];
