import { newId, now } from '../state/ids.ts';
import { insert } from '../state/port.ts';
import type { Context } from '../web/context.ts';
import { endedSessionUser } from './sessions.ts';

/** Keeps the form that somebody sent after their session ended. Returns the page to come back to, or undefined when there is none. */
export async function keepDraft(context: Context): Promise<string | undefined> {
  const user = await endedSessionUser(context);
  if (!user || Object.keys(context.files).length > 0 || Object.keys(context.fields).length === 0) return undefined;
  const id = newId('dft');
  await insert(context.db, 'drafts', {
    id,
    user_id: user,
    path: context.url.pathname,
    fields: JSON.stringify(context.fields),
    created_at: now(),
  });
  return `${context.url.pathname}?draft=${id}`;
}

/** What this person had typed before their session ended. */
export async function draftOf(context: Context): Promise<Record<string, string> | undefined> {
  const id = context.url.searchParams.get('draft');
  if (!id || !context.user) return undefined;
  const draft = await context.db.get<{ fields: string }>('select fields from drafts where id = :id and user_id = :user', {
    id,
    user: context.user.id,
  });
  return draft && (JSON.parse(draft.fields) as Record<string, string>);
}

/** The draft has become real. */
export const dropDrafts = (context: Context): Promise<number> =>
  context.db.run('delete from drafts where user_id = :user and path = :path', { user: context.user?.id, path: context.url.pathname });
