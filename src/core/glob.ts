/**
 * Whether a path with forward slashes fits a pattern: `**` is any folders, `*` anything within a name, `?` one character, `{a,b}` either.
 * A pattern without wildcards that names a folder fits everything below it.
 */
export function pathMatcher(glob: string): (path: string) => boolean {
  const trimmed = glob.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/+$/, '/**');
  const pattern = new RegExp(`^${translate(trimmed)}${/[*?{]/.test(trimmed) ? '' : '(?:/.*)?'}$`, 'u');
  return (path) => pattern.test(path);
}

function translate(glob: string): string {
  let out = '';
  let depth = 0;
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at]!;
    if (glob.startsWith('**/', at)) {
      out += '(?:[^/]+/)*';
      at += 2;
    } else if (glob.startsWith('**', at)) {
      out += '.*';
      at += 1;
    } else if (char === '*') out += '[^/]*';
    else if (char === '?') out += '[^/]';
    else if (char === '{' && glob.includes('}', at)) {
      depth += 1;
      out += '(?:';
    } else if (char === '}' && depth > 0) {
      depth -= 1;
      out += ')';
    } else if (char === ',' && depth > 0) out += '|';
    else out += char.replace(/[.+^$()|[\]\\{}]/g, '\\$&');
  }
  return out;
}
