import { z } from 'zod';
import { SIGNATURE_STYLES } from '../core/intent.ts';
import { duration, nameSchema, oneOrMany, sentence } from './values.ts';

const http = z
  .strictObject({
    method: z
      .string()
      .regex(/^[A-Z]+$/, { error: 'a method is written in capitals: POST' })
      .default('POST'),
    url: z.string().describe('Absolute; `${target.url}` is the application').optional(),
    path: z.string().describe('A path of the application').optional(),
    headers: z.record(z.string(), z.string()).default({}),
    json: z.unknown().optional(),
    body: z.string().optional(),
    expect: oneOrMany(z.int().min(100).max(599)).describe('Status codes that are fine; any 2xx when absent').optional(),
    as: z.unknown().describe('An actor, or a session, to send it with').optional(),
    sign: z
      .strictObject({
        secret: z.string().describe('Secret of the HMAC-SHA-256'),
        header: z.string().describe('Header of the signature').default('x-signature'),
        style: z.enum(SIGNATURE_STYLES).describe('"…", base64, "sha256=…", or "t=…,v1=…"').default('hex'),
      })
      .describe('Signs the body as the provider of a webhook does')
      .optional(),
  })
  .refine((value) => (value.url === undefined) !== (value.path === undefined), { error: 'a request needs one of url and path' });

const command = z.union([
  z.array(z.string()).min(1),
  z.strictObject({ run: z.array(z.string()).min(1), env: z.record(z.string(), z.string()).default({}), cwd: z.string().optional() }),
]);

const module = z.union([
  z.string(),
  z.strictObject({ file: z.string(), export: z.string().default('default'), with: z.record(z.string(), z.unknown()).default({}) }),
]);

const sql = z.strictObject({
  on: z.string().describe('A connection to a database that is marked `test: true`').optional(),
  run: oneOrMany(z.string()).describe('Statements, in one transaction; values stand in them as :name'),
  with: z.record(z.string(), z.unknown()).describe('The values of :name').default({}),
});

const followMail = z.strictObject({
  on: z.string().describe('The connection that mail is read by').optional(),
  to: z.string().describe('Whose mail'),
  subject: z.string().describe('A part of its subject').optional(),
  link: z.string().describe('A part of the link’s text or address; the first one when absent').optional(),
});

const deliverMail = z.strictObject({
  smtp: z.string().describe('Where the application takes mail: smtp://127.0.0.1:2525'),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string().optional(),
  html: z.string().optional(),
});

const action = z
  .strictObject({
    http: http.describe('A request; a JSON answer becomes the outputs').optional(),
    command: command.describe('A program and its arguments; JSON on its output becomes the outputs').optional(),
    module: module.describe('A function of a TypeScript or JavaScript file, beside this one').optional(),
    sql: sql.describe('Statements on a test database').optional(),
    follow_mail: followMail.describe('Opens a link of the newest mail that fits').optional(),
    deliver_mail: deliverMail.describe('Sends a mail to the application').optional(),
    wait: duration('Let time pass').optional(),
  })
  .refine((value) => Object.values(value).filter((part) => part !== undefined).length === 1, {
    error: 'exactly one of http, command, module, sql, follow_mail, deliver_mail, wait',
  });

const fixture = z
  .strictObject({
    says: sentence('The sentence of a `system:` step that this carries out, `{param}` for what varies').optional(),
    safe: z
      .enum(['production', 'test'])
      .describe('"production": does no harm there. "test": somebody has made sure that its programs reach test systems alone')
      .optional(),
    params: z.array(nameSchema).describe('Names that a use gives values to').default([]),
    do: oneOrMany(action).describe('What makes the state, in order'),
    undo: oneOrMany(action).describe('What takes it away again; always runs').optional(),
    left_behind: z
      .record(z.string(), z.record(z.string(), z.unknown()))
      .describe('A question to a probe whose answer must be empty after the undo: "left behind: 2 rows"')
      .optional(),
    capture: z
      .record(nameSchema, z.string())
      .describe('Output → path into the answer ("org.id"), or a template; the whole answer when absent')
      .optional(),
  })
  .describe('A starting state that an intent begins from, or something that the world does');

/** `intents/fixtures/*.yaml`: a map of fixtures. */
export const fixturesShape = z.record(nameSchema, fixture).describe('Named starting states');

export type FixtureText = z.output<typeof fixture>;
export type FixtureActionText = z.output<typeof action>;
