import { pathMatcher } from '../../core/glob.ts';

/** The service that a file belongs to: its package in a workspace, or its folder under services/, apps/, packages/, modules/. */
export function serviceOf(path: string, packages: ReadonlyMap<string, string>): string {
  const folder = /^(?:.*?\/)?(?:services|apps|packages|modules|libs|plugins)\/[^/]+/.exec(path)?.[0];
  if (folder !== undefined) return folder;
  const owning = [...packages.values()]
    .filter((one) => one !== '' && path.startsWith(`${one}/`))
    .toSorted((a, b) => b.length - a.length)[0];
  return owning ?? '.';
}

/** Who owns a file by CODEOWNERS: the last pattern that fits it counts. */
export function ownersOf(path: string, codeowners: string | undefined): string[] {
  let owners: string[] = [];
  for (const line of (codeowners ?? '').split(/\r?\n/)) {
    const [pattern, ...named] = line
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    if (pattern && !pattern.startsWith('[') && fitsOwners(pattern, path)) owners = named;
  }
  return owners;
}

function fitsOwners(pattern: string, path: string): boolean {
  const rooted = pattern.startsWith('/') || pattern.slice(0, -1).includes('/');
  const bare = pattern.replace(/^\//, '');
  return (
    pathMatcher(rooted ? bare : `**/${bare}`)(path) || (!bare.endsWith('/') && pathMatcher(rooted ? `${bare}/**` : `**/${bare}/**`)(path))
  );
}
