import { RE2JS } from 're2js';
import { InvalidExpectation } from './invalid-expectation.ts';

const compiled = new Map<string, RE2JS>();

/** Linear-time search: no pattern can hang the judge. @throws InvalidExpectation */
export function found(pattern: string, text: string): boolean {
  return compile(pattern).matcher(text).find();
}

/** What is wrong with a pattern; undefined when nothing is. */
export function regexMistake(pattern: string): string | undefined {
  try {
    compile(pattern);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function compile(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  try {
    const regex = RE2JS.compile(pattern);
    if (compiled.size > 500) compiled.clear();
    compiled.set(pattern, regex);
    return regex;
  } catch (error) {
    throw new InvalidExpectation(
      `the regular expression ${JSON.stringify(pattern)} is not valid: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** A text as a pattern that finds exactly that text. */
export const quoted = (text: string): string => RE2JS.quote(text);
