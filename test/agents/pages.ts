import type { RequestSeen } from '../../src/core/action.ts';
import type { Agent, Decision, StepTask, Turn } from '../../src/core/decision.ts';
import type { Candidate, Context, Observation, Passage } from '../../src/core/observation.ts';
import { valuesNamedBy } from '../../src/journey/values.ts';

type Told = Partial<Omit<Candidate, 'print' | 'context'>> & {
  context?: Context;
  attrs?: Record<string, string>;
  path?: string;
  near?: string;
  at?: [x: number, y: number];
};

/** A control of a page as a test tells it: `control('button', 'Save')`. */
export const control = (role: string, name: string, told: Told = {}): Told & { role: string; name: string } => ({ role, name, ...told });

export interface PageTold {
  path?: string;
  title?: string;
  dialog?: string;
  headings?: string[];
  texts?: (string | Passage)[];
  notices?: Observation['notices'];
  mail?: Observation['mail'];
  controls: ReturnType<typeof control>[];
  nativeDialog?: Observation['nativeDialog'];
}

/** A page built by hand. Controls stand one under the other unless they say where. */
export function page({
  path = '/',
  title = '',
  dialog,
  headings = [],
  texts = [],
  notices = [],
  mail = [],
  controls,
  nativeDialog,
}: PageTold): Observation {
  const candidates = controls.map(
    ({ context = {}, attrs = {}, path: place, near = '', at, ...rest }, index): Candidate => ({
      id: index + 1,
      inView: true,
      ...rest,
      context: { ...(dialog !== undefined && context.dialog === undefined ? { dialog } : {}), ...context },
      print: {
        tag: rest.role === 'link' ? 'a' : rest.role === 'textbox' ? 'input' : rest.role,
        attrs,
        path: place ?? 'main/form/div',
        box: { x: at?.[0] ?? 10, y: at?.[1] ?? 20 + index * 40, w: 100, h: 20 },
        text: rest.name,
        near,
      },
    }),
  );
  const passages: Passage[] = [
    ...headings.map((text) => ({ text, role: 'heading', context: {} })),
    ...texts.map((text) => (typeof text === 'string' ? { text, role: 'paragraph', context: {} } : text)),
  ];
  return {
    url: `http://app.test${path}`,
    path,
    title,
    digest: JSON.stringify([
      path,
      dialog,
      candidates.map((candidate) => [candidate.role, candidate.name, candidate.value, candidate.checked]),
      notices,
      texts,
    ]),
    candidates,
    notices,
    passages,
    repeats: [],
    tabs: [],
    mail,
    cut: [],
    ms: 1,
    ...(dialog === undefined ? {} : { dialog }),
    ...(nativeDialog ? { nativeDialog } : {}),
  };
}

/** A step as the journey would hand it over. */
export function step(template: string, more: Partial<StepTask> & { vars?: Record<string, string> } = {}): StepTask {
  const { vars = {}, ...rest } = more;
  const resolve = (text: string): string => text.replace(/\$\{(?!secret:)([^}]+)\}/g, (_, name: string) => vars[name] ?? '');
  return {
    index: 0,
    actor: 'admin',
    template,
    text: resolve(template),
    tries: false,
    values: valuesNamedBy(template, resolve),
    title: '',
    before: [],
    after: [],
    hasMailbox: false,
    files: [],
    ...rest,
  };
}

export const sent = (method: string, template: string, status = 200): RequestSeen => ({
  id: 1,
  method,
  url: `http://app.test${template}`,
  template,
  status,
  kind: 'fetch',
  changes: method !== 'GET',
  own: true,
});

/** Carries an agent along pages: what each decision does to the page is told by the test. */
export function walk(agent: Agent, task: StepTask, earlier: Turn[] = []) {
  const turns: Turn[] = [];
  return {
    turns,
    decide: (observation: Observation): Promise<Decision> =>
      agent.decide({ observation, step: task, turns: [...turns], earlier, signal: new AbortController().signal }),
    did(decision: Decision, observation: Observation, outcome: Partial<Turn['outcome']> & { added?: string[] } = {}): void {
      if (decision.kind !== 'act') throw new Error(`nothing was decided: ${decision.why}`);
      const { added = [], ...rest } = outcome;
      turns.push({
        step: task.index,
        agent: agent.name,
        action: decision.action,
        digest: observation.digest,
        path: observation.path,
        added,
        ...(decision.target ? { target: decision.target } : {}),
        outcome: { ok: true, requests: [], events: [], navigated: false, ms: 1, ...rest },
      });
    },
  };
}

/** What was decided, in a line: `click button Save`, `fill textbox Email = invitee`. */
export function told(decision: Decision): string {
  if (decision.kind !== 'act') return `${decision.kind}: ${decision.why}`;
  const { action, target } = decision;
  const value = 'value' in action ? action.value : 'option' in action ? action.option : undefined;
  const text =
    value === undefined
      ? ''
      : ` = ${value.from === 'var' ? `\${${value.name}}` : value.from === 'secret' ? `\${secret:${value.name}}` : value.text}`;
  return (
    [action.kind, target?.role, target?.name].filter((part) => part !== undefined).join(' ') +
    text +
    ('on' in action ? (action.on ? ' on' : ' off') : '') +
    ('key' in action ? ` ${action.key}` : '')
  );
}
