import { visible } from './visible.ts';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const entities = (text: string): string => (/[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (mark) => ENTITIES[mark]!) : text);

/** For the text and the quoted attributes of HTML and XML. Line breaks become spaces. */
export const forXml = (text: string): string => entities(visible(text).replace(/[\ufffe\uffff]/g, '\ufffd'));

/** For XML text that keeps its line breaks. */
export const forXmlLines = (text: string): string => text.split(/\r?\n/).map(forXml).join('\n');
