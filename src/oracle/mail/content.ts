/** A mail as every mail probe returns it. */
export interface Mail {
  id: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  links: { text: string; url: string }[];
  codes: string[];
  at: string;
}

/** Links of an HTML part with their texts; of plain text, where there is no HTML. */
export function linksOf(html: string | undefined, text: string): Mail['links'] {
  const anchors = [...(html ?? '').matchAll(/<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))[^>]*>([\s\S]*?)<\/a>/gi)];
  if (anchors.length > 0)
    return anchors
      .map(([, double, single, bare, inner]) => ({ text: textOf(inner!), url: unescaped(double ?? single ?? bare ?? '') }))
      .filter(({ url }) => /^https?:/i.test(url));
  return [...text.matchAll(/https?:\/\/[^\s<>"')\]]+/g)].map(([url]) => ({ text: url, url: url.replace(/[.,;:!?]+$/, '') }));
}

/** Words before a number that make it a code; any other word with a capital makes it part of a name: "Acme 738583", "Order 12345". */
const CODE_WORD = /^(?:code|pin|otp|tan|passcode|password|token|key|use|enter|type|is|your|with)$/i;

/** Codes that a person would type over: 4 to 8 digits, or letter groups such as "K7F-2QX", outside links and names. */
export function codesOf(text: string): string[] {
  const bare = text
    .replaceAll(/https?:\/\/\S+/g, ' ')
    .replaceAll(/\S+@\S+/g, ' ')
    .replaceAll(/(?<![\p{L}\p{N}])(\p{Lu}[\p{L}\p{N}]*) \d{4,8}(?![\p{L}\p{N}])/gu, (whole, word: string) =>
      CODE_WORD.test(word) ? whole : ' ',
    );
  const found = [
    ...bare.matchAll(/(?<![\w.-])(?:\d{4,8}|\d{3}[ -]\d{3}|(?=[A-Z0-9-]*\d)[A-Z0-9]{3,5}-[A-Z0-9]{3,5})(?![\w-]|[.,]\d)/g),
  ].map(([code]) => code);
  return [...new Set(found)];
}

export const textOf = (html: string): string =>
  unescaped(
    html
      .replaceAll(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, ' ')
      .replaceAll(/<br\s*\/?>|<\/(p|div|tr|h\d|li)>/gi, '\n')
      .replaceAll(/<[^>]*>/g, ''),
  )
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim();

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex!, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** Addresses of a header: `"Casey" <casey@x>` or plain, lower case. */
export const addressesOf = (header: string): string[] =>
  [...header.matchAll(/[^\s<>,"']+@[^\s<>,"']+/g)].map(([address]) => address.toLowerCase());
