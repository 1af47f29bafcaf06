/** A text as a regular expression that matches just that text. Spaces stay spaces. */
export const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
