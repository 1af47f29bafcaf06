/**
 * Controls that can move a cursor, hide text or turn its direction, as something that can be seen: ␛ for ESC, ⟨U+202E⟩ for bidi.
 * Line breaks and tabs become spaces. The joiner inside an emoji stays.
 */
export function visible(text: string): string {
  // Nearly all that a report says, and a large one says a million such texts.
  if (PRINTABLE.test(text)) return text;
  return text
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replace(/[\u0000-\u001f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/\u007f/g, '␡')
    .replace(
      /[\u0080-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu,
      named,
    )
    .replace(/(?<!\p{Extended_Pictographic}\ufe0f?)[\u200c\u200d](?!\p{Extended_Pictographic})/gu, named)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** Nothing but what any keyboard types. */
const PRINTABLE = /^[\u0020-\u007e]*$/;

const named = (control: string): string => `⟨U+${control.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** At most `max` characters, cut with "…", never inside a surrogate pair. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = max - 1;
  const splits = /[\ud800-\udbff]/.test(text[end - 1] ?? '');
  return `${text.slice(0, splits ? end - 1 : end).trimEnd()}…`;
}
