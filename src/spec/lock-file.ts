import { z } from 'zod';
import type { LockedAction, LockedStep, Lockfile } from '../core/lock.ts';
import { messageOf } from '../core/errors.ts';
import type { Problem } from '../core/project.ts';
import { checkShape } from './check-shape.ts';
import { parseLine, printLine } from './lock-line.ts';
import { Problems, type Source } from './source.ts';
import { parseYaml } from './yaml.ts';

const header = (intent: string): string => `# Written by Intentwright after the invariants of this intent held: how it was carried out.
# Review its diff like that of any lockfile. A passing run on a developer's machine updates it:  intentwright run ${intent.replace(/[^\p{L}\p{N}._-]/gu, '?')}
`;

const fingerprint = z.strictObject({
  tag: z.string(),
  attrs: z.record(z.string(), z.string()),
  path: z.string(),
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  text: z.string(),
  near: z.string(),
  rivals: z.array(z.string()).optional(),
});

const shape = z.strictObject({
  version: z.literal(1),
  intent: z.string(),
  actors: z.array(z.string()),
  steps: z.array(
    z.strictObject({ actor: z.string(), step: z.string(), do: z.array(z.union([z.string(), z.strictObject({ at: z.string() })])) }),
  ),
  converges: z.record(z.string(), z.number()).default({}),
  prints: z.record(z.string(), fingerprint).default({}),
});

/** Characters that YAML takes for line ends, or does not take at all. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff]/u;

/** One line, whatever the text holds: plain where it can be, in single quotes where it must, escaped where nothing else helps. */
function scalar(text: string): string {
  if (UNPRINTABLE.test(text)) return json(text);
  const plain = /^[A-Za-z/]/.test(text) && !/: |:$| #| $/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return plain ? text : `'${text.replaceAll("'", "''")}'`;
}

/** JSON is YAML, once the characters that YAML treats otherwise are escaped. */
const json = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The lockfile's text: stable order, one line an action, page changes as lines of their own, fingerprints at the end. */
export function printLockfile(lock: Lockfile): string {
  const lines = [
    `version: ${lock.version}`,
    `intent: ${scalar(lock.intent)}`,
    `actors: ${lock.actors.length > 0 ? '' : '[]'}`.trimEnd(),
    ...lock.actors.map((actor) => `  - ${scalar(actor)}`),
  ];
  lines.push(lock.steps.length > 0 ? 'steps:' : 'steps: []', ...lock.steps.flatMap(printStep));
  const converges = Object.entries(lock.converges).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (converges.length > 0)
    lines.push('# Usual time until each invariant holds, ms.', 'converges:', ...converges.map(([id, ms]) => `  ${scalar(id)}: ${ms}`));
  const prints = lock.steps.flatMap((step, index) =>
    step.actions.flatMap((action, place) => (action.print ? [`  ${index + 1}/${place + 1}: ${printFingerprint(action.print)}`] : [])),
  );
  if (prints.length > 0)
    lines.push('# What the elements looked like (step/action), to find one again that has changed its name.', 'prints:', ...prints);
  return `${header(lock.intent)}${lines.join('\n')}\n`;
}

function printStep(step: LockedStep): string[] {
  let page: string | undefined;
  const actions = step.actions.flatMap((action) => {
    const moved = action.page === page ? [] : [`      - at: ${scalar(action.page)}`];
    page = action.page;
    return [...moved, `      - ${scalar(printLine(action))}`];
  });
  return [`  - actor: ${scalar(step.actor)}`, `    step: ${scalar(step.text)}`, actions.length > 0 ? '    do:' : '    do: []', ...actions];
}

const printFingerprint = ({ tag, attrs, path, box, text, near, rivals }: NonNullable<LockedAction['print']>): string =>
  json({ tag, attrs, path, box: [box.x, box.y, box.w, box.h], text, near, rivals });

/** Reads a lockfile back; one of another version or with a mistake is a problem, and is then as none. */
export function parseLockfile(text: string, file: string): { lock?: Lockfile; problems: Problem[] } {
  const problems = new Problems();
  const { source } = parseYaml(text, file, problems);
  const version = (source?.value as { version?: unknown } | undefined)?.version;
  if (source && version !== 1)
    problems.error(
      source.at(['version']),
      `the lockfile is of version ${String(version)}, this Intentwright reads version 1`,
      'delete it: the next passing run writes it anew',
    );
  const read = source && problems.list.length === 0 ? checkShape(shape, source.value, source, problems) : undefined;
  if (!read || !source) return { problems: problems.list };
  const steps = read.steps.map(
    (step, index): LockedStep => ({
      actor: step.actor,
      text: step.step,
      actions: readActions(step.do, index, read.prints, source, problems),
    }),
  );
  return problems.list.length > 0
    ? { problems: problems.list }
    : { lock: { version: 1, intent: read.intent, actors: read.actors, steps, converges: read.converges }, problems: [] };
}

type Prints = z.output<typeof shape>['prints'];

function readActions(lines: (string | { at: string })[], step: number, prints: Prints, source: Source, problems: Problems): LockedAction[] {
  let page = '';
  const actions: LockedAction[] = [];
  for (const [index, line] of lines.entries()) {
    if (typeof line !== 'string') {
      page = line.at;
      continue;
    }
    try {
      const print = prints[`${step + 1}/${actions.length + 1}`];
      actions.push({ ...parseLine(line), page, ...(print ? { print: printOf(print) } : {}) });
    } catch (error) {
      problems.error(
        source.at(['steps', step, 'do', index]),
        `steps[${step}].do[${index}]: ${messageOf(error)}`,
        'a lockfile is not written by hand: delete it, and the next passing run writes it anew',
      );
    }
  }
  return actions;
}

const printOf = ({ box: [x, y, w, h], rivals, ...rest }: Prints[string]): NonNullable<LockedAction['print']> => ({
  ...rest,
  box: { x, y, w, h },
  ...(rivals ? { rivals } : {}),
});
