import type { Action, RequestSeen, Target, ValueRef } from '../core/action.ts';
import type { StepTask, StepValue } from '../core/decision.ts';
import type { LockedAction, LockedStep } from '../core/lock.ts';
import type { Candidate, Observation } from '../core/observation.ts';
import type { DialogAnswer, PersonDeed } from '../browser/follow.ts';
import { recordAction } from './record.ts';

/** A journey that a person showed, in English, with the way they went. */
export interface Retold {
  steps: LockedStep[];
  /** Variables of the intent: a value that must be new in every run. */
  vars: Record<string, string>;
  /** Secrets that were typed, by the name of their handle. */
  secrets: string[];
}

/** Puts what a person did into sentences: a form is one sentence with what sends it, everything else is its own. */
export function retell(deeds: readonly PersonDeed[], actor: string): Retold {
  const words = new Words(deeds);
  const steps: LockedStep[] = [];
  let form: PersonDeed[] = [];
  const flush = (sender?: PersonDeed): void => {
    const group = sender ? [...form, sender] : form;
    form = [];
    if (group.length > 0) steps.push(words.stepOf(group, actor));
  };
  for (const deed of withoutRepeats(deeds)) {
    if (ENTERS.has(deed.kind)) {
      if (form.length > 0 && formOf(form[0]!) !== formOf(deed)) flush();
      form.push(deed);
    } else if (form.length > 0 && (deed.kind === 'press' || formOf(form[0]!) === formOf(deed) || deed.candidate.role === 'option')) {
      // The options of a custom list belong to the form; a button of the form sends it.
      if (deed.candidate.role === 'button' || deed.kind === 'press') flush(deed);
      else form.push(deed);
    } else {
      flush();
      steps.push(words.stepOf([deed], actor));
    }
  }
  flush();
  return { steps, vars: words.vars, secrets: [...words.secrets] };
}

const ENTERS: ReadonlySet<PersonDeed['kind']> = new Set(['fill', 'select', 'check', 'upload']);

/** What a field belongs to, as far as a page tells. */
const formOf = ({ candidate, path, dialog }: PersonDeed): string =>
  JSON.stringify([path.split('?')[0], dialog ?? candidate.context.dialog ?? '', candidate.context.frame ?? '']);

/** A field that was filled in twice holds what was typed last. */
function withoutRepeats(deeds: readonly PersonDeed[]): PersonDeed[] {
  return deeds.filter((deed, index) => {
    const next = deeds[index + 1];
    return !(
      next &&
      ENTERS.has(deed.kind) &&
      deed.kind === next.kind &&
      deed.candidate.id === next.candidate.id &&
      deed.path === next.path
    );
  });
}

class Words {
  readonly vars: Record<string, string> = {};
  readonly secrets = new Set<string>();
  /** What was typed, by the variable that stands for it. */
  readonly #names = new Map<string, string>();
  readonly #signsIn: ReadonlySet<PersonDeed>;

  constructor(deeds: readonly PersonDeed[]) {
    this.#signsIn = signIns(deeds);
  }

  stepOf(deeds: readonly PersonDeed[], actor: string): LockedStep {
    const parts = deeds.map((deed) => this.#told(deed));
    const text = sentence(deeds.flatMap(({ answers }, index) => [parts[index]!.words, ...answers.map((answer) => this.#answered(answer))]));
    const rows = deeds.flatMap(({ row }) => (row ? [{ value: row }] : []));
    const given = deeds.flatMap(({ answers }) => answers.flatMap((answer) => (answer.text ? [{ value: answer.text }] : [])));
    const values: StepValue[] = [...parts.flatMap(({ value }) => (value ? [value] : [])), ...given, ...rows];
    const task: StepTask = {
      index: 0,
      actor,
      template: text,
      text,
      tries: false,
      values,
      title: '',
      before: [],
      after: [],
      hasMailbox: false,
      files: [],
    };
    return { actor, text, actions: deeds.flatMap((deed, index) => this.#locked(deed, parts[index]!.ref, task)) };
  }

  #told(deed: PersonDeed): { words: string; ref?: ValueRef; value?: StepValue } {
    const { candidate, kind } = deed;
    const on = nameOf(candidate);
    const row = candidate.context.row && deed.row !== candidate.name ? deed.row : undefined;
    const where = row ? ` in the row of "${this.#template(row)}"` : '';
    switch (kind) {
      case 'click':
        return { words: `${VERBS[candidate.role] ?? 'click'} ${on}${where}` };
      case 'press':
        return { words: 'press Enter' };
      case 'check':
        return { words: `${deed.on ? (candidate.role === 'radio' ? 'choose' : 'tick') : 'untick'} ${on}${where}` };
      case 'upload':
        return { words: `upload the file "${deed.value ?? ''}" to ${on}` };
      case 'select':
        return {
          words: `choose "${deed.value ?? ''}" in ${on}${where}`,
          ref: { from: 'step', text: deed.value ?? '' },
          value: { value: deed.value ?? '' },
        };
      case 'fill': {
        if (deed.secret) {
          const name = this.#secret(deed);
          return {
            words: `enter \${secret:${name}} into ${on}`,
            ref: { from: 'secret', name },
            value: { name, secret: true, value: `\${secret:${name}}` },
          };
        }
        const name = this.#variable(deed);
        if (name) return { words: `enter \${${name}} into ${on}${where}`, ref: { from: 'var', name }, value: { name, value: deed.value! } };
        return {
          words: `enter ${quoted(deed.value ?? '')} into ${on}${where}`,
          ref: { from: 'step', text: deed.value ?? '' },
          value: { value: deed.value ?? '' },
        };
      }
    }
  }

  /** What the browser itself asks has the same two buttons everywhere. */
  #answered({ accept, text }: DialogAnswer): string {
    return accept && text !== undefined ? `enter ${quoted(text)}` : `click ${accept ? '"OK"' : '"Cancel"'}`;
  }

  /** Only an address is certainly another one in every run, unless somebody signs in with it. */
  #variable(deed: PersonDeed): string | undefined {
    const { value = '' } = deed;
    const known = this.#names.get(value);
    if (known) return known;
    const address = /^([^@\s+]+)(?:\+[^@\s]*)?@([^@\s]+\.[^@\s]+)$/.exec(value);
    if (!address || this.#signsIn.has(deed)) return undefined;
    const name = unique('email', this.vars);
    this.vars[name] = `${address[1]}+\${run.id}@${address[2]}`;
    this.#names.set(value, name);
    return name;
  }

  #secret({ candidate }: PersonDeed): string {
    const name =
      candidate.name
        .normalize('NFKD')
        .replace(/[^A-Za-z0-9]+/g, '_')
        .replace(/^_+|_+$/g, '')
        .toUpperCase() || 'PASSWORD';
    this.secrets.add(name);
    return name;
  }

  #template(text: string): string {
    return [...this.#names].reduce((told, [value, name]) => told.replaceAll(value, `\${${name}}`), text);
  }

  #locked(deed: PersonDeed, ref: ValueRef | undefined, step: StepTask): LockedAction[] {
    const { candidate, answers, commits } = deed;
    const { column: _, ...context } = candidate.context;
    const target: Target = { role: candidate.role, name: candidate.name, ...context };
    const done: { action: Action; target?: Target }[] = [
      { action: actionOf(deed, ref), target },
      ...answers.map((answer) => ({ action: answerOf(answer) })),
    ];
    // What is asked first is sent once it is answered.
    return done.flatMap((one, index) => this.#recorded(deed, { ...one, commits: index === done.length - 1 ? commits : [] }, step) ?? []);
  }

  #recorded(
    { candidate, path }: PersonDeed,
    { action, target, commits }: { action: Action; target?: Target; commits: readonly string[] },
    step: StepTask,
  ): LockedAction | undefined {
    const on: Observation = {
      url: '',
      path,
      title: '',
      digest: '',
      candidates: [candidate],
      notices: [],
      passages: [],
      repeats: [],
      tabs: [],
      mail: [],
      cut: [],
      ms: 0,
    };
    const requests = commits.map(
      (line, id): RequestSeen => ({
        id,
        method: line.split(' ')[0]!,
        url: '',
        template: line.slice(line.indexOf(' ') + 1),
        kind: 'fetch',
        changes: true,
        own: true,
        status: 200,
      }),
    );
    return recordAction(
      {
        step: 0,
        agent: 'builtin',
        action,
        ...(target ? { target } : {}),
        outcome: { ok: true, requests, events: [], navigated: false, ms: 0 },
        digest: '',
        path,
        added: [],
      },
      on,
      step,
      [...this.#names].map(([value, name]) => [name, value] as const),
    );
  }
}

const answerOf = ({ accept, text }: DialogAnswer): Action => ({
  kind: 'dialog',
  accept,
  ...(text === undefined ? {} : { text: { from: 'step', text } }),
});

function actionOf({ kind, candidate, on, value }: PersonDeed, ref: ValueRef = { from: 'step', text: value ?? '' }): Action {
  const target = candidate.id;
  switch (kind) {
    case 'click':
      return { kind, target };
    case 'press':
      return { kind, target, key: 'Enter' };
    case 'check':
      return { kind, target, on: on ?? true };
    case 'upload':
      return { kind, target, file: value ?? '' };
    case 'select':
      return { kind, target, option: ref };
    case 'fill':
      return { kind, target, value: ref };
  }
}

/** Fields beside a password that is not a new one, on a form that signs somebody in. */
function signIns(deeds: readonly PersonDeed[]): ReadonlySet<PersonDeed> {
  const found = new Set<PersonDeed>();
  for (const [index, deed] of deeds.entries()) {
    if (!deed.secret || deed.autocomplete === 'new-password') continue;
    const sender = deeds.slice(index).find(({ kind }) => kind === 'click' || kind === 'press');
    if (deed.autocomplete !== 'current-password' && !/\b(?:sign|log) ?in\b/i.test(sender?.candidate.name ?? '')) continue;
    for (const other of deeds) if (formOf(other) === formOf(deed)) found.add(other);
  }
  return found;
}

const VERBS: Record<string, string> = { link: 'open', tab: 'open the tab', menuitem: 'choose', option: 'choose' };

const quoted = (text: string): string => `"${text.replaceAll('"', "'")}"`;

const nameOf = ({ name, placeholder, beside, description, role }: Candidate): string => {
  const called = name || placeholder || beside || description;
  return called ? quoted(called) : `the ${role}`;
};

function unique(name: string, taken: Readonly<Record<string, string>>): string {
  let [one, count] = [name, 1];
  while (one in taken) one = `${name}${++count}`;
  return one;
}

/** "Enter … into …, choose … and click …". */
function sentence(parts: readonly string[]): string {
  const all = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts[0]!;
  return all[0]!.toUpperCase() + all.slice(1);
}
