import { plain, stem } from '../words.ts';
import type { Clause } from './clause.ts';
import type { Part, PartRole } from './goal.ts';
import { isState, makesOver, ofState, RIGHTS } from './makes.ts';
import type { Value } from './value.ts';

/** "Make Dana an editor", "allow Sam to publish": the thing, and what it becomes. */
export function becomes(clause: Clause): Part[] {
  const made = madeInto(clause);
  if (made) return made;
  const bare = bareGift(clause);
  if (bare) return [bare];
  const state = isState(clause) ? clause.phrases.find((phrase) => phrase.prep === '') : undefined;
  if (state)
    return [
      {
        value: {
          text: ofState(state),
          ref: { from: 'step', text: ofState(state) },
          kind: 'text',
          certain: false,
          hints: [],
          prep: 'to',
          at: 50,
        },
        role: 'typed',
        needed: true,
      },
    ];
  if (!makesOver(clause)) return [];
  const text = clause.phrases[0]!.tail.replace(/^(?:an?|the)\s+/i, '').replace(RIGHTS, '');
  return [
    {
      value: { text, ref: { from: 'step', text }, kind: 'text', certain: false, hints: ['role'].map(stem), prep: 'to', at: 50 },
      role: 'typed',
      needed: true,
    },
  ];
}

/** "Make Nordic Tools a preferred supplier": a name with its capitals, and what becomes of it. */
export function madeInto(clause: Clause): Part[] | undefined {
  const raw = clause.verb === 'mak' && clause.values.length === 0 && clause.phrases[0]?.prep === '' ? clause.phrases[0].raw : '';
  const [, name, state] = /^(\p{Lu}\S*(?: \p{Lu}\S*)*) an? (\p{Ll}[\p{L} -]*?)(?: again)?$/u.exec(raw) ?? [];
  if (name === undefined || state === undefined) return undefined;
  const part = (text: string, role: PartRole, prep: string): Part => ({
    value: { text, ref: { from: 'step', text }, kind: 'text', certain: false, hints: [], prep, at: role === 'entity' ? 0 : 50 },
    role,
    needed: role === 'typed',
  });
  return [part(name, 'entity', ''), part(state, 'typed', 'to')];
}

/** "give Editor1 administrator rights", where nothing marks where the name ends but its capital. */
function bareGift(clause: Clause): Part | undefined {
  const raw =
    clause.meanings.has('give') && clause.values.length === 0 ? (clause.phrases.find((phrase) => phrase.prep === '')?.raw ?? '') : '';
  const text = /^\p{Lu}\S*(?: \p{Lu}\S*)* (?:an?\s+|the\s+)?(\p{Ll}.*)$/u.exec(raw)?.[1];
  return text !== undefined && RIGHTS.test(text)
    ? {
        value: {
          text: text.replace(RIGHTS, ''),
          ref: { from: 'step', text: text.replace(RIGHTS, '') },
          kind: 'text',
          certain: false,
          hints: [stem('role')],
          prep: 'to',
          at: 50,
        },
        role: 'typed',
        needed: true,
      }
    : undefined;
}

/** "so that only administrators can edit it": who may do what, an answer to the question of that. */
export function allowed(clause: Clause): Part[] {
  const match = clause.tells ? /^((?:only )?[\p{L} ]+?) (?:can|may|are allowed to) (\p{L}+)\b/iu.exec(clause.text) : null;
  if (!match || clause.values.length > 0) return [];
  const [, text, verb] = match as unknown as [string, string, string];
  return [
    {
      value: { text, ref: { from: 'step', text }, kind: 'text', certain: false, hints: [stem(plain(verb))], prep: '', at: 50 },
      role: 'typed',
      needed: true,
    },
  ];
}

/** "Call the project "A" "B"": the second name is the new one. */
export function renamedTo(clause: Clause): Value | undefined {
  const direct = clause.values.filter((value) => value.prep === '' && value.certain);
  return clause.verb === 'call' && direct.length === 2 ? direct[1] : undefined;
}
