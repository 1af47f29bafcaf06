import { basename } from 'node:path';
import type { Config } from '../core/config.ts';
import type { Actor, FixtureUse, Intent, Step } from '../core/intent.ts';
import { checkShape } from './check-shape.ts';
import { intentShape, type IntentText } from './intent-shape.ts';
import { usesOf } from './invariant-uses.ts';
import { formatPath, type Problems, type Source } from './source.ts';
import { hintFor } from './suggest.ts';

export const INTENT_ENDING = /\.intent\.ya?ml$/;

/** The actor of a journey that names none. */
const ONLY_ACTOR = 'user';

/** One intent from its file, or nothing when its shape is wrong. Names of other files are not looked up here. */
export function readIntent(source: Source, problems: Problems, defaults: Config['defaults']): Intent | undefined {
  const before = problems.list.length;
  const text = checkShape(intentShape, source.value, source, problems, { salvage: true });
  if (!text) return undefined;
  const id = basename(source.file).replace(INTENT_ENDING, '');
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(id))
    problems.error(source.at([]), `the file's name is the intent's id, and "${id}" cannot be one`, 'use letters, digits, "-", "_" and "."');
  if (Object.hasOwn(text.actors, 'system'))
    problems.error(source.at(['actors', 'system'], 'key'), 'actors.system: "system" is what the world does, no actor can be called so');
  const { intent: title, why, owner, priority, touches, watch, safe, locks, budget } = text;
  return {
    id,
    title,
    priority,
    touches,
    watch,
    locks,
    budget,
    ...(why === undefined ? {} : { why }),
    ...(owner === undefined ? {} : { owner }),
    ...(safe === undefined ? {} : { safe }),
    given: Object.entries(text.given).map(
      ([alias, use]): FixtureUse => ({
        alias,
        fixture: typeof use === 'string' ? use : use.fixture,
        with: typeof use === 'string' ? {} : use.with,
        where: source.at(['given', alias]),
      }),
    ),
    vars: Object.fromEntries(Object.entries(text.vars).map(([name, value]) => [name, String(value)])),
    actors: Object.fromEntries(actorsOf(text).map((actor) => [actor.name, actor])),
    journey: journeyOf(text, source, problems, problems.list.length === before),
    then: usesOf('then', text.then, source),
    requires: usesOf('requires', text.requires, source),
    withinMs: text.within ?? defaults.withinMs,
    settleMs: text.settle ?? defaults.settleMs,
    blindMs: text.blind ?? defaults.blindMs,
    ...(text.matrix ? { matrix: { factors: text.matrix, cells: text.cells } } : {}),
    where: source.at(['intent'], 'key'),
  };
}

function actorsOf(text: IntentText): Actor[] {
  const declared = Object.entries(text.actors).map(([name, actor]): Actor => ({ name, ...actor }));
  return declared.length > 0 ? declared : [{ name: ONLY_ACTOR }];
}

/** `whole`: nothing was left out of the text, so what is missing is missing. */
function journeyOf(text: IntentText, source: Source, problems: Problems, whole: boolean): Step[] {
  const actors = actorsOf(text).map((actor) => actor.name);
  const alone = (path: (string | number)[]): string => {
    if (actors.length > 1 && (whole || text.journey))
      problems.error(
        source.at(path),
        `${formatPath(path)}: who does this?`,
        `begin the step with one of ${actors.map((name) => `"${name}: "`).join(', ')}`,
      );
    return actors[0]!;
  };
  if (!text.journey) return [{ actor: alone(['intent']), text: text.intent, tries: false, where: source.at(['intent']) }];
  return text.journey.map((step, index): Step => {
    const path = ['journey', index];
    if (typeof step === 'string') return { actor: alone(path), text: step, tries: false, where: source.at(path) };
    const [who, what] = Object.entries(step)[0]!;
    const where = source.at([...path, who], 'key');
    if (/^time passes$/i.test(who) && typeof what === 'string')
      return { actor: 'system', text: `time passes: ${what}`, tries: false, where };
    if (who !== 'system' && !actors.includes(who))
      problems.error(
        where,
        `${formatPath(path)}: unknown actor "${who}"`,
        text.actors[who] ? undefined : unknownActorHint(who, Object.keys(text.actors)),
      );
    if (who === 'system' && typeof what !== 'string')
      problems.error(where, `${formatPath(path)}: the world tries nothing, it does`, 'write system: "what happens"');
    return { actor: who, text: typeof what === 'string' ? what : what.tries, tries: typeof what !== 'string', where };
  });
}

const unknownActorHint = (name: string, declared: string[]): string | undefined =>
  declared.length > 0
    ? hintFor(name, [...declared, 'system'])
    : `declare it:  actors: { ${/^[A-Za-z][\w-]*$/.test(name) ? name : '…'}: {} }  or quote the whole sentence`;
