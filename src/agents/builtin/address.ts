import { stem } from '../words.ts';

/** A piece of a postal address as the sentence has it, with what a form calls it. */
export interface AddressPiece {
  text: string;
  start: number;
  end: number;
  called: string[];
  /** All of the address, for a form that asks for it in one. */
  whole: string;
}

const NAME = "\\p{Lu}[\\p{L}'’.-]*";
const KIND =
  'Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Square|Way|Court|Place|Close|Terrace|Gardens|Boulevard|Blvd|Hill|Quay|Row|Walk|Crescent|Parkway|Highway';
const STREET = `(?<street>\\d{1,5}\\p{L}?(?: ${NAME}){1,4}? (?:${KIND})\\b\\.?|(?:${NAME}(?: \\p{L}+){0,3} )\\d{1,4}\\p{L}?(?=, ?\\d{4,5} \\p{Lu}))`;
const CODE = '\\p{Lu}{1,2}\\d[\\p{Lu}\\d]? \\d\\p{Lu}{2}|\\d{5}(?:-\\d{4})?|\\d{4} \\p{Lu}{2}|\\d{4}';
const CITY = `${NAME}(?: (?:upon |on |am |de |la )?${NAME}){0,2}`;
const PLACE = `(?:(?<city>${CITY})(?:,? (?:(?<state>\\p{Lu}{2}) )?(?<code>${CODE}))?|(?<codeBefore>${CODE}) (?<cityBehind>${CITY}))(?![\\p{L}\\d])`;
const COUNTRY = `(?:, ?(?<country>${NAME}(?: ${NAME}){0,2}))?`;
const ADDRESS = new RegExp(`${STREET}, ?${PLACE}${COUNTRY}(?![\\p{L}\\d])`, 'duy');

const CALLED: Record<string, string[]> = {
  street: ['street', 'address'],
  city: ['city'],
  cityBehind: ['city'],
  state: ['state'],
  code: ['postcode'],
  codeBefore: ['postcode'],
  country: ['country'],
};

/** "12 Harbour Street, Bristol BS1 4ST, United Kingdom": forms ask for it piece by piece. */
export function addressAt(text: string, at: number): AddressPiece[] {
  ADDRESS.lastIndex = at;
  const match = ADDRESS.exec(text);
  if (!match) return [];
  const [whole] = match;
  return Object.entries(match.indices?.groups ?? {})
    .flatMap(([name, span]): AddressPiece[] =>
      span ? [{ text: text.slice(...span), start: span[0], end: span[1], called: CALLED[name]!.map(stem), whole }] : [],
    )
    .sort((a, b) => a.start - b.start);
}
