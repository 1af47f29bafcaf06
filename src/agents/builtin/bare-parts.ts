import { meaningsOf } from '../lexicon.ts';
import { content, isStopWord, stem } from '../words.ts';
import { madeInto } from './becomes.ts';
import type { Clause, Phrase } from './clause.ts';
import type { GoalKind, Part } from './goal.ts';
import { makes, makesOver } from './makes.ts';
import { CODED, isAcronym, isName, labelled, properRuns, VAGUE } from './names.ts';
import { isCommand } from './orders.ts';
import { hinted, nounPhrases, roleOf } from './part-role.ts';
import type { Value } from './value.ts';

/** Values without quotes: "as an editor", "to Pro", "Dana Reyes". */
export function bareParts(clause: Clause, kind: GoalKind): Part[] {
  if (kind === 'press' || kind === 'open' || kind === 'mail' || makesOver(clause) || madeInto(clause)) return [];
  const alikeTo = clause.phrases.some((phrase) => phrase.prep === 'to' && /^(?:similar|alik|clos|relat|equal)/.test(phrase.lead));
  const named =
    kind === 'do' &&
    clause.phrases.some((phrase) => phrase.items.length > 1 || (phrase.values.length > 0 && phrase.items.some((item) => CODED.test(item))))
      ? clause.phrases.flatMap((phrase, index) =>
          labelled(phrase).map(
            (item, at): Part => ({
              value: {
                text: item.text,
                ref: { from: 'step', text: item.text },
                kind: 'text',
                certain: false,
                hints: [item.hint],
                prep: 'with',
                at: index + 0.5 + at / 100,
              },
              role: 'typed',
              needed: true,
            }),
          ),
        )
      : [];
  const phrases =
    named.length === 0
      ? clause.phrases
      : clause.phrases.map((phrase) =>
          without(
            phrase,
            named.map((part) => part.value.text),
          ),
        );
  // "type D9 as the storage bin", "pick Sweden as the country": what the field is called.
  const label =
    kind === 'put' || kind === 'choose'
      ? clause.phrases.find((phrase) => phrase.prep === 'as' && phrase.values.length === 0 && phrase.words.length > 0)
      : undefined;
  // "Assign Kim Larsen as its officer": who is put where the page says officer.
  const office =
    kind === 'do' && clause.meanings.has('assign') && clause.values.length === 0
      ? clause.phrases.find((phrase) => phrase.prep === 'as' && phrase.definite && phrase.words.length > 0)
      : undefined;
  return named.concat(
    phrases.flatMap((phrase, index) => {
      if (phrase === label && clause.values.length === 0) return [];
      if (phrase.prep === '' && alikeTo) return [];
      if (phrase.prep === '' && kind === 'search' && phrase.values.length === 0 && phrase.items.length > 0)
        return [bare(clause, phrase, withoutParticiple(phrase, clause), index, kind)];
      if (phrase.prep === '') {
        if (kind === 'choose' || (kind === 'put' && !phrase.definite))
          return phrase.values.length > 0
            ? []
            : phrase.items
                .map((text, at) => bare(clause, phrase, text, index + at / 100, kind))
                .map((part) => (label && part.value.hints.length === 0 ? { ...part, value: { ...part.value, hints: label.words } } : part));
        const user = calledSo(phrase);
        if (user)
          return [bare(clause, phrase, user.text, index, kind)].map((part) => ({
            ...part,
            needed: true,
            value: { ...part.value, hints: [user.hint] },
          }));
        return properRuns(phrase)
          .map((text) => bare(clause, phrase, text, index, kind))
          .map((part) =>
            office && part.value.hints.length === 0
              ? { ...part, role: 'typed' as const, needed: true, value: { ...part.value, hints: office.words } }
              : part,
          );
      }
      if (kind === 'put' && phrase.prep !== 'as') return [];
      if (phrase.raw === '' && phrase.values.length > 0 && /^(?:to|for|with|as)$/.test(phrase.prep))
        return properRuns(phrase).map((text) => ({ ...bare(clause, phrase, text, index, kind), needed: false }));
      // "with a price of 9.5": what it is called.
      if (
        nounPhrases(clause).includes(phrase) ||
        (phrase.values.length === 0 &&
          clause.phrases[index + 1]?.prep === 'of' &&
          clause.phrases[index + 1]!.lead === phrase.words.at(-1) &&
          clause.phrases[index + 1]!.values.length > 0)
      )
        return [];
      if (
        phrase.raw === '' ||
        VAGUE.test(phrase.raw) ||
        (phrase.prep === 'to' && isCommand(phrase.words[0] ?? '') && !/^\p{Lu}/u.test(phrase.raw))
      )
        return [];
      const several = listed(phrase);
      if (several)
        return several.items
          .map((text, at) => bare(clause, phrase, text, index + at / 100, kind))
          .map((part) => ({ ...part, needed: true, value: { ...part.value, hints: several.hints } }));
      // "in the show Night Shift, airing on …": what follows says something else of it.
      const told = apposed(
        phrase.items.length > 1 && phrase.items.slice(1).every((item) => /^\p{Ll}+ing$/u.test(item))
          ? { ...phrase, raw: phrase.items[0]! }
          : phrase,
      );
      if (told)
        return [{ ...bare(clause, phrase, told.text, index, kind), needed: true }]
          .map((part) => ({ ...part, value: { ...part.value, hints: told.hints } }))
          .map((part) => (roleOf(clause, part.value, kind) === 'either' ? { ...part, role: 'either' as const } : part));
      const user = calledSo(phrase);
      if (user)
        return [bare(clause, phrase, user.text, index, kind)].map((part) => ({ ...part, value: { ...part.value, hints: [user.hint] } }));
      const kindOfIt = /^(\p{Lu}[\p{L}\d]*) (\p{Ll}+)$/u.exec(phrase.raw);
      if (phrase.definite && makes(clause) && kindOfIt && meaningsOf(stem(kindOfIt[2]!)).size > 0)
        return [bare(clause, phrase, kindOfIt[1]!, index, kind)].map((part) => ({
          ...part,
          role: 'either' as const,
          value: { ...part.value, hints: [stem(kindOfIt[2]!)] },
        }));
      if (phrase.definite && properRuns(phrase).length === 0) return [];
      if (
        kind === 'choose' &&
        /^(?:of|in|on|at)$/.test(phrase.prep) &&
        (properRuns(phrase).length === 0 ||
          clause.phrases.some((other) => other.prep === '' && (other.items.length > 0 || other.values.length > 0)))
      )
        return [];
      if (kind === 'choose' && (phrase.prep === 'to' || phrase.prep === 'from'))
        return phrase.items.map((text, at) => bare(clause, phrase, text, index + at / 100, kind));
      if (/^(?:into|onto|using|via|through|until|about|like|by|because|since|over)$/.test(phrase.prep) && properRuns(phrase).length === 0)
        return [];
      return [bare(clause, phrase, phrase.definite ? properRuns(phrase)[0]! : phrase.raw, index, kind)];
    }),
  );
}

/** "Delete the user cora": a name in small letters, behind the word for those who have such names. */
function calledSo(phrase: Phrase): { text: string; hint: string } | undefined {
  const [, kind, text] =
    /^(user|member|account|group|login)\s+(\p{Ll}[\p{Ll}\d._-]+)$/u.exec(
      phrase.values.length === 0 && phrase.items.length === 1 ? phrase.raw : '',
    ) ?? [];
  return kind !== undefined && text !== undefined && !isStopWord(text) && meaningsOf(stem(text)).size === 0 && !/(?:s|ing|ed)$/.test(text)
    ? { text, hint: stem(kind) }
    : undefined;
}

/** A phrase without the items that say what they are called. */
function without(phrase: Phrase, said: readonly string[]): Phrase {
  const items = phrase.items.filter((item) => !labelled(phrase).some(({ text }) => said.includes(text) && item.endsWith(text)));
  return items.length === phrase.items.length ? phrase : { ...phrase, items, raw: phrase.raw === '' ? '' : items.join(', ') };
}

/** "the role Admin", "scope Read only": what it is called, then what it is. */
function apposed(phrase: Phrase): { text: string; hints: string[] } | undefined {
  const match = /^((?:[a-z][\w-]*\s)+)(\p{Lu}[\p{L}\d-]*(?: [\p{L}\d-]+)?)$/u.exec(phrase.raw);
  return match && !isAcronym(match[2]!) ? { text: match[2]!, hints: content(match[1]!) } : undefined;
}

/** "the amenities Lift and Garden": what they are called, then each of them. */
function listed(phrase: Phrase): { items: string[]; hints: string[] } | undefined {
  const first = /^((?:[a-z][\w-]*\s)+)(\p{Lu}[\p{L}\d -]*)$/u.exec(phrase.items[0] ?? '');
  const rest = phrase.items.slice(1);
  if (
    !first ||
    rest.length === 0 ||
    !/s\s$/.test(first[1]!) ||
    !rest.every((item) => /^\p{Lu}[\p{L}\d]*(?: \p{Lu}[\p{L}\d]*)*$/u.test(item))
  )
    return undefined;
  return { items: [first[2]!, ...rest], hints: content(first[1]!) };
}

/** "action movies directed by …": the participle belongs to what follows. */
function withoutParticiple(phrase: Phrase, clause: Clause): string {
  const next = clause.phrases.find(
    (other) => other.lead !== '' && phrase.words.at(-1) === other.lead && /ed$/i.test(phrase.raw.split(/\s+/).at(-1) ?? ''),
  );
  return next ? phrase.raw.replace(/\s+\S+$/, '') : phrase.raw;
}

export function bare(clause: Clause, phrase: Phrase, text: string, at: number, kind: GoalKind): Part {
  const former =
    phrase.prep === 'to' &&
    clause.object.length > 0 &&
    clause.phrases.some((other) => other.prep === 'from' && other.words.includes(phrase.lead));
  const lead =
    phrase.lead && !former && !isStopWord(phrase.lead) && phrase.lead !== clause.verb && !isName(clause, phrase.lead) ? [phrase.lead] : [];
  const value: Value = { text, ref: { from: 'step', text }, kind: 'text', certain: false, hints: lead, prep: phrase.prep, at };
  return {
    value: hinted(clause, value),
    role: roleOf(clause, value, kind),
    needed: phrase.prep === 'as' || phrase.prep === 'to' || kind === 'choose',
  };
}
