import { isInstalled } from './own-package.ts';

/** A command line as a person would type it again here. */
export function retype(argv: readonly string[]): string {
  const words = argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`));
  const program = isInstalled() ? 'npx intentwright' : words[0] === 'demo' ? 'npm start --' : 'node src/cli/main.ts';
  return [program, ...(program.startsWith('npm start') ? words.slice(1) : words)].join(' ');
}
