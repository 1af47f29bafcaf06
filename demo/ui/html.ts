/** Markup that is already safe. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export type Piece = Html | string | number | false | null | undefined | Piece[];

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => escapes[char] as string);

const show = (piece: Piece): string => {
  if (piece instanceof Html) return piece.text;
  if (Array.isArray(piece)) return piece.map(show).join('');
  return piece === false || piece === null || piece === undefined ? '' : escapeHtml(String(piece));
};

/** Markup with everything put into it escaped, unless it is markup itself. */
export const html = (parts: TemplateStringsArray, ...pieces: Piece[]): Html =>
  new Html(parts.map((part, index) => part + (index < pieces.length ? show(pieces[index]) : '')).join(''));

export const raw = (text: string): Html => new Html(text);

/** Attributes out of an object: true is a bare attribute, false and undefined are left out. */
export const attrs = (values: Record<string, string | number | boolean | undefined | null>): Html =>
  raw(
    Object.entries(values)
      .map(([name, value]) =>
        value === true
          ? ` ${name}`
          : value === false || value === undefined || value === null
            ? ''
            : ` ${name}="${escapeHtml(String(value))}"`,
      )
      .join(''),
  );
