import type { Turn } from '../../core/decision.ts';
import type { Candidate, Observation } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { meaningsOf, verbsOf, wordLikeness } from '../lexicon.ts';
import { likeness } from '../meaning.ts';
import { asWritten, content, plain } from '../words.ts';
import { affordances } from './affordances.ts';
import { uncover } from './blocker.ts';
import { asksWhereTo } from './confirm.ts';
import { isConsumed } from './consumed.ts';
import { relation } from './entity.ts';
import { extremeOf } from './extreme.ts';
import { isSearchField, isTextField, labelOf } from './field.ts';
import { formKey, reachable } from './layout.ts';
import { isOfAnotherThing } from './leaf.ts';
import { makes } from './makes.ts';
import { markedAs } from './marked.ts';
import { act, click, type Move, type Scene, usedHere, usedOn } from './move.ts';
import { decisive, ofNumber } from './rank.ts';
import { isNeutralSubmit, isStepOn, submitsFor } from './submit.ts';
import { isSoAlready, toggle } from './toggle.ts';

/** Did it change something in the application? What a page that a link led to sends by itself, once it is there, is not the link's doing. */
export function commits({ target, outcome: { requests } }: Turn): boolean {
  const there = target?.role === 'link' ? requests.findIndex(({ kind, changes, own }) => kind === 'document' && own && !changes) : -1;
  return (there < 0 ? requests : requests.slice(0, there)).some((request) => request.changes && request.own);
}

/** A control whose words say the verb, on or beside the thing that is meant. */
export function useControl(scene: Scene): Move | undefined {
  const { goal, observation } = scene;
  const toggled = scene.turns.length > 0 && scene.purposes.includes('use') ? undefined : toggle(scene);
  if (toggled) return toggled;
  if (goal.clause.extreme) {
    const found = extremeOf(goal, observation);
    if (found && !usedHere(scene, found))
      return click(found, 'use', `${describe(found)} is the ${goal.clause.extreme.most ? 'most' : 'least'} of its kind`);
  }
  const open = goal.parts.some(
    (part) => part.role === 'typed' && ((part.needed && part.value.certain) || part.value.prep === 'to') && !isConsumed(scene, part),
  );
  const ranked = affordances(goal, observation, scene.past).filter(
    ({ candidate }) =>
      !isOfAnotherThing(goal, candidate, observation) &&
      !makesOne(goal, candidate) &&
      !asksWhereTo(scene, candidate) &&
      !(candidate.role === 'tab' && usedOn(scene, candidate)) &&
      !countsOtherwise(goal, candidate) &&
      !((open || isIncomplete(candidate, scene)) && sendsAForm(candidate, observation)) &&
      !(open && (candidate.pressed !== undefined || /^(?:saved?|apply|submit)\b/i.test(candidate.name))) &&
      !usedHere(scene, candidate) &&
      !repeats(scene, candidate) &&
      !savesNothing(scene, candidate) &&
      !ledNowhere(scene, candidate) &&
      !(candidate.expanded === true) &&
      !(candidate.selected === true),
  );
  const choice = unlessOpened(scene, decisive(ofNumber(ranked, goal.parts)));
  if (!choice) return stateSwitch(scene);
  if ('between' in choice) {
    const [first] = choice.between as [Candidate];
    const sameForm = choice.between.every(
      (candidate) =>
        plain(candidate.name) === plain(first.name) && candidate.context.row === first.context.row && candidate.href === first.href,
    );
    if (sameForm && !goal.parts.some((part) => part.role === 'entity'))
      return click(first, 'use', `${describe(first)} is there ${choice.between.length} times, to the same end`, 0.6);
    return {
      is: 'torn',
      why: `to ${goal.clause.text} there are ${choice.between
        .slice(0, 3)
        .map((candidate) => describe(candidate))
        .join(' and ')}`,
      between: choice.between,
    };
  }
  const unnamed = namedElsewhere(scene, choice.candidate);
  if (unnamed !== undefined) return { is: 'stuck', why: `${describe(choice.candidate)} stands in a row that does not say “${unnamed}”` };
  if (isSoAlready(scene, choice.candidate)) return { is: 'reached', why: `${describe(choice.candidate)} is on already` };
  if (choice.candidate.coveredBy !== undefined) return uncover(scene, choice.candidate);
  const runnerUp = ranked.find(({ candidate }) => candidate !== choice.candidate)?.candidate;
  return {
    ...click(choice.candidate, 'use', `${describe(choice.candidate)} says what is to be done`, Math.min(0.95, choice.score)),
    ...(runnerUp ? { runnerUp } : {}),
  };
}

/** A menu that was opened for this already is not meant again: of two that say it, it is the other one. */
function unlessOpened(scene: Scene, choice: ReturnType<typeof decisive>): ReturnType<typeof decisive> {
  if (!choice || !('between' in choice)) return choice;
  const opened = ({ role, name, context }: Candidate): boolean =>
    scene.turns.some(
      (turn) =>
        turn.path === scene.observation.path &&
        turn.added.length > 0 &&
        !commits(turn) &&
        turn.target?.role === role &&
        turn.target.name === name &&
        turn.target.row === context.row,
    );
  const [other, more] = choice.between.filter((candidate) => !opened(candidate));
  return other && !more ? { candidate: other, score: 0.8 } : choice;
}

/** "Delete the milk note", where the only row is about bread: a word that is no ordinary one says which, and neither the row nor the page has it. */
function namedElsewhere({ goal, observation, step }: Scene, { context, name }: Candidate): string | undefined {
  if (context.row === undefined || !goal.clause.meanings.has('delete') || goal.parts.length > 0 || observation.dialog !== undefined)
    return undefined;
  const titles = [
    observation.title,
    context.heading ?? '',
    context.dialog ?? '',
    name,
    ...observation.passages.filter(({ role }) => role === 'heading').map(({ text }) => text),
  ];
  const shown = [
    context.row,
    ...titles,
    ...observation.passages.filter((passage) => passage.context.row === context.row).map(({ text }) => text),
  ].flatMap((text) => content(text));
  const word = goal.clause.object
    .slice(0, -1)
    .find((one) => meaningsOf(one).size === 0 && verbsOf(one).size === 0 && !shown.some((own) => wordLikeness(one, own) >= 0.75));
  return word === undefined ? undefined : asWritten(step.text, [word]).join(' ');
}

/** "Add 4 wheelbarrows": what is counted is there already, and "Add an item" makes something new. */
const makesOne = ({ clause, parts }: Scene['goal'], candidate: Candidate): boolean =>
  clause.meanings.has('create') &&
  parts.length === 1 &&
  parts[0]!.role === 'typed' &&
  parts[0]!.value.kind === 'number' &&
  !parts[0]!.value.certain &&
  parts[0]!.value.prep === '' &&
  content(candidate.name).every((word) => verbsOf(word).has('create') || /^(?:item|entri|entry|record|thing)$/.test(word));

/** "Put one back", where the sentence says four; to remove twenty of a thing is not to delete it. */
function countsOtherwise({ clause, parts }: Scene['goal'], candidate: Candidate): boolean {
  const count = clause.values.find(
    ({ kind, certain, prep, hints }) => kind === 'number' && !certain && prep === '' && hints.length === 0,
  )?.text;
  if (count === undefined || Number(count) < 2 || !parts.some(({ value, role }) => role === 'typed' && value.text === count)) return false;
  const whole =
    content(candidate.name).some((word) => verbsOf(word).has('delete')) &&
    parts.some(({ role, value }) => role === 'entity' && !/^\p{Ll}/u.test(value.text));
  return whole || /\b(?:one|1)\b/i.test(candidate.name);
}

/** Followed twice for this goal already, on whatever page. */
const ledNowhere = ({ turns, purposes }: Scene, candidate: Candidate): boolean =>
  candidate.href !== undefined &&
  turns.filter(
    (turn, index) =>
      purposes[index] === 'use' && !commits(turn) && turn.target?.role === candidate.role && turn.target.name === candidate.name,
  ).length >= 2;

/** "Save" sends a form, and nothing of what the sentence says was put into it. */
function savesNothing({ goal, observation, purposes }: Scene, candidate: Candidate): boolean {
  if (content(candidate.name).some((word) => goal.deeds.includes(word)) || purposes.includes('fill')) return false;
  // "… and continue" says nothing to put in.
  if (goal.clause.meanings.has('next') && isStepOn(candidate.name)) return false;
  const key = formKey(candidate);
  return (
    isNeutralSubmit(candidate.name) &&
    observation.candidates.some(
      (other) =>
        formKey(other) === key &&
        (isTextField(other) || other.options !== undefined || other.role === 'checkbox' || other.role === 'radio') &&
        !isSearchField(other),
    )
  );
}

/** Verbs that only take what is there. */
const TAKES = ['download', 'open'];

/** An earlier sentence sent something with it: who waits for what comes of that, or takes it, does not send it again. */
function repeats({ goal, earlier }: Scene, candidate: Candidate): boolean {
  const awaits =
    goal.clause.until !== undefined ||
    (TAKES.some((meaning) => goal.clause.meanings.has(meaning)) && !content(candidate.name).some((word) => goal.deeds.includes(word)));
  return (
    awaits &&
    earlier.some(
      (turn) =>
        turn.outcome.ok && commits(turn) && turn.target?.role === candidate.role && plain(turn.target.name) === plain(candidate.name),
    )
  );
}

/** A field of its form that has to be filled in is empty. */
function isIncomplete(candidate: Candidate, { observation, goal, before, earlier }: Scene): boolean {
  const fields = observation.candidates.filter(
    (other) => formKey(other) === formKey(candidate) && isTextField(other) && !other.disabled && !isSearchField(other),
  );
  const empty = fields.filter((field) => (field.value ?? '') === '');
  return (
    empty.some((field) => field.required === true) ||
    (fields.length > 0 &&
      empty.length === fields.length &&
      makes(goal.clause) &&
      goal.clause.object.length > 0 &&
      // "Rate it 4 stars and submit the review": what was chosen is what is sent.
      ![...earlier, ...before].some(
        ({ action, path, outcome }) => outcome.ok && /^(?:select|check)$/.test(action.kind) && path === observation.path,
      ))
  );
}

/** It sends fields off: not to be used while what is to be sent has no place in them. */
function sendsAForm(candidate: Candidate, observation: Observation): boolean {
  // What looks like a button and has an address leads somewhere.
  if (candidate.href !== undefined) return false;
  const key = formKey(candidate);
  const loose =
    candidate.form === undefined && candidate.context.row === undefined && candidate.popup === undefined && isNeutralSubmit(candidate.name);
  const implicit = candidate.form !== undefined && candidate.role === 'button' && candidate.print.attrs.type === undefined;
  if (
    candidate.print.attrs.type !== 'submit' &&
    !loose &&
    !implicit &&
    !(candidate.context.dialog !== undefined && candidate.popup === undefined)
  )
    return false;
  return observation.candidates.some(
    (other) =>
      other !== candidate &&
      formKey(other) === key &&
      (isTextField(other) || other.options !== undefined || other.role === 'radio' || other.role === 'checkbox'),
  );
}

/** Labels that say what is not to be so while they are ticked. */
const TURNS_OFF =
  /^(?:disable|deactivate|turn off|switch off|pause|stop|mute|silence|hide|skip|block|suppress|do not|don['’]t|never|no|opt out|unsubscribe|exclude|ignore|omit)\b/i;

/** Whether the deed is to tick it: "Disable notifications" ticks what is called so, and unticks "Notifications". */
function isTurnedOn({ clause }: Scene['goal'], label: string): boolean {
  const [first] = content(label);
  const asked = !clause.meanings.has('disable');
  if (first !== undefined && first === clause.verb) return true;
  return TURNS_OFF.test(label.trim()) && !(first !== undefined && clause.object.includes(first)) ? !asked : asked;
}

/** "Mark X as done": the tick in X's row. */
function stateSwitch(scene: Scene): Move | undefined {
  const { goal, observation } = scene;
  // "Unsubscribe from the newsletter": what it is about stands behind the preposition.
  const object =
    goal.clause.object.length > 0
      ? goal.clause.object
      : goal.clause.phrases.filter((phrase) => /^(?:from|to)$/.test(phrase.prep)).flatMap((phrase) => phrase.words);
  const said = [goal.clause.verb, ...goal.clause.object];
  const says = (label: string): boolean =>
    goal.parts.length === 0 &&
    goal.clause.object.length > 0 &&
    (likeness(said, content(label)).score >= 0.9 ||
      (likeness(said, content(label)).covered >= 0.95 &&
        likeness([...said, ...goal.clause.phrases.flatMap((phrase) => phrase.words)], content(label)).focused >= 0.95));
  const marked = markedAs(goal.clause);
  if (
    !marked &&
    !['complete', 'check', 'enable', 'disable', 'star'].some((meaning) => goal.clause.meanings.has(meaning)) &&
    !observation.candidates.some((candidate) => (candidate.role === 'switch' || candidate.role === 'checkbox') && says(labelOf(candidate)))
  )
    return undefined;
  const entity = goal.parts.find((part) => part.role === 'entity')?.value.text;
  const switches = reachable(observation).filter(
    (candidate) =>
      (candidate.role === 'switch' || candidate.role === 'checkbox') &&
      !/^(?:select|choose|pick|mark)\b/i.test(labelOf(candidate)) &&
      (!marked || likeness(marked, content([labelOf(candidate), candidate.context.column].filter(Boolean).join(' '))).covered >= 0.9),
  );
  const ticks =
    entity === undefined
      ? switches.filter((candidate) => likeness(object, content(labelOf(candidate))).covered >= 0.9)
      : switches.filter(
          (candidate) =>
            relation(observation, candidate, entity, scene.past) === 1 &&
            (!goal.clause.meanings.has('disable') || candidate.role === 'switch'),
        );
  if (ticks.length !== 1 || (entity === undefined && object.length === 0)) return undefined;
  const undone = goal.clause.negated
    .flat()
    .some(
      (word) =>
        [...verbsOf(word)].some((meaning) => ['complete', 'enable', 'check', 'star'].includes(meaning)) ||
        content(labelOf(ticks[0]!)).includes(word),
    );
  const [tick] = ticks as [Candidate];
  const on = isTurnedOn(goal, labelOf(tick)) && !undone;
  const group = tick.form === undefined ? [] : reachable(observation).filter((candidate) => formKey(candidate) === formKey(tick));
  const sender = submitsFor(goal, [tick], group).find(({ candidate }) => isNeutralSubmit(candidate.name))?.candidate;
  const turned = scene.turns.find((turn) => turn.action.kind === 'check' && turn.outcome.ok && turn.target?.name === tick.name);
  if (tick.checked === on && turned && sender && !commits(turned) && !usedHere(scene, sender))
    return click(sender, 'submit', `${describe(sender)} sends the form`, 0.8);
  return tick.checked === on
    ? { is: 'reached', why: `${describe(tick)} is ${on ? 'on' : 'off'} already` }
    : act(
        { kind: 'check', target: tick.id, on },
        sender ? 'fill' : 'submit',
        `${describe(tick)} says whether ${entity === undefined ? 'it' : `“${entity}”`} is ${goal.clause.meanings.has('complete') ? 'done' : 'on'}`,
        tick,
      );
}
