const STOPPING = new Set(
  'a an the as and or of to in on at is are was were be been with for by from it its this that these those every each no not into one has have had may can could will would does do did did so up out still now when then there their they'.split(
    ' ',
  ),
);

/** The words of a sentence that say what it is about, levelled so that "invited" meets "invite" and "projects" meets "project". */
export function contentWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}@.+_-]*/gu) ?? [];
  return [
    ...new Set(
      words
        .map((word) => word.replace(/[.+-]+$/, ''))
        .filter((word) => word.length > 1 && !STOPPING.has(word))
        .map(stem),
    ),
  ];
}

const stem = (word: string): string => (/^\p{L}+$/u.test(word) ? word.replace(/(ations?|ation|ings?|ed|es|s|e)$/, '') : word);
