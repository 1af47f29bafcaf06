import type { Agent, DecideInput } from '../core/decision.ts';
import type { Lockfile } from '../core/lock.ts';
import type { Candidate } from '../core/observation.ts';
import { pathTemplate } from '../core/path-template.ts';
import { leadsWhere, wasRival } from './kinship.ts';
import { openRecorded, pagesAgree, recordedStep, type Resolve, resolvedPrint, resolveTarget, tryResolve } from './recorded.ts';
import { plain } from './words.ts';

/**
 * An agent that reads only the sentence, kept from what the recording knows to be another control: while the recorded one is not there,
 * "Talk" is not the other "Talk" that stood on the page with it. It is asked again as if that were not there.
 */
export function passingOver(agent: Agent, lock: Lockfile | undefined, resolve: Resolve): Agent {
  return {
    name: agent.name,
    ...(agent.beginsInMail ? { beginsInMail: agent.beginsInMail } : {}),
    decide: async (input) => {
      const decision = await agent.decide(input);
      if (decision.kind !== 'act' || decision.tentative || !('target' in decision.action)) return decision;
      const { target } = decision.action;
      const isRival = rivalOf(lock, input, resolve);
      const taken = input.observation.candidates.find(({ id }) => id === target);
      if (!isRival || !taken || !isRival(taken)) return decision;
      const candidates = input.observation.candidates.filter((candidate) => !isRival(candidate));
      return agent.decide({ ...input, observation: { ...input.observation, candidates } });
    },
  };
}

/** What the next recorded action must not be mistaken for; undefined on another page than the recorded one, and when its dialog is not open. */
function rivalOf(lock: Lockfile | undefined, input: DecideInput, resolve: Resolve): ((candidate: Candidate) => boolean) | undefined {
  const { observation, turns } = input;
  const recorded = recordedStep(lock, input.step);
  if ('none' in recorded) return undefined;
  const [next] = openRecorded(recorded.actions, turns, resolve);
  const action = next === undefined ? undefined : recorded.actions[next]!;
  const target = action?.target && resolveTarget(action.target, resolve);
  const print = action && resolvedPrint(action, resolve);
  if (!target || !print?.rivals?.length || !pagesAgree(tryResolve(resolve, action.page) ?? action.page, pathTemplate(observation.path)))
    return undefined;
  const isOpen =
    target.dialog === undefined ||
    observation.candidates.some(({ context }) => context.dialog !== undefined && plain(context.dialog) === plain(target.dialog!));
  return isOpen ? (candidate) => wasRival(candidate, print) && !leadsWhere(candidate, target, print) : undefined;
}
