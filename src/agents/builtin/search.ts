import type { Turn } from '../../core/decision.ts';
import type { Candidate } from '../../core/observation.ts';
import { describe } from '../identity.ts';
import { verbsOf } from '../lexicon.ts';
import { content, plain } from '../words.ts';
import { uncover } from './blocker.ts';
import { explore } from './explore.ts';
import { isSearchField, isTextField } from './field.ts';
import { type FormPlan, formsFor } from './form.ts';
import { isButton, reachable } from './layout.ts';
import { act, click, type Move, type Scene, usedHere } from './move.ts';
import { isNeutralSubmit, saysVerb } from './submit.ts';
import { takeSuggestion } from './suggestion.ts';
import { tell } from './value.ts';

/** Looks something up: fills the search form and sends it. */
export function pursueSearch(scene: Scene): Move {
  const { goal, observation, turns, purposes } = scene;
  const sent = turns.filter((turn, index) => purposes[index] === 'submit' && turn.outcome.ok);
  const asked = sent.length > 0 && !sent.some(hadEffect) ? searchButton(scene) : undefined;
  if (asked) return click(asked, 'submit', `nothing came of Enter; ${describe(asked)} starts the search`);
  if (sent.length > 0) return foundThing(scene) ?? { is: 'reached', why: 'the search was sent' };
  const suggestion = takeSuggestion(scene);
  if (suggestion) return suggestion;
  const [form] = formsFor(goal, goal.parts, observation, scene.past);
  if (form && !keeps(goal, form) && form.takes.length > 0 && (form.unplaced.length === 0 || form.fields.length > 1)) {
    const fill = form.unfilled[0];
    if (fill)
      return fill.candidate.coveredBy === undefined
        ? act(fill.action, 'fill', fill.why, fill.candidate, form.fit)
        : uncover(scene, fill.candidate);
    // A link beside the field leads to a page of its own, and takes nothing of what was typed along.
    const submit = form.submit && !leadsAway(form.submit) ? form.submit : undefined;
    // A search field is not sent by what sends something else: "Submit a talk".
    const starts =
      submit &&
      (saysVerb(goal, submit.name) > 0 ||
        (form.filled.length > 0 && form.filled.every(isSearchField) && submit.form === undefined
          ? isNeutralSubmit(submit.name) && !/\s/.test(submit.name.trim())
          : isNeutralSubmit(submit.name) || form.fields.length > 1));
    if (starts && !usedHere(scene, submit)) return click(submit, 'submit', `${describe(submit)} starts the search`);
    const last = form.fields.findLast((field) => isTextField(field));
    if (last) return act({ kind: 'press', key: 'Enter', target: last.id }, 'submit', 'Enter starts the search', last);
  }
  const value = goal.parts.find((part) => part.value.certain)?.value ?? goal.parts[0]?.value;
  const field = reachable(observation).find((candidate) => isTextField(candidate) && isSearchField(candidate));
  if (
    field &&
    value &&
    turns.some(
      (turn) => turn.action.kind === 'fill' && turn.outcome.ok && turn.target?.name === field.name && turn.path === observation.path,
    )
  )
    return act({ kind: 'press', key: 'Enter', target: field.id }, 'submit', 'Enter starts the search', field);
  if (field && value) return act({ kind: 'fill', target: field.id, value: value.ref }, 'fill', `${tell(value)} is looked for`, field, 0.7);
  return explore(scene);
}

const leadsAway = ({ role, href }: Candidate): boolean => role === 'link' && href !== undefined && href !== '' && !href.startsWith('#');

/** What is sent with "Save draft" or "Add" is kept, and not looked for. */
const keeps = (goal: Scene['goal'], { submit, filled }: FormPlan): boolean =>
  submit !== undefined &&
  !filled.some(isSearchField) &&
  saysVerb(goal, submit.name) === 0 &&
  content(submit.name).some((word) => ['create', 'update', 'post'].some((meaning) => verbsOf(word).has(meaning)));

/** Something was asked of the application, or shown. */
const hadEffect = ({ outcome, added }: Turn): boolean =>
  outcome.navigated || outcome.requests.length > 0 || outcome.events.length > 0 || added.length > 0;

/** What else may start a search that Enter did not start. */
function searchButton(scene: Scene): Candidate | undefined {
  const worth = (candidate: Candidate): number =>
    isButton(candidate) && !usedHere(scene, candidate)
      ? Math.max(saysVerb(scene.goal, candidate.name), isNeutralSubmit(candidate.name) ? 0.5 : 0)
      : 0;
  const [best] = reachable(scene.observation)
    .filter((candidate) => worth(candidate) > 0)
    .toSorted((a, b) => worth(b) - worth(a));
  return best;
}

/** "Find the Enamel Mug, choose Large …": what goes on is about the thing itself, which the results only list. */
function foundThing({ goal, next, observation, turns }: Scene): Move | undefined {
  if (goal.clause.verb !== 'find' || !next || next.parts.some((part) => part.role === 'entity')) return undefined;
  const name = goal.parts[0]?.value.text;
  const links = reachable(observation).filter(
    (candidate) => candidate.role === 'link' && name !== undefined && plain(candidate.name) === plain(name),
  );
  const [only, more] = links;
  return only && !more && !turns.some((turn) => turn.target?.name === only.name)
    ? click(only, 'look', `${describe(only)} is what was looked for`)
    : undefined;
}
