import { hashPassword } from '../accounts/passwords.ts';
import { startSession } from '../accounts/sessions.ts';
import { workflow } from '../correlation.ts';
import { newId, now } from '../state/ids.ts';
import { insert, type Db } from '../state/port.ts';
import type { Role } from '../workspaces/guard.ts';

/** Somebody with a password and a session, as a fixture hands them out. */
export interface Person {
  id: string;
  membership?: string;
  name: string;
  email: string;
  password: string;
  /** A Cookie header: "sid=…". */
  session: string;
}

export const cast = {
  owner: { name: 'Olivia Grant', role: 'owner' },
  admin: { name: 'Avery Stone', role: 'admin' },
  admin2: { name: 'Blake Rivers', role: 'admin' },
  editor: { name: 'Jo Park', role: 'editor' },
  viewer: { name: 'Vic Nolan', role: 'viewer' },
  dana: { name: 'Dana Reyes', role: 'editor' },
} as const satisfies Record<string, { name: string; role: Role }>;

export type CastName = keyof typeof cast;

/** An address that no other workflow has. */
export const addressOf = (name: string, tag: string): string => `${name.split(' ')[0]?.toLowerCase()}+${tag}@example.test`;

const hashes = new Map<string, Promise<string>>();
/** Hashing once is enough for people who only exist in tests. */
export const hashOf = (password: string): Promise<string> => {
  let hash = hashes.get(password);
  if (!hash) hashes.set(password, (hash = hashPassword(password)));
  return hash;
};

export async function makePerson(db: Db, name: string, email: string, password: string): Promise<Person> {
  const id = newId('usr');
  await insert(db, 'users', {
    id,
    email,
    name,
    password_hash: await hashOf(password),
    verified_at: now(),
    created_at: now(),
    workflow_id: workflow(),
  });
  return { id, name, email, password, session: `sid=${await startSession(db, id)}` };
}

export async function makeMember(db: Db, org: string, person: Person, role: Role): Promise<Person> {
  const membership = newId('mem');
  await insert(db, 'memberships', {
    id: membership,
    org_id: org,
    user_id: person.id,
    email: person.email,
    name: person.name,
    role,
    status: 'active',
    created_at: now(),
    updated_at: now(),
  });
  return { ...person, membership };
}
