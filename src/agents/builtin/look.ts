import type { Candidate, Observation } from '../../core/observation.ts';
import { wordLikeness } from '../lexicon.ts';
import { content, plain, tokens } from '../words.ts';
import type { Check, Sight } from './check.ts';
import { act, type Move, type Scene } from './move.ts';

/** Looks this often whether the page shows it by now; each look is bounded by the session. */
const LOOKS = 6;
/** Where it was said to wait. */
const WAITING_LOOKS = 12;

/** Waits for what is to be seen, and touches nothing. */
export function pursueCheck(scene: Scene): Move {
  const check = scene.goal.check!;
  if (
    scene.step.hasMailbox &&
    check.words.some((word) => /^(?:e?mail|inbox|mailbox)$/.test(word)) &&
    scene.observation.mail.length === 0 &&
    !scene.turns.some(({ action }) => action.kind === 'read-mail')
  )
    return act({ kind: 'read-mail' }, 'mail', 'the sentence speaks of mail');
  if (check.beyond !== undefined)
    return { is: 'stuck', why: `whether it is so (“${check.beyond}”) is not seen by looking for what is named: let an invariant say it` };
  const missing = unseenOf(check, scene.observation, scene.lately);
  if (missing === undefined) return { is: 'reached', why: `the page shows it: ${check.text}` };
  const looks = scene.purposes.filter((purpose) => purpose === 'wait').length;
  return looks < (check.waits ? WAITING_LOOKS : LOOKS)
    ? act({ kind: 'wait' }, 'wait', `not yet: ${missing}`)
    : { is: 'stuck', why: missing };
}

/** What of it is not to be seen, in words; undefined when all is. `passing`: lines that appeared since, and may have gone again. */
export function unseenOf(
  { sights, words, gone, text, beyond }: Check,
  observation: Observation,
  passing: readonly string[] = [],
): string | undefined {
  if (beyond !== undefined) return `nobody looks whether it is so (“${beyond}”)`;
  const texts = textsOf(observation);
  if (sights.length === 0) {
    const said = new Set(texts.flatMap((one) => content(one)));
    const missing = words.filter((word) => ![...said].some((own) => wordLikeness(word, own) >= 0.8));
    return (gone ? words.length > 0 && missing.length === 0 : missing.length > 0) ? `the page does not say so: ${text}` : undefined;
  }
  for (const sight of sights) {
    const wanted = sight.value.text;
    const otherwise = sight.state && stateMissed(wanted, sight.state, observation);
    if (otherwise !== undefined) return otherwise;
    const shown = says(
      sight.gone ? texts.filter((one) => !/\b(?:removed|deleted|erased|discarded)\b/i.test(one)) : [...texts, ...passing],
      wanted,
    );
    if (shown === sight.gone) return sight.gone ? `the page still shows “${wanted}”` : `the page does not show “${wanted}”`;
  }
  return rowsApart(
    sights.filter(({ gone: away, state }) => !away && !state),
    observation,
  );
}

const STATE: Record<string, (candidate: Candidate) => boolean | undefined> = {
  disabled: ({ disabled }) => disabled === true,
  greyed: ({ disabled }) => disabled === true,
  enabled: ({ disabled }) => disabled !== true,
  ticked: turnedOn,
  checked: turnedOn,
  selected: turnedOn,
  unticked: turnedOff,
  unchecked: turnedOff,
};

function turnedOn({ checked, pressed, selected }: Candidate): boolean | undefined {
  return checked === 'mixed' ? undefined : (checked ?? pressed ?? selected);
}

function turnedOff(candidate: Candidate): boolean | undefined {
  const on = turnedOn(candidate);
  return on === undefined ? undefined : !on;
}

/** Every control of that name has to be so. */
function stateMissed(name: string, { is, not }: NonNullable<Sight['state']>, { candidates }: Observation): string | undefined {
  const told = candidates
    .filter((candidate) => plain(candidate.name) === plain(name))
    .map((candidate) => STATE[is]!(candidate))
    .filter((state) => state !== undefined);
  if (told.length === 0) return `the page does not tell whether “${name}” is ${is}`;
  return told.every((state) => state !== not) ? undefined : `“${name}” is ${not ? '' : 'not '}${is}`;
}

/** "The status of “Milk” is “Open”": not the one of another row. */
function rowsApart(sights: readonly Sight[], { passages, candidates }: Observation): string | undefined {
  const rows = [...new Set([...passages, ...candidates].flatMap(({ context }) => context.row ?? []))];
  const loose = [
    ...passages.filter(({ context }) => context.row === undefined).map(({ text }) => text),
    ...candidates.filter(({ context }) => context.row === undefined).flatMap(({ name, value }) => [name, value ?? '']),
  ];
  const listed = sights.filter(({ value }) => says(rows, value.text) && !says(loose, value.text));
  const apart = listed.find((one) =>
    listed.some(
      (other) =>
        other !== one && other.part === one.part && !rows.some((row) => says([row], one.value.text) && says([row], other.value.text)),
    ),
  );
  const other = apart && listed.find((sight) => sight !== apart && sight.part === apart.part);
  return apart && other && `no row shows both “${apart.value.text}” and “${other.value.text}”`;
}

/** Word for word, whatever stands between the words but other words. */
function says(texts: readonly string[], wanted: string): boolean {
  const words = tokens(wanted);
  if (words.length === 0) return texts.some((text) => text.includes(wanted));
  return texts.some((text) => {
    const own = tokens(text);
    return own.some((_, from) => words.every((word, offset) => own[from + offset] === word));
  });
}

const textsOf = ({ title, notices, passages, candidates, nativeDialog, dialog, mail }: Observation): string[] =>
  [
    ...new Set([
      title,
      dialog ?? '',
      nativeDialog?.message ?? '',
      ...notices.map((notice) => notice.text),
      ...passages.flatMap((passage) => [passage.text, passage.context.row ?? '', passage.context.heading ?? '']),
      ...candidates.flatMap((candidate) => [
        candidate.name,
        candidate.value ?? '',
        candidate.description ?? '',
        candidate.context.row ?? '',
        candidate.context.heading ?? '',
        candidate.print.text,
      ]),
      ...mail.flatMap((item) => [item.subject, item.text, item.from]),
    ]),
  ].filter((text) => text !== '');
