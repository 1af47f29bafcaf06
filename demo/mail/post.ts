import { enqueue } from '../worker/enqueue.ts';
import type { Db } from '../state/port.ts';
import type { LetterName } from './letters.ts';

export interface LetterOrder {
  letter: LetterName;
  to: string;
  /** Whom it greets. */
  name?: string;
  /** Where its link leads. */
  path: string;
  org?: { id: string; name: string };
  detail?: string;
}

/** Orders a letter; the worker writes and posts it. */
export const sendLetter = (db: Db, order: LetterOrder): Promise<string> =>
  enqueue(db, 'send_mail', { ...order }, { queue: 'mail', org: order.org?.id });
