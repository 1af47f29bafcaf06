/**
 * A piece of a sentence. A plain string is ours; `quote` is what a page, a mail or a backend said; `code` a value or an identifier;
 * `strong` the words that matter. Every sink escapes and marks them in its own way.
 */
export type Span = string | { quote: string } | { code: string } | { strong: string };

/** A sentence of the narrative, with the journal's events that it rests on. */
export interface Line {
  spans: Span[];
  seqs: number[];
  /** 0-based step that it is about, where it is about one. */
  step?: number;
}

export const quote = (text: string): Span => ({ quote: text });
export const code = (text: string): Span => ({ code: text });
export const strong = (text: string): Span => ({ strong: text });

/** line(seqs)`The page said ${quote(text)}.` */
export function line(...seqs: (number | undefined)[]): (texts: TemplateStringsArray, ...spans: (Span | Span[])[]) => Line {
  return (texts, ...spans) => ({ spans: interleave(texts, spans), seqs: [...new Set(seqs.filter((seq) => seq !== undefined))] });
}

/** Spans without events of their own, to put into a line. */
export function spans(texts: TemplateStringsArray, ...parts: (Span | Span[])[]): Span[] {
  return interleave(texts, parts);
}

function interleave(texts: readonly string[], parts: (Span | Span[])[]): Span[] {
  return texts.flatMap((text, index) => [...(text === '' ? [] : [text]), ...[parts[index] ?? []].flat()]);
}

/** One writer per kind of span: how a sink shows a line. */
export interface LineStyle {
  text(text: string): string;
  quote(text: string): string;
  code(text: string): string;
  strong(text: string): string;
}

export function show(parts: readonly Span[], style: LineStyle): string {
  return parts
    .map((span) => {
      if (typeof span === 'string') return style.text(span);
      if ('quote' in span) return style.quote(span.quote);
      if ('code' in span) return style.code(span.code);
      return style.strong(span.strong);
    })
    .join('');
}

const asIs = (text: string): string => text;

/** As plain text, quotes in quotation marks; not yet escaped for any sink. */
export const plain = (parts: readonly Span[]): string =>
  show(parts, { text: asIs, quote: (text) => `“${text}”`, code: asIs, strong: asIs });
