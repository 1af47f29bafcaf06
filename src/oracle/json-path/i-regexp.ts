import { found } from '../regex.ts';

/** RFC 9485: the whole text fits the pattern. @throws InvalidExpectation for what is no pattern */
export const wholeMatch = (text: string, pattern: string): boolean => found(`\\A(?:${inRe2(pattern)})\\z`, text);

/** RFC 9485: a part of the text fits the pattern. @throws InvalidExpectation */
export const partMatch = (text: string, pattern: string): boolean => found(inRe2(pattern), text);

/** A dot is anything but the end of a line, of either kind; in a class it is a dot. */
function inRe2(pattern: string): string {
  let inClass = false;
  return pattern.replaceAll(/\\.|[[\].]/gsu, (part) => {
    if (part === '[') inClass = true;
    else if (part === ']') inClass = false;
    else if (part === '.' && !inClass) return '[^\\n\\r]';
    return part;
  });
}
