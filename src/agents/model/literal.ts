import type { StepTask } from '../../core/decision.ts';
import type { Candidate, Observation } from '../../core/observation.ts';
import { looksInjected } from './injection.ts';

const PRESSABLE = new Set(['button', 'link', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'tab', 'treeitem', 'switch']);
const VERB = /^(?:please )?(?:click|press|tap|push|open|choose|follow)(?: on)?(?: the| a| an)?(?: [a-z]+){0,2}$/i;
const NOUN = /^(?:button|link|tab|menu|menu item|menu entry|page)?$/i;

/**
 * The one control that a sentence calls by its own name: `Click "Edit project"`, `Open the project "Roadmap"`.
 * Undefined as soon as there is anything to weigh: another control of that name, another value, more to do.
 */
export function quotedControl(step: StepTask, observation: Observation): Candidate | undefined {
  const [value, ...others] = step.values;
  if (step.tries || value === undefined || value.secret || others.length > 0 || observation.nativeDialog) return undefined;
  const at = step.text.indexOf(value.value);
  if (value.value.trim() === '' || at < 0) return undefined;
  const before = step.text.slice(0, at).replace(/\s*["“'«]?$/, '');
  const after = step.text
    .slice(at + value.value.length)
    .replace(/^["”'»]?\s*/, '')
    .replace(/\.$/, '');
  if (!VERB.test(before) || !NOUN.test(after)) return undefined;
  const called = observation.candidates.filter((candidate) => fold(candidate.name) === fold(value.value));
  const [only] = called;
  return called.length === 1 && only && PRESSABLE.has(only.role) && !only.disabled && !only.coveredBy && !looksInjected(only.name)
    ? only
    : undefined;
}

const fold = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
