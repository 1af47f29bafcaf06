import { IntentwrightError } from '../../core/errors.ts';

/** One reading statement, cut at its named parameters. */
export interface Statement {
  /** `texts[0] :names[0] texts[1] :names[1] … texts[n]` */
  texts: string[];
  names: string[];
  ordered: boolean;
}

/** Strings, quoted names, comments, dollar-quoted bodies, casts; then `:name` and `;`. */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|\$([A-Za-z_]*)\$[\s\S]*?\$\1\$|::|:([A-Za-z_]\w*)|;/g;
const READS = /^(?:select|with|values|table|show|explain)\b/i;
const WRITES_A_FILE = /\binto\s+(?:outfile|dumpfile)\b/i;

/**
 * Parts a query for any driver's own placeholders. Only one statement, only a reading one.
 * @throws IntentwrightError PROBE_CONFIG
 */
export function parseStatement(sql: string): Statement {
  const { bare, ...statement } = partStatement(sql);
  if (!READS.test(bare.trim()))
    throw refused(`a probe only reads, and this begins with ${JSON.stringify(bare.trim().split(/\s/)[0] ?? '')}`, 'ask with select');
  if (WRITES_A_FILE.test(bare)) throw refused('a probe only reads, and this writes a file', 'leave "into outfile" out');
  return statement;
}

/**
 * Parts any single statement at its named parameters; `bare` is it without strings and comments.
 * @throws IntentwrightError PROBE_CONFIG
 */
export function partStatement(sql: string): Statement & { bare: string } {
  const texts: string[] = [];
  const names: string[] = [];
  let from = 0;
  let bare = '';
  let bareFrom = 0;
  for (const token of sql.matchAll(TOKEN)) {
    const [text, , name] = token;
    bare += sql.slice(bareFrom, token.index) + (name !== undefined || text === '::' ? text : ' ');
    bareFrom = token.index + text.length;
    if (text === ';' && /\S/.test(withoutComments(sql.slice(token.index + 1))))
      throw refused('one statement is asked at a time', 'ask two questions, or join them');
    if (name !== undefined) {
      texts.push(sql.slice(from, token.index));
      names.push(name);
      from = token.index + text.length;
    }
  }
  bare += sql.slice(bareFrom);
  texts.push(sql.slice(from));
  texts[texts.length - 1] = texts.at(-1)!.replace(/;\s*((?:--[^\n]*\s*|\/\*[\s\S]*?\*\/\s*)*)$/, '$1');
  return { texts, names, ordered: /\border\s+by\b/i.test(bare), bare };
}

/** The values of the parameters, in the order in which they stand. @throws IntentwrightError PROBE_CONFIG */
export function valuesOf({ names }: Statement, given: Record<string, unknown>): unknown[] {
  const missing = names.find((name) => !Object.hasOwn(given, name));
  if (missing !== undefined) throw refused(`:${missing} has no value`, `give it one under with: { ${missing}: … }`);
  const unused = Object.keys(given).find((name) => !names.includes(name));
  if (unused !== undefined)
    throw refused(`the query has no parameter :${unused}`, 'values are named ":name" in the query and given under with:');
  return names.map((name) => scalarOf(given[name], name));
}

function scalarOf(value: unknown, name: string): unknown {
  if (value === null || ['string', 'number', 'boolean', 'bigint'].includes(typeof value)) return value;
  throw refused(`:${name} is not a single value`, 'texts, numbers, true, false and null can be given');
}

const withoutComments = (sql: string): string => sql.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, '');

const refused = (message: string, hint: string) => new IntentwrightError('PROBE_CONFIG', message, { hint });
