/** A number as people write it, with or without thousands marked. */
const NUMBER = /^[-−+]?(?:\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?$/;

/** Whether a field that writes what was typed in its own way still shows that number: "1,5" is no "15", nor "-5" a "5". True for what is no number, and for bare digits, which may be a telephone's or a card's. */
export function sameAmount(typed: string, held: string): boolean {
  const text = typed.trim();
  return !NUMBER.test(text) || !/[-−.,]/.test(text) || amountOf(text) === amountOf(held);
}

/** Sign, whole digits and decimals, without grouping, currency and closing zeros. Three digits behind a mark are thousands. */
function amountOf(text: string): string {
  const sign = /^[^\d]*[-−(]/.test(text) ? '-' : '';
  const bare = text.replace(/[^\d.,]/g, '').replace(/[.,]+$/, '');
  const [, whole = '', part = ''] = /^(.*?)(?:[.,](\d{1,2}|\d{4,}))?$/.exec(bare) ?? [];
  return `${sign}${whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '') || '0'}.${part.replace(/0+$/, '')}`;
}
