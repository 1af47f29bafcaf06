import { forXml } from '../escape/xml.ts';

/** Markup that is safe to write out: made by `html` alone. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Markup | string | number | false | null | undefined | readonly Part[];

/** html`<p>${text}</p>`: whatever is put in is escaped unless it is markup itself. Attributes must stand in double quotes. */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Markup {
  let text = texts[0]!;
  parts.forEach((part, index) => {
    text += textOf(part) + texts[index + 1]!;
  });
  return new Markup(text);
}

function textOf(part: Part): string {
  if (part === false || part === null || part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return forXml(String(part));
  return part.map(textOf).join('');
}

/** Text that keeps its line breaks, for `pre`. */
export const lines = (text: string): Markup => new Markup(text.split(/\r?\n/).map(forXml).join('\n'));
