import type { InvariantUse } from '../core/intent.ts';
import type { IntentText } from './intent-shape.ts';
import type { Source } from './source.ts';

/** Lists that name invariants: a name alone, or one with its parameters. */
export function usesOf(key: 'then' | 'requires' | 'environment', list: IntentText['then'], source: Source): InvariantUse[] {
  return list.map((use, index): InvariantUse => {
    if (typeof use === 'string') return { name: use, params: {}, where: source.at([key, index]) };
    const [name, params] = Object.entries(use)[0]!;
    return { name, params: params ?? {}, where: source.at([key, index, name], 'key') };
  });
}
