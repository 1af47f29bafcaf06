const AUXILIARY = /^(is|are|was|were|can|could|will|would|has|have|had|does|did|do|must|may|should)$/;
const PARTICIPLE =
  /^(\w+ed|been|gone|got|had|made|paid|put|read|received|run|seen|sent|set|shown|taken|written|left|lost|kept|begun|become|built|found|given|held)$/;
const QUANTIFIED =
  /^(every|all|each|any|nobody|no-one|nothing|none|neither|only|exactly|both|most|at|if|when|whenever|after|before|there'?s|other|some)\b/i;
const THIRD_PERSON: Record<string, string> = {
  agrees: 'agree',
  allows: 'allow',
  appears: 'appear',
  arrives: 'arrive',
  asks: 'ask',
  belongs: 'belong',
  carries: 'carry',
  comes: 'come',
  contains: 'contain',
  costs: 'cost',
  equals: 'equal',
  exists: 'exist',
  finds: 'find',
  follows: 'follow',
  gets: 'get',
  gives: 'give',
  goes: 'go',
  grants: 'grant',
  holds: 'hold',
  includes: 'include',
  keeps: 'keep',
  knows: 'know',
  leads: 'lead',
  leaves: 'leave',
  lets: 'let',
  lies: 'lie',
  lists: 'list',
  loses: 'lose',
  matches: 'match',
  means: 'mean',
  names: 'name',
  needs: 'need',
  offers: 'offer',
  opens: 'open',
  owns: 'own',
  passes: 'pass',
  pays: 'pay',
  points: 'point',
  answers: 'answer',
  reaches: 'reach',
  reads: 'read',
  receives: 'receive',
  remains: 'remain',
  returns: 'return',
  runs: 'run',
  says: 'say',
  sees: 'see',
  sends: 'send',
  shows: 'show',
  stands: 'stand',
  stays: 'stay',
  takes: 'take',
  tells: 'tell',
  uses: 'use',
  works: 'work',
};

/**
 * What an invariant says, denied: "casey is an active editor" → "casey is not an active editor"; "no job failed" → "a job failed".
 * Where English has no safe way: "it is not true that …".
 */
export function negate(says: string): string {
  const words = says
    .trim()
    .replace(/[.!]+$/, '')
    .split(/\s+/);
  if (/^no$/i.test(words[0] ?? '') && words.length > 2)
    return words[1] === 'other'
      ? `another ${words.slice(2).join(' ')}`
      : `${/^[aeiou]/i.test(words[1]!) ? 'an' : 'a'} ${words.slice(1).join(' ')}`;
  if (QUANTIFIED.test(says)) return `it is not true that ${lowerFirst(words.join(' '))}`;
  const quoted = quotedWords(words);
  if (/\bno longer\b/.test(says) && !splitsSentence(words.slice(0, words.indexOf('no'))))
    return words
      .join(' ')
      .replace(/\bno longer\b/, 'still')
      .replace(/, not even\b/, ', even');
  const denied = words.findIndex((word, index) => index > 0 && !quoted.has(index) && /^(cannot|can't|can’t)$/i.test(word));
  if (denied !== -1 && !splitsSentence(words.slice(0, denied))) return words.with(denied, 'can').join(' ');
  const at = words.findIndex(
    (word, index) => index > 0 && !quoted.has(index) && (AUXILIARY.test(word) || Object.hasOwn(THIRD_PERSON, word)),
  );
  const word = words[at];
  if (word === undefined || splitsSentence(words.slice(0, at))) return `it is not true that ${lowerFirst(words.join(' '))}`;
  const before = words.slice(0, at).join(' ');
  const after = words.slice(at + 1);
  if (/^(not|never|no|nothing|nobody)$/.test(after[0] ?? '')) {
    const rest = after.slice(1).join(' ');
    // "is not listed any more" → "is still listed"
    const lasting = rest.replace(/,? any ?more\b(?=$|[,;])/, '');
    return after[0] === 'not'
      ? `${before} ${word} ${lasting === rest ? rest : `still ${lasting}`}`
      : `it is not true that ${lowerFirst(words.join(' '))}`;
  }
  const possesses = /^(has|have|had)$/.test(word) && !PARTICIPLE.test(after[0] ?? '');
  if (possesses) return `${before} ${word === 'has' ? 'does' : word === 'had' ? 'did' : 'do'} not have ${after.join(' ')}`;
  const base = Object.hasOwn(THIRD_PERSON, word) ? THIRD_PERSON[word] : undefined;
  return base === undefined ? `${before} ${word} not ${after.join(' ')}` : `${before} does not ${base} ${after.join(' ')}`.trimEnd();
}

/** A relative clause before the verb would take the "not" that belongs to the sentence. */
const splitsSentence = (before: readonly string[]): boolean => before.some((word) => /^(who|which|that|whose|where|if|when)$/i.test(word));

function quotedWords(words: readonly string[]): Set<number> {
  const inside = new Set<number>();
  let open = false;
  words.forEach((word, index) => {
    const marks = word.match(/["“”]/g)?.length ?? 0;
    if (open || marks > 0) inside.add(index);
    if (marks % 2 === 1) open = !open;
  });
  return inside;
}

/** A sentence's first word inside another sentence: lower case when it is one that English always writes so; a name keeps its capital. */
export const lowerFirst = (text: string): string =>
  text.replace(
    /^(A|An|The|This|That|These|Those|Every|Each|All|Any|No|Nobody|Nothing|None|Only|Exactly|At|One|Two|Three|Both|Another|Other|Its|Their|There|It|They|Somebody|Someone|After|Before|When|If|Neither|Old|New)\b/,
    (word) => word.toLowerCase(),
  );

/** A capital for a sentence's first word; addresses and identifiers stay as they are. */
export const upperFirst = (text: string): string => text.replace(/^\p{Ll}(?=\p{L}*(?:[\s,;:'’]|$))/u, (letter) => letter.toUpperCase());
