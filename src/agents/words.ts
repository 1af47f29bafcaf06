/** Words that carry no meaning of their own when names are compared. */
const STOP = new Set(
  (
    'a an the of to in on at by for with and or but is are was be been it its this that these those into onto as from your you i my me we our us their them they he she his her ' +
    'do does did has have had will would can could should may please so such than then there here up out off over under again also just all any each both some no not only own same too very now today please s t'
  ).split(' '),
);

/** Phrases that are one word in meaning; longer ones first. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\be-?\s?mail(s?)\b/g, 'email$1'],
  [/\b(?:log|sign)(?:ged|ging|ing|ed|s)?[\s-]?(?:in|on)(?:to)?\b/g, 'signin'],
  [/\b(?:log|sign)(?:ged|ging|ing|ed|s)?[\s-]?(?:out|off)\b/g, 'signout'],
  [/\bsign(?:ed|ing|s)?[\s-]?up\b/g, 'signup'],
  [/\bset(?:ting|s)?[\s-]?up\b/g, 'setup'],
  [/\bcheck[\s-]?out\b/g, 'checkout'],
  // A thing on somebody's list, as applications call it.
  [/\bto-?do(s?)\b/g, 'todo$1'],
  [/\buser[\s-]?name\b/g, 'username'],
  [/\bpass[\s-]?word\b/g, 'password'],
  [/\bdrop[\s-]?down\b/g, 'dropdown'],
  [/\bcheck[\s-]?box(es)?\b/g, 'checkbox'],
  [/\btext[\s-]?(?:box|field|area|input)(es|s)?\b/g, 'textbox'],
  [/\bapi[\s-]?(keys?|tokens?)\b/g, 'api $1'],
  [/\bzip[\s-]?code\b/g, 'postcode'],
];

/** Lower-case, accents gone, spaces folded. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}

/** Word tokens in order, phrases folded: "Log in with e-mail" → ["signin", "with", "email"]. */
export function tokens(text: string): string[] {
  let line = plain(text.replace(/([a-z])([A-Z][a-z])/g, '$1 $2'));
  for (const [pattern, word] of PHRASES) line = line.replace(pattern, word);
  // What is said to those who cannot see where a link opens.
  line = line.replace(/\s*\(opens in (?:a )?new (?:tab|window)\)/g, '');
  // "Rename…": the dots say that a question follows; alone they are a sign.
  line = line.replace(/(?<=[\p{L}\p{N})])\s*(?:…|\.\.\.)$/u, '');
  return line.match(/[\p{L}\p{N}]+(?:[.'@+][\p{L}\p{N}]+)*|[+×✕☰⋯…⋮]/gu)?.map((token) => token.replace(/'s$/, '')) ?? [];
}

/** Stems of the words that mean something; all stems when nothing else is left ("To", "All"). */
export function content(text: string): string[] {
  const all = tokens(text);
  const kept = all.filter((token) => !STOP.has(token));
  return (kept.length > 0 ? kept : all).map(stem);
}

/** Stems of every word but articles: of what is quoted, "all" and "no" count too. */
export const literally = (text: string): string[] =>
  tokens(text)
    .filter((word) => !/^(?:the|an?)$/.test(word))
    .map(stem);

/** Stems as the words that a sentence has for them, in its order: people never see stems. */
export function asWritten(text: string, stems: readonly string[]): string[] {
  const found = (text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []).filter(
    (word) => stems.includes(stem(plain(word))) || content(word).some((own) => stems.includes(own)),
  );
  return found.length > 0 ? [...new Set(found)] : [...stems];
}

export const isStopWord = (token: string): boolean => STOP.has(token);

const stems = new Map<string, string>();

/** A light English stemmer: invite, invites, inviting, invited, invitation → "invit". */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const result = /^[a-z]{4,}$/.test(word) ? strip(word) : word;
  if (stems.size > 20_000) stems.clear();
  stems.set(word, result);
  return result;
}

/** Nouns that only look like what one does. */
const NOUNS = new Set(
  'setting building listing booking posting meeting opening shipping rating training drawing saving pricing heading spelling wedding feeling'.split(
    ' ',
  ),
);

function strip(word: string): string {
  if (word === 'news') return word;
  const single = word.replace(/s$/, '');
  if (NOUNS.has(single)) return single;
  let rest = word;
  if (/[^aeiou]ies$/.test(rest)) rest = `${rest.slice(0, -3)}y`;
  else if (/(ch|sh|x|ss|zz)es$/.test(rest)) rest = rest.slice(0, -2);
  else if (/[^sui]s$/.test(rest)) rest = rest.slice(0, -1);
  if (/ification$/.test(rest)) return `${rest.slice(0, -9)}ifi`;
  if (/[a-z]{3}ations?$/.test(rest)) rest = rest.slice(0, -5);
  else if (/[a-z]{3}[ts]ion$/.test(rest)) rest = rest.slice(0, -3);
  else if (/[aeiouy][a-z]*ing$/.test(rest) && rest.length > 5) rest = undouble(rest.slice(0, -3));
  else if (/ied$/.test(rest)) rest = `${rest.slice(0, -3)}y`;
  else if (/[aeiouy][a-z]*ed$/.test(rest) && rest.length > 4 && !/eed$/.test(rest)) rest = undouble(rest.slice(0, -2));
  if (rest.length > 3 && rest.endsWith('e') && rest !== 'note') rest = rest.slice(0, -1);
  if (rest.length > 3 && /[^aeiou]y$/.test(rest)) rest = `${rest.slice(0, -1)}i`;
  return rest.length >= 3 ? rest : word;
}

const undouble = (word: string): string =>
  /([bdgmnprt])\1$/.test(word) || /^(?:cance|trave|labe|mode|signa)ll$/.test(word) ? word.slice(0, -1) : word;
