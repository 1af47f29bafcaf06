import { parseExactJson } from '../../core/exact-json.ts';

/** What somebody answered with: JSON where it is, text where it is not. */
export function parsedAnswer(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return text;
  }
}
