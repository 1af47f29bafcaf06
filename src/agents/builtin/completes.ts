import { likeness } from '../meaning.ts';
import { stem } from '../words.ts';
import { MAIL, wordsOf } from './clause-says.ts';
import type { Clause } from './clause.ts';
import type { Draft, Part } from './goal.ts';
import { isState, makes } from './makes.ts';

/** "… and accept the confirmation": what is asked after an order is answered with it. */
const QUESTIONS = new Set(['confirmation', 'confirm', 'dialog', 'prompt', 'question', 'warning', 'alert', 'popup', 'message'].map(stem));

/** Verbs that end what an order before them began. */
export const CLOSINGS = new Set(['save', 'submit', 'apply', 'confirm'].map(stem));

const SUPPLEMENTS = new Set([
  'call',
  'name',
  'title',
  'describ',
  'giv',
  'give',
  'set',
  'enter',
  'typ',
  'type',
  'choos',
  'select',
  'pick',
  'put',
  'write',
  'writ',
  'fill',
  'mak',
  'make',
  'use',
]);

/** Things that are one act with what is said of them afterwards: a form is filled in before it is sent. */
const FORMED = [
  'create',
  'update',
  'rename',
  'invite',
  'signup',
  'pay',
  'book',
  'cancel',
  'import',
  'accept',
  'reset',
  'post',
  'send',
  'generate',
];

/** Joins a clause to the one before when it only goes on about it: "… and save it", "call it X", "its scope is Read". */
export function joined(drafts: Draft[], next: Draft): boolean {
  const before = drafts.at(-1);
  if (!before) return false;
  const { clause } = next;
  const words = wordsOf(clause);
  if (next.kind === 'mail') return false;
  if (before.kind === 'mail') {
    const goesOn = /^(?:follow|open|click|use|take|go)$/.test(clause.verb) && clause.values.length === 0;
    if (goesOn && words.every((word) => word === 'link' || word === 'mail')) return true;
    if (goesOn && next.kind !== 'do' && wordsOf(before.clause).every((word) => MAIL.has(word))) return absorb(before, next);
    return false;
  }
  if (clause.tells && before.kind === 'open' && before.clause.verb === 'edit' && clause.values.length > 0) before.kind = 'do';
  if (clause.tells && (clause.values.length > 0 || clause.phrases.length > 0))
    return before.kind === 'do' || before.kind === 'put' ? absorb(before, next) : false;
  if (before.kind === 'put' || before.kind === 'choose' || (before.kind === 'do' && /^(?:nam|name|call)$/.test(before.clause.verb)))
    return completes(drafts, next);
  if (before.kind === 'upload' && next.kind === 'do' && clause.meanings.has('import')) {
    drafts[drafts.length - 1] = { ...next, parts: before.parts, clause: { ...clause, values: before.clause.values } };
    return true;
  }
  if (before.kind !== 'do') return false;
  if (next.kind === 'put' && clause.values.length === 0 && /\b(?:its|the|his|her) (?:\w+ )?name\b/i.test(clause.text)) return true;
  if (/^(?:agre|accept)$/.test(clause.verb) && words.some((word) => /^(?:term|condit|polici|privaci)$/.test(word))) {
    before.clause = {
      ...before.clause,
      phrases: [...before.clause.phrases, ...clause.phrases.map((phrase) => ({ ...phrase, prep: 'with', definite: true }))],
    };
    return true;
  }
  if (/^(?:accept|confirm|approv|answer|acknowledg)$/.test(clause.verb) && words.length > 0 && words.every((word) => QUESTIONS.has(word)))
    return true;
  if (CLOSINGS.has(clause.verb) && (clause.verb === 'confirm' || words.every((word) => /^(?:chang|it|form|everything|edit)$/.test(word))))
    return true;
  if (
    clause.values.length > 0 &&
    before.clause.values.length === 0 &&
    before.clause.phrases.length <= 1 &&
    next.kind === 'do' &&
    sameMeaning(before.clause, clause)
  ) {
    drafts[drafts.length - 1] = next;
    return true;
  }
  if (isState(clause) && before.clause.meanings.has('assign')) return false;
  if (isOwnOrder(before, next)) return false;
  if (
    SUPPLEMENTS.has(clause.verb) &&
    FORMED.some((meaning) => before.clause.meanings.has(meaning)) &&
    (clause.values.length > 0 || /\b(?:it|them|him|her)\b/i.test(clause.text))
  )
    return absorb(before, next);
  return false;
}

/** "Publish the decisions and set the deadline to 21 days": what is set is another thing, and the first order names nothing that it could be told of. */
const isOwnOrder = (before: Draft, { clause }: Draft): boolean =>
  clause.verb === 'set' &&
  before.clause.meanings.has('post') &&
  before.parts.length === 0 &&
  clause.object.length > 0 &&
  clause.values.some(({ prep }) => prep === 'to') &&
  likeness(before.clause.object, clause.object).covered === 0;

const sameMeaning = (a: Clause, b: Clause): boolean => a.verb === b.verb || [...a.meanings].some((meaning) => b.meanings.has(meaning));

/** "Name the workspace X, choose Y and create it": the last verb does it all. */
function completes(drafts: Draft[], next: Draft): boolean {
  const { clause } = next;
  if (next.kind !== 'do' || clause.values.length > 0 || !makes(clause) || CLOSINGS.has(clause.verb) || wordsOf(clause).length > 0)
    return false;
  const from = drafts.findLastIndex((draft) => !(draft.kind === 'put' || draft.kind === 'choose' || draft.kind === 'do')) + 1;
  // What is to be off is no value of a form.
  if (drafts.slice(from).some((draft) => draft.clause.verb === 'uncheck')) return false;
  const run = drafts.splice(from);
  const object = run.flatMap((draft) => draft.clause.values.flatMap((value) => value.hints)).concat(run[0]!.clause.object);
  const whole: Clause = {
    ...clause,
    text: [...run.map((draft) => draft.clause.text), clause.text].join(', '),
    object: [...new Set(object)],
    phrases: run.flatMap((draft) => draft.clause.phrases),
    values: run.flatMap((draft) => draft.clause.values),
  };
  drafts.push({ kind: 'do', clause: whole, parts: run.flatMap((draft) => draft.parts).map((part) => ({ ...part, role: 'typed' })) });
  return true;
}

/** What is told of it becomes part of it. */
function absorb(before: Draft, next: Draft): true {
  const told = next.clause;
  const parts = next.parts
    .filter((part) => part.value.certain || part.value.kind !== 'text' || (part.needed && part.value.hints.length > 0) || !told.tells)
    .map((part): Part => ({ ...part, role: 'typed', value: { ...part.value, at: part.value.at + 100 } }));
  const bare =
    parts.length === 0 && told.phrases.some((phrase) => phrase.raw !== '' && /^(?:giv|give|mak|make)$/.test(told.verb)) ? barely(told) : [];
  before.parts = [...before.parts, ...parts, ...bare];
  before.clause = {
    ...before.clause,
    text: `${before.clause.text}; ${told.text}`,
    phrases: [
      ...before.clause.phrases,
      ...told.phrases.map((phrase) => ({
        ...phrase,
        prep: phrase.prep || 'with',
        ...(told.tells && told.values.length === 0 ? { told: true as const } : {}),
      })),
    ],
    values: [...before.clause.values, ...told.values],
  };
  return true;
}

/** "give them the editor role", "make them an admin". */
function barely(clause: Clause): Part[] {
  const text = clause.phrases
    .map((phrase) => phrase.raw)
    .find((raw) => raw !== '')!
    .replace(/^(?:it|them|him|her)\s+/i, '')
    .replace(/^(?:an?|the)\s+/i, '')
    .replace(/\s+(?:role|permissions?|rights?|access)$/i, '');
  return [
    {
      value: { text, ref: { from: 'step', text }, kind: 'text', certain: false, hints: [stem('role')], prep: 'as', at: 150 },
      role: 'typed',
      needed: true,
    },
  ];
}
