import type { Action, ActionOutcome } from '../core/action.ts';
import { IntentwrightError, messageOf } from '../core/errors.ts';
import type { MailItem } from '../core/observation.ts';
import { check, select } from './acts/choose.ts';
import { click, hover } from './acts/click.ts';
import { Miss, textOf, type Deed } from './acts/deed.ts';
import { fill } from './acts/fill.ts';
import { press } from './acts/keys.ts';
import { drag, scroll } from './acts/move.ts';
import * as navigate from './acts/navigate.ts';
import { slide } from './acts/slide.ts';
import { upload } from './acts/upload.ts';
import { wait } from './acts/wait.ts';
import { DialogOpened, DocumentGone } from './world.ts';

/** Does one action of the closed set. Tabs are the session's: it does those itself. */
export async function perform(deed: Deed, action: Action, box: readonly MailItem[]): Promise<void> {
  switch (action.kind) {
    case 'click':
      return click(deed, action);
    case 'fill':
      return fill(deed, action);
    case 'select':
      return select(deed, action);
    case 'check':
      return check(deed, action);
    case 'press':
      return press(deed, action);
    case 'hover':
      return hover(deed, action);
    case 'upload':
      return upload(deed, action);
    case 'drag':
      return drag(deed, action);
    case 'slide':
      return slide(deed, action);
    case 'scroll':
      return scroll(deed, action);
    case 'back':
      return navigate.back(deed);
    case 'reload':
      return navigate.reload(deed);
    case 'goto':
      return navigate.goto(deed, action);
    case 'mail':
      return navigate.mail(deed, action, box);
    case 'wait':
      return wait(deed, action);
    case 'dialog': {
      if (!deed.tab.dialog) throw new Miss('gone', 'no dialog waits for an answer');
      const text = action.text ? textOf(deed, action.text, { origin: deed.fence.base.origin }) : undefined;
      return deed.tab.answer(action.accept, text);
    }
    case 'tab':
    case 'read-mail':
      throw new Miss('refused', `${action.kind} is not an action on a page`);
  }
}

/** What a thrown thing means for the outcome. Faults of the browser are thrown again by the next look. */
export function failureOf(error: unknown): { error: string; miss?: ActionOutcome['miss'] } {
  if (error instanceof Miss) return { error: error.message, miss: error.miss };
  if (error instanceof DocumentGone) return { error: 'the page went away meanwhile', miss: 'gone' };
  if (error instanceof DialogOpened) return { error: 'a native dialog opened first', miss: 'covered' };
  if (IntentwrightError.is(error, 'SECRET_SCOPE')) return { error: error.message, miss: 'refused' };
  return { error: messageOf(error) };
}
