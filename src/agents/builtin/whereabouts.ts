import { plain } from '../words.ts';

/** The same path whose query says more, or a path that goes on from it; a first page has everything below it, and one of results is about what was looked for. */
export function isBelow(href: string, path: string, texts: readonly string[]): boolean {
  const [there, here] = [placeOf(href), placeOf(path)].map((place) => new URL(place, 'http://page.test'));
  const own = [...here!.searchParams];
  if (own.some(([, value]) => texts.some((text) => plain(value) === plain(text)))) return false;
  const [far, near] = [there!, here!].map((url) => url.pathname.replace(/\/$/, ''));
  return (
    near !== '' &&
    (far === near
      ? /[?#]/.test(href) && own.every(([name, value]) => there!.searchParams.get(name) === value)
      : far!.startsWith(`${near}/`))
  );
}

/** "/shops/corner-shop/settings" belongs to "Corner shop", and begins with its own address; "" where none is known. */
export function homeOf(path: string, texts: readonly string[]): string {
  const parts = placeOf(path)
    .replace(/[?#].*$/, '')
    .split('/');
  const at = parts.findLastIndex((part) => texts.some((text) => part !== '' && plain(part.replace(/[-_+]+/g, ' ')) === plain(text)));
  return at < 0 ? '' : parts.slice(0, at + 1).join('/');
}

/** Path, query and fragment: many applications tell their pages apart by one of them alone. */
export const placeOf = (href: string): string =>
  href
    .replace(/^https?:\/\/[^/]+/, '')
    .replace(/#$/, '')
    .replace(/^(?=#)/, '/') || '/';
