/** A text whose quotations are blank, everything else where it was: what is quoted is a value or a name, not something that is told. */
export const withoutQuotations = (text: string): string => text.replace(/"[^"]*"|“[^”]*”|«[^»]*»/g, (quoted) => ' '.repeat(quoted.length));
