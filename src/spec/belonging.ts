import type { Intent, InvariantUse } from '../core/intent.ts';
import type { Invariant, Mode, ProbeQuery } from '../core/invariant.ts';
import type { Problem, Project } from '../core/project.ts';
import { lookUp, referencesOf } from '../core/template.ts';
import { texts } from './references.ts';

/**
 * Whose doing it can be that an invariant becomes true. `attempt`: it asks for something that this attempt alone has, a variable with
 * `${run.id}` or an output of a fixture. `words`: it names something that the journey names and no other intent of the project does;
 * `shared`: others name it, too.
 * `anybody`: nothing in it tells this journey from another.
 */
export type Belonging = 'attempt' | 'words' | 'shared' | 'anybody';

/** Probes that see only what this attempt's own browsers and its own run id left behind. */
const OWN_PROBES: ReadonlySet<string> = new Set(['requests', 'console', 'download', 'webhooks', 'events', 'traces']);

/** Whether a question is about nothing but what this attempt itself left behind. */
export const seesOnlyItsOwn = ({ probe, args }: ProbeQuery): boolean =>
  OWN_PROBES.has(probe) && args['any'] !== true && args['workflow'] === undefined && args['trace'] === undefined;

/** Names of what the actors of an intent sign in with. */
export const sessionNames = ({ actors }: Pick<Intent, 'actors'>): Set<string> =>
  new Set(
    Object.values(actors).flatMap(({ session }) => [...texts(session)].flatMap(([text]) => referencesOf(text).map(({ name }) => name))),
  );

/** What a run alone can tell; before it, what a fixture gives is taken for this attempt's own, and events for those of its run. */
export interface Known {
  /** Whether what a fixture gave is this attempt's alone; `asSession`: as whose eyes are asked with. */
  owns(name: string, asSession: boolean): boolean;
  /** Whether what was read may be of another run although its probe leaves those out. */
  readsOfOthers: boolean;
}

const BEFORE: Known = { owns: () => true, readsOfOthers: false };

type Asking = Pick<Intent, 'vars' | 'given' | 'actors' | 'journey'>;

/** @param others journeys that may go on at the same time */
export function belongingOf(
  use: InvariantUse,
  { mode, params }: Pick<Invariant, 'mode' | 'params'>,
  intent: Asking,
  others: readonly Pick<Intent, 'vars' | 'journey'>[],
  known = BEFORE,
): Belonging {
  if (mode.kind === 'access' || (seesOnlyItsOwn(mode.query) && !known.readsOfOthers)) return 'attempt';
  const expander = new Expander(intent.vars, intent, Object.fromEntries(params.map((name) => [name, use.params[name]])), known);
  const said = askedBy(mode).flatMap((value) => [...texts(withNumbers(value))].map(([text]) => expander.expand(text)));
  if (said.some(({ own }) => own)) return 'attempt';
  const journey = sentencesOf(intent);
  const elsewhere = others.map(sentencesOf);
  const named = said.flatMap(({ text }) => valuesIn(text)).filter((value) => isSaid(value, journey));
  if (named.length === 0) return 'anybody';
  return named.some((value) => !elsewhere.some((sentences) => isSaid(value, sentences))) ? 'words' : 'shared';
}

const FLIPPING: ReadonlySet<string> = new Set(['eventually', 'changes', 'increases_by']);

/** Warnings for what anybody may make true: it would prove little of the journey that it is to prove. */
export function belongingProblems({ intents, invariants }: Pick<Project, 'intents' | 'invariants'>): Problem[] {
  return intents.flatMap((intent) =>
    intent.then.flatMap((use): Problem[] => {
      const invariant = invariants.get(use.name);
      if (
        !invariant ||
        !FLIPPING.has(invariant.mode.kind) ||
        belongingOf(
          use,
          invariant,
          intent,
          intents.filter(({ id }) => id !== intent.id),
        ) !== 'anybody'
      )
        return [];
      return [
        {
          where: use.where,
          severity: 'warning',
          message: `${use.name} asks for nothing that this journey names: whoever makes it true, it holds`,
          hint: 'put into its question what the journey names, best with ${run.id} or an output of a fixture in it',
        },
      ];
    }),
  );
}

function askedBy(mode: Exclude<Mode, { kind: 'access' }>): unknown[] {
  const args = withoutLeftOut(mode.query);
  return mode.kind === 'eventually' ? [args, mode.expect] : mode.kind === 'changes' ? [args, mode.from, mode.to] : [args];
}

const LEFT_OUT = /(?:<>|!=|\bnot\s+(?:i?like|in)\b)\s*(?:\([^()]*\)|:\w+|'[^']*')/gi;

/** What a select leaves out is not what it asks for: "where title <> :title" is about everything else. */
function withoutLeftOut({ probe, args }: ProbeQuery): ProbeQuery['args'] {
  if (probe !== 'sql' || typeof args['query'] !== 'string') return args;
  const namesIn = (text: string): string[] => [...text.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  const query = args['query'].replace(LEFT_OUT, ' ');
  const asked = new Set(namesIn(query));
  const leftOut = new Set((args['query'].match(LEFT_OUT) ?? []).flatMap(namesIn).filter((name) => !asked.has(name)));
  return { ...args, query, with: Object.fromEntries(Object.entries(args['with'] ?? {}).filter(([name]) => !leftOut.has(name))) };
}

/** Numbers of a question are values as well. */
function withNumbers(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(withNumbers);
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNumbers(item)]))
    : value;
}

const DEEPEST = 8;

/** Puts in what is known before a run, and notes whether something is there that is known only in it. */
class Expander {
  readonly #vars: Record<string, unknown>;
  readonly #intent: Asking;
  /** What one use of an invariant gives; its values are written in the intent's words, so that a parameter may be called as the variable it is given. */
  readonly #params: Record<string, unknown>;
  readonly #known: Known;

  constructor(vars: Record<string, unknown>, intent: Asking, params: Record<string, unknown> = {}, known = BEFORE) {
    this.#vars = vars;
    this.#intent = intent;
    this.#params = params;
    this.#known = known;
  }

  expand(text: string, depth = 0, params = this.#params, asSession = false): { text: string; own: boolean } {
    // Whoever asks with an actor's session sees what that actor sees.
    const session = this.#intent.actors[text]?.session;
    let own = depth === 0 && session !== undefined && [...texts(session)].some(([part]) => this.expand(part, 1, {}, true).own);
    let expanded = text;
    for (const { raw, kind, name } of referencesOf(text)) {
      const root = name.split('.')[0]!;
      if (kind !== 'var') continue;
      const value = depth < DEEPEST ? (lookUp(params, name) ?? lookUp(this.#vars, name)) : undefined;
      if (value === undefined)
        own ||= root === 'run' || (this.#intent.given.some(({ alias }) => alias === root) && this.#known.owns(name, asSession));
      else {
        const inner = this.expand(String(value), depth + 1, {}, asSession);
        own ||= inner.own;
        expanded = expanded.replace(raw, () => inner.text);
      }
    }
    return { text: expanded, own };
  }
}

const sentencesOf = ({ vars, journey }: Pick<Intent, 'vars' | 'journey'>): string => {
  const expander = new Expander(vars, { vars, journey, given: [], actors: {} });
  return journey
    .map(({ text }) => expander.expand(text).text)
    .join('\n')
    .toLowerCase();
};

/** What a text of a question may name: all of it, what is quoted in it, the parts of a path. */
function valuesIn(text: string): string[] {
  const quoted = [...text.matchAll(/'([^']+)'|"([^"]+)"/g)].map(([, single, double]) => (single ?? double)!);
  const parts = text.startsWith('/') ? text.split(/[/?&=]/).map((part) => decoded(part).replaceAll('_', ' ')) : [];
  return [text, text.replaceAll('_', ' '), ...quoted, ...parts]
    .map((value) => value.trim().toLowerCase())
    .filter((value) => value.length > 2 || /^\d+$/.test(value));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** As whole words: the "12" of "ticket 12" is not that of "120". */
function isSaid(value: string, sentences: string): boolean {
  for (let at = sentences.indexOf(value); at !== -1; at = sentences.indexOf(value, at + 1)) {
    if (!isWordy(sentences[at - 1], value[0]) && !isWordy(sentences[at + value.length], value.at(-1))) return true;
  }
  return false;
}

const WORDY = /[\p{L}\p{N}]/u;
const isWordy = (beside: string | undefined, edge: string | undefined): boolean =>
  beside !== undefined && WORDY.test(beside) && WORDY.test(edge ?? '');
