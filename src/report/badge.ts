import { forXml } from './escape/xml.ts';

/** A badge as shields.io draws one from an endpoint. */
export interface Badge {
  schemaVersion: 1;
  label: string;
  message: string;
  color: string;
}

/** Green from all, amber from four in five or when selections missed something this month, red below. */
export function badgeOf(label: string, covered: number, all: number, missed = 0): Badge {
  const share = all === 0 ? 0 : covered / all;
  return {
    schemaVersion: 1,
    label,
    message: `${all === 0 ? 'none' : `${covered} of ${all}`}${missed > 0 ? `, ${missed} missed this month` : ''}`,
    color: share === 1 && missed === 0 ? '#16703f' : share >= 0.8 ? '#735a00' : '#b81f36',
  };
}

/** About as wide as the text is in 11 px Verdana. */
const widthOf = (text: string): number =>
  Math.round([...text].reduce((sum, letter) => sum + (/[ilj.,:;'|! ]/.test(letter) ? 4 : /[mwMW%@]/.test(letter) ? 10.5 : 7), 0)) + 12;

/** The badge as a picture that needs nothing from elsewhere. */
export function badgeSvg({ label, message, color }: Badge): string {
  const [left, right] = [widthOf(label), widthOf(message)];
  const text = (at: number, words: string): string => `<text x="${at}" y="14">${forXml(words)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${forXml(`${label}: ${message}`)}"><title>${forXml(`${label}: ${message}`)}</title><clipPath id="r"><rect width="${left + right}" height="20" rx="3"/></clipPath><g clip-path="url(#r)"><rect width="${left}" height="20" fill="#4d525c"/><rect x="${left}" width="${right}" height="20" fill="${color}"/></g><g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">${text(left / 2, label)}${text(left + right / 2, message)}</g></svg>\n`;
}
