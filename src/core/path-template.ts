const ID =
  /^(?:\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{12,}|[A-Za-z]{1,12}[_-][A-Za-z0-9]*\d[A-Za-z0-9]*|(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{10,}|[^@/]+@[^@/]+)$/;

/** A path with what identifies one record replaced: "/orgs/42/members/ab12…" → "/orgs/:id/members/:id". */
export function pathTemplate(path: string): string {
  const [bare = ''] = path.split(/[?#]/);
  return (
    bare
      .split('/')
      .map((part) => (isId(decode(part)) ? ':id' : part))
      .join('/') || '/'
  );
}

/** Is this part of an address what identifies one record, or a token? */
export const isId = (part: string): boolean => ID.test(part) || isRandom(part);

/** Random letters happen to hold no digit now and then: what gives them away is that small and capital ones alternate. */
function isRandom(part: string): boolean {
  const turns = part.match(/[a-z](?=[A-Z])/g)?.length ?? 0;
  return /^[a-z]{1,12}[_-][A-Za-z]{8,}$/.test(part) ? turns > 0 : turns > 4 && /^[\w-]{16,}$/.test(part);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
