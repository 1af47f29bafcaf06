import { tokens } from './words.ts';

/** Words that turn what stands beside them round, or make more or less of it. */
const TURNING =
  /^(?:not|no|never|none|don['’]?t|doesn['’]?t|without|except|off|all|every|everyone|everybody|everything|entire|whole|both|draft|copy|cents|percent|permanently|forever)$/;
const PREFIXES = ['dis', 'un', 'non', 'de', 'in', 'im'];

/** Whether two names that share their words mean opposite or wider things: "Approve" and "Disapprove", "Send" and "Send to everyone", "Save" and "Save draft". */
export function saysOtherwise(was: string, now: string): boolean {
  const [before, after] = [new Set(tokens(was)), new Set(tokens(now))];
  const differ = [...before, ...after].filter((word) => before.has(word) !== after.has(word));
  return (
    differ.some((word) => TURNING.test(word)) ||
    [...before].some(
      (one) => !after.has(one) && [...after].some((other) => PREFIXES.some((prefix) => other === prefix + one || one === prefix + other)),
    )
  );
}
