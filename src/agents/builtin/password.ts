import type { Candidate } from '../../core/observation.ts';
import type { Value } from './value.ts';

const FORMER = /\b(?:current|old|existing|present|former|previous)\b/i;

/** "Confirm current password": asks for the one that holds already, and repeats no other. */
export const isFormer = (label: string): boolean => FORMER.test(label);

/** How well a secret belongs into a password field, where some ask for the one that holds and others for a new one. */
export function passwordFit(
  value: Value,
  field: Pick<Candidate, 'required'>,
  { label, noun }: { label: string; noun: readonly string[] },
): number {
  const holdsNow = value.prep === 'from' || FORMER.test(value.hints.join(' '));
  const isNew = value.prep === 'to' || value.hints.includes('new') || noun.includes('password');
  if (isFormer(label)) return holdsNow ? 1 : isNew ? 0 : field.required === true ? 0.9 : 0.85;
  if (holdsNow) return /\bnew\b/i.test(label) ? 0 : 0.8;
  return 0.85;
}
