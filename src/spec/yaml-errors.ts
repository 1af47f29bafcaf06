import type { YAMLError } from 'yaml';

interface Explained {
  message: string;
  hint?: string;
}

const BY_CODE: Partial<Record<YAMLError['code'], Explained>> = {
  TAB_AS_INDENT: { message: 'a tab is used as indentation', hint: 'indent with spaces' },
  MULTIPLE_DOCS: { message: 'a file holds one document, here a second begins', hint: 'move it to a file of its own' },
  DUPLICATE_KEY: { message: 'this key is there twice', hint: 'keep one of them' },
  NON_STRING_KEY: { message: 'a key must be a plain name' },
  BLOCK_AS_IMPLICIT_KEY: { message: 'there is a second ": " in this line', hint: 'put the sentence in quotes' },
  BAD_ALIAS: { message: 'this alias cannot be read', hint: 'put the text in quotes when it begins with *' },
};

/** What went wrong in the words of somebody who writes intents, not of a parser. */
export function explainYamlError(error: YAMLError, text: string): Explained {
  if (error.message.includes('call stack')) return { message: 'this is nested too deeply to be read' };
  const known = BY_CODE[error.code];
  if (known) return known;
  const bracket = /must be sufficiently indented and end with a ([\]}])/.exec(error.message)?.[1];
  if (bracket) return { message: `the "${bracket === ']' ? '[' : '{'}" before this is not closed with "${bracket}"` };
  if (error.code === 'BAD_SCALAR_START')
    return { message: `text cannot begin with ${text[error.pos[0]] ?? 'this'}`, hint: 'put it in quotes' };
  if (error.code === 'MISSING_CHAR')
    return { message: error.message.replace(/(["'])quote/, 'quote $1'), hint: 'it may have been opened lines above' };
  return { message: error.message };
}
