import { escapeRegExp } from './escape-regexp.ts';
const MASK = '•••';

/**
 * The one masking choke point. Every string that leaves the process (journal, report, log, prompt, lockfile) goes through one of these.
 * Knows each secret raw, URL-encoded, base64, JSON-escaped and HTML-escaped.
 */
export class Redactor {
  readonly #forms = new Map<string, string>();
  #pattern: RegExp | undefined;

  /** Secrets shorter than 4 characters are refused: masking them would blank ordinary text. */
  add(name: string, secret: string): void {
    if (secret.length < 4) throw new RangeError(`the value of secret ${name} is shorter than 4 characters and cannot be masked`);
    for (const form of formsOf(secret)) this.#forms.set(form, `${MASK}${name}${MASK}`);
    this.#pattern = undefined;
  }

  text(value: string): string {
    if (this.#forms.size === 0) return value;
    this.#pattern ??= new RegExp(
      [...this.#forms.keys()]
        .sort((a, b) => b.length - a.length)
        .map(escapeRegExp)
        .join('|'),
      'g',
    );
    return value.replace(this.#pattern, (form) => this.#forms.get(form) ?? MASK);
  }

  /** Every string, keys included, of a JSON-like value. Returns the same object when nothing was masked. */
  deep<T>(value: T): T {
    if (this.#forms.size === 0) return value;
    if (typeof value === 'string') return this.text(value) as T;
    if (Array.isArray(value)) {
      const masked = value.map((item) => this.deep(item));
      return (masked.some((item, index) => item !== value[index]) ? masked : value) as T;
    }
    if (value === null || typeof value !== 'object') return value;
    let changed = false;
    const entries = Object.entries(value).map(([key, item]) => {
      const entry: [string, unknown] = [this.text(key), this.deep(item)];
      if (entry[0] !== key || entry[1] !== item) changed = true;
      return entry;
    });
    return (changed ? Object.fromEntries(entries) : value) as T;
  }

  holds(value: string): boolean {
    return this.text(value) !== value;
  }
}

function formsOf(secret: string): Set<string> {
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  const forms = new Set([
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(secret).replace(/%20/g, '+'),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
    secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;'),
    Buffer.from(secret, 'utf8').toString('hex'),
    Buffer.from(secret, 'utf8').toString('hex').toUpperCase(),
    encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ...insideBase64(secret),
  ]);
  if (base64.replace(/=+$/, '').length >= 6) {
    forms.add(base64);
    forms.add(base64.replace(/=+$/, ''));
    forms.add(Buffer.from(secret, 'utf8').toString('base64url'));
  }
  return forms;
}

/** What can be seen of it in the base64 of something longer, as in "Basic …" of name and password: it begins at each of three places. */
function insideBase64(secret: string): string[] {
  const own = Buffer.from(secret, 'utf8');
  return [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), own]);
    const whole = bytes
      .toString('base64')
      .replace(/=+$/, '')
      .slice(shift === 0 ? 0 : shift + 1, bytes.length % 3 === 0 ? undefined : -1);
    return whole.length < 8 ? [] : [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
