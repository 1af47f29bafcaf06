import { ACTION_EFFECT, type Action, type ActionOutcome, type ValueRef } from '../core/action.ts';
import type { StepTask } from '../core/decision.ts';
import type { Picture } from '../browser/picture.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { Observation } from '../core/observation.ts';
import type { StepContext } from './step.ts';
import { plainValue } from './values.ts';

/** What was not done, and why. */
export const refused = (why: string): ActionOutcome => ({
  ok: false,
  miss: 'refused',
  error: why,
  requests: [],
  events: [],
  navigated: false,
  ms: 0,
});

interface Pictures {
  onPicture?: (picture: Promise<Picture | undefined>) => void;
  /** What is going to be done next. */
  next?: Action['kind'] | undefined;
}

const isPictured = (kind: Action['kind']): boolean => ACTION_EFFECT[kind] === 'write';

/** Does an action. Values are resolved in the last line before they are typed; one that nobody named, or a secret out of its scope, is not typed. */
export async function perform(
  action: Action,
  on: Observation,
  step: StepTask,
  context: StepContext,
  { onPicture, next }: Pictures = {},
): Promise<ActionOutcome> {
  if (action.kind === 'read-mail') return readMail(context);
  let withheld: string | undefined;
  const valueOf = (ref: ValueRef, field: { origin: string; inputType?: string }) => {
    try {
      if (ref.from !== 'secret') return plainValue(ref, step, on);
      return context.vault.open(
        ref.name,
        step.values.some((value) => value.secret && value.name === ref.name),
        field,
      );
    } catch (error) {
      withheld = messageOf(error);
      throw error;
    }
  };
  try {
    const outcome = await context.session.act(action, on, {
      valueOf,
      signal: context.signal,
      settleMs: context.waits.settle,
      onPicture: isPictured(action.kind) ? onPicture : undefined,
      pictureNext: next !== undefined && isPictured(next),
    });
    if (withheld) throw new IntentwrightError('SECRET_SCOPE', withheld);
    return outcome;
  } catch (error) {
    if (!withheld) throw error;
    context.say({
      type: 'page-event',
      step: step.index,
      actor: step.actor,
      kind: 'secret-withheld',
      text: withheld,
      at: context.clock.now(),
    });
    return refused(withheld);
  }
}

async function readMail({ mailbox, session, clock, waits, signal }: StepContext): Promise<ActionOutcome> {
  if (!mailbox) return refused('this actor has no mailbox');
  const started = clock.now();
  const { mail, news } = await mailbox.waitForNews(waits.mail, signal);
  session.showMail(mail);
  const base = {
    requests: [],
    events: [`${mail.length} ${mail.length === 1 ? 'mail' : 'mails'}, ${news} new`],
    navigated: false,
    ms: clock.now() - started,
  };
  return news > 0 ? { ok: true, ...base } : { ok: false, error: `no new mail arrived within ${Math.round(waits.mail / 1000)} s`, ...base };
}
