import { defect } from '../defects.ts';
import { newId } from '../state/ids.ts';

type Value = boolean | string;

export interface Rule {
  id: string;
  /** Every entry must equal the context's; "*.example" matches the end of an address. */
  when: Record<string, string>;
  variant: string;
}

export interface Flag {
  variants: Record<string, Value>;
  fallthrough: string;
  rules: Rule[];
}

export interface Evaluation {
  key: string;
  value: Value;
  variant: string;
  reason: 'STATIC' | 'TARGETING_MATCH';
  metadata: Record<string, string>;
}

const onOff = (fallthrough: 'on' | 'off', rules: Rule[] = []): Flag => ({ variants: { on: true, off: false }, fallthrough, rules });
const rule = (when: Record<string, string>, variant: string): Rule => ({ id: newId('rule'), when, variant });

/** The flags of this Teamspace and whom they are targeted at. */
export const createFlags = (): Map<string, Flag> =>
  new Map<string, Flag>([
    // Somebody turned "at once" off for self-serve, and forgot that the guided setup was still off for them.
    ['eager-provisioning', onOff('on', defect('provisioning-skipped') ? [rule({ segment: 'self-serve' }, 'off')] : [])],
    ['guided-setup', onOff('off')],
    ['join-page', onOff('on')],
    ['join-page-beta', onOff('off', [rule({ email: '*@teamspace.test' }, 'on')])],
    [
      'billing-return-path',
      {
        variants: { standard: 'billing/return', enterprise: defect('flag-default-differs') ? 'billing/thanks' : 'billing/welcome' },
        fallthrough: 'standard',
        rules: [rule({ segment: 'enterprise' }, 'enterprise')],
      },
    ],
  ]);

const matches = (rule: Rule, context: Record<string, unknown>): boolean =>
  Object.entries(rule.when).every(([name, wanted]) => {
    const given = String(context[name] ?? '');
    return wanted.startsWith('*') ? given.endsWith(wanted.slice(1)) : given === wanted;
  });

/** The first rule that fits decides. */
export function evaluate(key: string, flag: Flag, context: Record<string, unknown>): Evaluation {
  const hit = flag.rules.find((rule) => matches(rule, context));
  const variant = hit?.variant ?? flag.fallthrough;
  return {
    key,
    value: flag.variants[variant] ?? false,
    variant,
    reason: hit ? 'TARGETING_MATCH' : 'STATIC',
    metadata: hit ? { rule: hit.id } : {},
  };
}
