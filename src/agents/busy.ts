import type { Observation } from '../core/observation.ts';

const LOADING =
  /^(?:(?:still |now )?(?:loading|working|fetching|processing|please wait|one moment|just a (?:moment|second))\b.{0,40}|.{1,40}\b(?:is|are) (?:loading|being (?:prepared|loaded)))\W*$/i;

/** "Initialising the connection to the database…", on a page that offers nothing. */
const BEGINS = /(?:^|[.!…]\s*)\p{Lu}\p{L}+ing\b[^.!?…]{0,80}(?:…|\.{3})/u;

/** The page says, or looks as if, it is still being filled: too early to say that something is not there. */
export function looksBusy(observation: Observation): boolean {
  const { candidates, passages, notices } = observation;
  if (candidates.length === 0 && passages.length === 0) return true;
  if (
    candidates.every(({ role }) => role === 'generic') &&
    [...passages, ...notices]
      .map(({ text }) => text)
      .concat(candidates.map(({ name, print }) => name || print.text))
      .some((text) => BEGINS.test(text))
  )
    return true;
  return (
    notices.some((notice) => notice.kind === 'status' && LOADING.test(notice.text)) ||
    passages.some((passage) => LOADING.test(passage.text))
  );
}
