import type { Turn } from '../../core/decision.ts';
import type { Notice } from '../../core/observation.ts';
import { affordances } from './affordances.ts';
import { goalsOf } from './goal.ts';
import type { Move, Scene } from './move.ts';

const NO =
  /\b(?:not allowed|forbidden|denied|no (?:permission|access)|permission|unauthori[sz]ed|not (?:authori[sz]ed|permitted)|only (?:an? )?(?:admin|owner|administrator)s?|cannot|can'?t|could not|couldn'?t|failed|failure|error|invalid|incorrect|wrong|expired|already (?:exists|taken|used|in use|a member)|does not match|not match|declined|(?:does|do|did) not (?:qualify|apply|exist)|not (?:valid|eligible|applicable|possible)|went wrong|unavailable|try again|no longer|changed while)\b/i;

const YES = /\b(?:saved|added|created|sent|updated|success\w*|thank|done|welcome|changed|on (?:its|the) way|received|booked)\b/i;

/** Did the application say no to what was just tried? */
export function refusalIn(scene: Scene, tried: Turn): Move | undefined {
  if (!scene.goal.clause.meanings.has('signin') && asksToSignIn(scene))
    return { is: 'reached', why: 'it was sent, and the application asks to sign in, which the next sentence does' };
  const dealt = dealtWithNext(scene, tried);
  if (dealt) return { is: 'reached', why: `it was sent; what the application answers is dealt with by the next sentence: ${dealt}` };
  const status = tried.outcome.requests.findLast((request) => request.changes && request.own)?.status ?? 0;
  const said = scene.observation.notices.find((notice) => isNo(notice));
  if (status >= 400)
    return { is: 'refused', why: said ? `the application refused (${status}): “${said.text}”` : `the application answered ${status}` };
  const { observation } = scene;
  if ((observation.status ?? 0) >= 400 && tried.outcome.navigated)
    return { is: 'refused', why: `the page that came is an error page (${observation.status})${said ? `: “${said.text}”` : ''}` };
  if (
    said &&
    scene.turns.at(-1) === tried &&
    (said.kind === 'error-page' || tried.added.some((line) => line.includes(said.text.slice(0, 40))))
  )
    return { is: 'refused', why: `the application says “${said.text}”` };
  const told =
    tried.target &&
    scene.observation.notices.find(
      (notice) => notice.kind === 'alert' && !YES.test(notice.text) && tried.added.some((line) => line.includes(notice.text.slice(0, 40))),
    );
  const again =
    told &&
    observation.candidates.some(
      (candidate) =>
        candidate.role === tried.target!.role &&
        candidate.name === tried.target!.name &&
        (candidate.form !== undefined || candidate.context.dialog !== undefined),
    );
  if (again && scene.turns.at(-1) === tried) return { is: 'refused', why: `the form is there again, and says “${told.text}”` };
  return undefined;
}

/** The answer brought a control that is what the next sentence of the same person is about: "Keep both changes". */
function dealtWithNext(scene: Scene, tried: Turn): string | undefined {
  const { step, observation } = scene;
  const next = step.after[0];
  if (
    next === undefined ||
    !next.startsWith(`${step.actor}: `) ||
    !tried.outcome.requests.some((request) => request.status === 409 || request.status === 422)
  )
    return undefined;
  const sentence = next.slice(step.actor.length + 2);
  const [goal] = goalsOf({ template: sentence, values: [], hasMailbox: false });
  const [best] = goal ? affordances(goal, observation, { turns: [], focused: new Set() }) : [];
  const isNew = best && tried.added.some((line) => line.includes(best.candidate.name));
  return isNew && best.score >= 0.8 ? best.candidate.name : undefined;
}

/** The session is over, and the journey knows: its next sentence signs in. */
function asksToSignIn({ observation, step }: Scene): boolean {
  return (
    /\b(?:sign|log)(?:s|ged|ned)? ?(?:back )?in\b/i.test(step.after[0] ?? '') &&
    observation.candidates.some((candidate) => candidate.inputType === 'password')
  );
}

const isNo = (notice: Notice): boolean =>
  notice.kind === 'error-page' ||
  notice.kind === 'validation' ||
  ((notice.kind === 'alert' || notice.kind === 'toast') && NO.test(notice.text));
