/** A request of an `access` invariant, as written. */
type Request = Readonly<Record<string, unknown>>;

/**
 * In what two requests are not the same one: a control that asks for something else shows nothing about what was refused. Undefined when they differ only in
 * whom and what they are about: templates, numbers, and the values of what is sent.
 */
export function requestsDiffer(refused: Request, accepted: Request): string | undefined {
  const methods = [refused, accepted].map(({ method }) => String(method ?? 'GET').toUpperCase());
  if (methods[0] !== methods[1]) return `one is ${methods[0]}, the other ${methods[1]}`;
  const urls = [refused, accepted].map(({ url }) => String(url).split(/[?#]/)[0]!);
  if (urls.some((url) => url === '' || /^\$\{[^}]*\}$/.test(url))) return undefined;
  const [one, other] = urls.map((url) => partsOf(url));
  if (!isOpen(urls) && one!.length !== other!.length) return `${urls[0]} is not ${urls[1]}`;
  if (!isOpen(urls) && one!.some((part, index) => isFixed(part) && isFixed(other![index]!) && part !== other![index]))
    return `${urls[0]} is not ${urls[1]}; write what differs as a variable when it is only another one of the same`;
  // What a template begins with may have any number of parts: what stands after it must agree.
  if (isOpen(urls) && fixedEnd(one!) !== fixedEnd(other!)) return `${urls[0]} is not ${urls[1]}`;
  for (const kind of ['json', 'form'] as const) {
    const keys = [refused[kind], accepted[kind]].map((body) => keysOf(body));
    if (keys[0] !== keys[1])
      return `they send ${kind === 'json' ? 'JSON' : 'forms'} of different shapes: ${keys[0] || 'nothing'}, and ${keys[1] || 'nothing'}`;
  }
  return undefined;
}

const partsOf = (url: string): string[] =>
  url
    .replace(/^[a-z]+:\/\/[^/]+/i, '')
    .split('/')
    .filter(Boolean);

/** A word of a route, in lower case; a title or an identifier is another one for another thing. */
const isFixed = (part: string): boolean => /^[a-z][a-z._-]*$/.test(part);

/** One of them begins with a template that may be a whole path. */
const isOpen = (urls: readonly string[]): boolean => urls.some((url) => url.startsWith('${'));

const fixedEnd = (parts: readonly string[]): string => parts.slice(parts.findLastIndex((part) => !isFixed(part)) + 1).join('/');

const keysOf = (body: unknown): string =>
  body !== null && typeof body === 'object' ? Object.keys(body).sort().join(', ') : body === undefined ? '' : typeof body;
