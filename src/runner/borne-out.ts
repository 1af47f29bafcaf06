import { decide } from '../core/decide.ts';
import type { Rechecked } from '../oracle/recheck.ts';

/** Whether verdicts come to a pass exactly where a pass was told. What broke off told nothing. */
export const isBorneOut = ({ verdicts, told }: Pick<Rechecked, 'verdicts' | 'told'>): boolean =>
  told === undefined ||
  (told.status === 'passed') === (decide(verdicts, told.conduct, told.met, told.unlike, told.doubts).status === 'passed');
