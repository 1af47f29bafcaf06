import type { Candidate } from '../../core/observation.ts';
import type { Goal } from './goal.ts';

/** A link to a page that is not there yet: it says so, or what stands around it offers to make it. */
export const isMissing = ({ role, description, print: { near } }: Candidate): boolean =>
  role === 'link' &&
  (/\bdoes not exist\b/i.test(description ?? '') ||
    /\byou (?:can|may) (?:also )?(?:create|make|start|write)\b|\b(?:create|start) (?:the|this) page\b/i.test(near));

/** Who makes nothing new is not led to where it would be made. */
export const isYetToBeMade = (goal: Goal, candidate: Candidate): boolean => !goal.clause.meanings.has('create') && isMissing(candidate);
