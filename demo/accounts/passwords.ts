import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { defect } from '../defects.ts';
import type { Db } from '../state/port.ts';

const derive = promisify(scrypt) as (password: string, salt: string, length: number, options: { N: number }) => Promise<Buffer>;

// A sample application: light on purpose, or sixteen journeys at once would wait for nothing but hashing.
const COST = { N: 1024 };

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(12).toString('base64url');
  return `${salt}.${(await derive(password, salt, 32, COST)).toString('base64url')}`;
}

async function matches(password: string, hash: string | null): Promise<boolean> {
  const [salt, expected] = (hash ?? '').split('.');
  if (!salt || !expected) return false;
  return timingSafeEqual(await derive(password, salt, 32, COST), Buffer.from(expected, 'base64url'));
}

/** The user with this address and password. */
export async function userWith(db: Db, email: string, password: string): Promise<{ id: string; email: string; name: string } | undefined> {
  const user = await db.get<{
    id: string;
    email: string;
    name: string;
    password_hash: string | null;
    previous_password_hash: string | null;
  }>('select id, email, name, password_hash, previous_password_hash from users where email = :email', { email });
  if (!user) return undefined;
  if (await matches(password, user.password_hash)) return user;
  if (defect('old-password-still-works') && (await matches(password, user.previous_password_hash))) return user;
  return undefined;
}

export const passwordMistake = (password: string): string | undefined => (password.length < 8 ? 'Use at least 8 characters.' : undefined);

export const emailMistake = (email: string): string | undefined =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? undefined : 'Enter an email address.';
