import { pathTemplate } from '../core/path-template.ts';

/** Addresses of one environment, which differ by design. */
export interface Own {
  /** The target's base URL. */
  url: string;
  /** Other origins that belong to it, in the config's order. */
  origins: readonly string[];
}

/** Makes texts of two environments comparable: own addresses become `{self}` and `{origin 1}`, what is made for one answer becomes `…`. */
export function leveller({ url, origins }: Own): (text: string) => string {
  const base = new URL(url);
  const known: [string, string][] = [
    [base.origin, '{self}'],
    [base.host, '{self}'],
    [base.hostname, '{self}'],
  ];
  for (const [index, origin] of origins.filter((one) => one !== base.origin).entries()) {
    const other = new URL(origin);
    known.push([other.origin, `{origin ${index + 1}}`], [other.host, `{origin ${index + 1}}`]);
  }
  const byLength = known.filter(([from]) => from !== '').toSorted((a, b) => b[0].length - a[0].length);
  return (text) => withoutSecrets(byLength.reduce((result, [from, to]) => result.replaceAll(from, to), text));
}

/** Nonces, keys in queries and long random words are made for one answer, or are nobody's business. */
function withoutSecrets(text: string): string {
  return text
    .replace(/'nonce-[^']*'/g, "'nonce-…'")
    .replace(/([?&][\w.-]+=)[^&\s"'<>;,]+/g, '$1…')
    .replace(/\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{24,}\b/g, '…');
}

/** Where a redirect leads: own paths with ids levelled, the names of its query, another site by its host. */
export function levelAddress(location: string, from: string, level: (text: string) => string): string {
  if (!URL.canParse(location, from)) return 'an address that cannot be read';
  const url = new URL(location, from);
  const origin = level(url.origin);
  const names = [...new Set(url.searchParams.keys())].toSorted();
  return `${origin === '{self}' ? '' : origin}${pathTemplate(url.pathname)}${names.length > 0 ? `?${names.join('&')}` : ''}`;
}
