import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Intent, SessionSource } from '../core/intent.ts';
import type { Redactor } from '../core/redact.ts';
import { referencesOf } from '../core/template.ts';
import { SecretVault, type VaultEntry } from '../journey/secret-vault.ts';
import { pickPath } from '../oracle/pick-path.ts';

export interface SignInOptions {
  intent: Intent;
  baseUrl: string;
  vault: readonly VaultEntry[];
  redactor: Redactor;
  signal: AbortSignal;
}

/** How an actor's session says that it is made, where it says so. A login by another intent is carried out in the browser and none of these. */
export function sourceOf(session: unknown): SessionSource | undefined {
  if (typeof session !== 'object' || session === null) return undefined;
  return ['token', 'basic', 'state', 'login'].some((kind) => Object.hasOwn(session, kind)) ? (session as SessionSource) : undefined;
}

/**
 * A session as a browser takes it: what a token URL, a password or a stored state makes of it. What it holds is masked from here on.
 * @throws IntentwrightError FIXTURE_FAILED
 */
export async function sessionFrom(actor: string, session: unknown, options: SignInOptions): Promise<unknown> {
  const source = sourceOf(session);
  if (!source || 'login' in source) return source ? undefined : session;
  try {
    if ('state' in source) return await storedState(source.state, options);
    if ('basic' in source) return basic(source.basic, options);
    return await token(actor, source.token, options);
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason;
    throw new IntentwrightError('FIXTURE_FAILED', `${actor} could not be signed in: ${messageOf(error)}`, {
      hint: IntentwrightError.is(error) ? error.hint : undefined,
      cause: error,
    });
  }
}

async function storedState(file: string, { intent }: SignInOptions): Promise<unknown> {
  const path = resolve(dirname(intent.where.file), file);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new IntentwrightError('FIXTURE_FAILED', `there is no stored state ${file} (${messageOf(error)})`, {
      hint: 'its path is relative to the intent',
    });
  });
  return JSON.parse(text) as unknown;
}

function basic({ user, password }: { user: string; password: string }, options: SignInOptions): unknown {
  const value = `Basic ${Buffer.from(`${opened(user, options, options.baseUrl)}:${opened(password, options, options.baseUrl)}`).toString('base64')}`;
  options.redactor.add('PASSWORD', value.slice('Basic '.length));
  return { headers: { authorization: value } };
}

async function token(
  actor: string,
  {
    url: place,
    method = 'POST',
    headers = {},
    json,
    form,
    pick = 'access_token',
    header = 'authorization',
    prefix = 'Bearer ',
  }: Extract<SessionSource, { token: unknown }>['token'],
  options: SignInOptions,
): Promise<unknown> {
  const url = new URL(place, `${options.baseUrl}/`).href;
  const known = openedDeep({ headers, json, form }, options, url);
  const body = known.json === undefined ? known.form && new URLSearchParams(known.form) : JSON.stringify(known.json);
  const answer = await fetch(url, {
    method,
    headers: { accept: 'application/json', ...(known.json === undefined ? {} : { 'content-type': 'application/json' }), ...known.headers },
    signal: AbortSignal.any([options.signal, AbortSignal.timeout(15_000)]),
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url.replace(/[?#].*$/, '')} answered ${answer.status}`);
  const found = pickPath(JSON.parse(text), pick);
  if (typeof found !== 'string' || found === '')
    throw new IntentwrightError('FIXTURE_FAILED', `the answer has no token at ${pick}`, { hint: 'say where it is with pick:' });
  options.redactor.add(`TOKEN of ${actor}`, found);
  return { headers: { [header]: `${prefix}${found}` } };
}

/** Secrets are put in here, and only towards the origins they are declared for. */
function opened(text: string, { vault }: SignInOptions, towards: string): string {
  const secrets = new SecretVault(vault);
  return referencesOf(text)
    .filter(({ kind }) => kind === 'secret')
    .reduce(
      (whole, { raw, name }) =>
        whole.replace(raw, () => secrets.open(name, true, { origin: new URL(towards).origin, inputType: 'password' })),
      text,
    );
}

function openedDeep<T>(value: T, options: SignInOptions, towards: string): T {
  if (typeof value === 'string') return opened(value, options, towards) as T;
  if (Array.isArray(value)) return value.map((item) => openedDeep(item, options, towards)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, openedDeep(item, options, towards)])) as T;
}
