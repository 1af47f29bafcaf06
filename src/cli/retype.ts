import { relative } from 'node:path';
import { isInstalled } from './own-package.ts';

/** A command line as a person would type it again here. */
export function retype(argv: readonly string[]): string {
  const words = withoutAddresses(argv).map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`));
  const program = isInstalled()
    ? 'npx intentwright'
    : words[0] === 'demo'
      ? 'npm start --'
      : `node ${relative(process.cwd(), process.argv[1]!)}`;
  return [program, ...(program.startsWith('npm start') ? words.slice(1) : words)].join(' ');
}

/** Who knows the address of a chat's webhook may write there: it is never kept. */
const withoutAddresses = (argv: readonly string[]): string[] =>
  argv.filter((word, index) => !/^--(?:notify|fleet)(?:=|$)/.test(word) && !/^--(?:notify|fleet)$/.test(argv[index - 1] ?? ''));
